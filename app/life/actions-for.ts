import { COMMAND_NAMES, type CommandName } from '../../core/command/forms.ts'
import type { EscalationView, Stage } from '../../core/contract/api.ts'
import { isReceiver } from './desk.ts'

/** What a person is offered: at once, or under "more"; `later` is what comes once somebody has accepted it. */
export type Offer = { first: CommandName[]; more: CommandName[]; later: CommandName[] }

/** What most people do next in a stage, in this order. */
const FIRST: Readonly<Record<Stage, readonly CommandName[]>> = {
  requested: ['accept', 'return'],
  accepted: ['progress', 'resolve', 'return'],
  investigating: ['progress', 'resolve', 'return'],
  fixing: ['progress', 'resolve', 'fix-available'],
  resolved: ['deescalate'],
  monitoring: ['deescalate'],
  returned: [],
  closed: [],
  rejected: [],
}

/** Not among the actions: one stands beside each section of the note, the other beside past escalations like it. */
const ELSEWHERE: readonly CommandName[] = ['had-to-ask', 'same-problem']
const LATER: readonly CommandName[] = ['progress', 'ask-help', 'decide-release', 'resolve']

/** @param underWay commands of this person that are in the ticket and not taken in yet */
export function actionsFor(escalation: EscalationView, underWay: readonly string[]): Offer {
  const { stage, life } = escalation
  const isPossible = (command: CommandName) => life.may.includes(command) && !ELSEWHERE.includes(command)
  const hasMoved = underWay.some((verb) => MOVING.has(verb))
  const approval = (['approve', 'reject'] as const).filter(isPossible)
  const first = [...approval, ...FIRST[stage].filter(isPossible)]
  const more = COMMAND_NAMES.filter((command) => isPossible(command) && !first.includes(command))
  const later = stage === 'requested' && isReceiver(escalation) ? [...LATER] : []
  return hasMoved ? { first: [], more: [], later: [] } : { first, more, later }
}

/** After these the escalation is somewhere else, or over: what follows waits for the server's answer. */
const MOVING = new Set<string>(['accept', 'return', 'hand-on', 'resolve', 'deescalate', 'approve', 'reject'])
