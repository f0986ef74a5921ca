import type { CommandName } from '../command/forms.ts'
import type { Stage } from '../contract/api.ts'
import type { Standing } from './facts.ts'

/** What somebody has to be to an escalation to say something in it. */
export type Part = keyof Standing | 'isAgent'

/** A command of people: in which stages, by whom, and what stage follows. */
export type Rule = {
  stages: readonly Stage[]
  by: readonly Part[]
  /** Null: the stage stays, or what was said decides. */
  to: Stage | null
}

const WORKED_ON = ['accepted', 'investigating', 'fixing'] as const
const BEFORE_FIXED = ['requested', ...WORKED_ON] as const
const OPEN = [...BEFORE_FIXED, 'returned', 'resolved', 'monitoring'] as const

const RECEIVERS = ['isReceiver', 'isLead', 'isAdmin'] as const
const APPROVERS = ['isApprover', 'isAdmin'] as const

/** The life of an escalation after its note. What a stage does not name here is refused in it. */
export const LIFE: Readonly<Record<CommandName, Rule>> = {
  accept: { stages: ['requested'], by: RECEIVERS, to: 'accepted' },
  return: { stages: BEFORE_FIXED, by: RECEIVERS, to: 'returned' },
  'ask-help': { stages: WORKED_ON, by: RECEIVERS, to: null },
  'had-to-ask': { stages: OPEN, by: RECEIVERS, to: null },
  progress: { stages: WORKED_ON, by: RECEIVERS, to: null },
  'hand-on': { stages: BEFORE_FIXED, by: RECEIVERS, to: 'requested' },
  'link-issue': { stages: OPEN, by: ['isAgent'], to: null },
  'decide-release': { stages: WORKED_ON, by: RECEIVERS, to: null },
  'fix-available': { stages: ['investigating', 'fixing'], by: RECEIVERS, to: 'fixing' },
  // Where the policy has the fix watched, it is monitoring.
  resolve: { stages: WORKED_ON, by: RECEIVERS, to: 'resolved' },
  // One that was returned is withdrawn by those it was returned to.
  deescalate: { stages: ['returned', 'resolved', 'monitoring'], by: [...RECEIVERS, 'isEscalator'], to: 'closed' },
  // Also where nothing is open: then nothing is begun.
  'same-problem': { stages: OPEN, by: ['isAgent'], to: null },
  approve: { stages: OPEN, by: APPROVERS, to: null },
  // Where the policy says so, it ends.
  reject: { stages: OPEN, by: APPROVERS, to: null },
}

/** Somebody who may escalate withdraws what came back; they do not end what others solved. */
export function partsFor(command: CommandName, stage: Stage): readonly Part[] {
  const { by } = LIFE[command]
  return command === 'deescalate' && stage !== 'returned' ? RECEIVERS : by
}

/** What can be said in a stage, by somebody who is all of that. What the sidebar offers; the server checks anew. */
export function commandsIn(stage: Stage, standing: Standing): CommandName[] {
  return (Object.keys(LIFE) as CommandName[]).filter(
    (command) =>
      LIFE[command].stages.includes(stage) &&
      partsFor(command, stage).some((part) => part === 'isAgent' || standing[part]),
  )
}
