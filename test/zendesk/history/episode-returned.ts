import type { RETURN_REASONS } from '../../../core/command/answers.ts'
import type { Note } from '../../../core/note/note.ts'
import type { User } from '../state/model.ts'
import type { Life } from './agenda.ts'
import { type Case, firstLineOf, isStill, type Standing } from './case.ts'
import { chooser } from './draw.ts'
import { around } from './hours.ts'
import { say } from './words.ts'

type Reason = (typeof RETURN_REASONS)[number]

/** Of a hundred returns. */
const REASONS: [reason: Reason, share: number, explanation: string][] = [
  ['incomplete', 42, 'How can I see it happen?'],
  ['below_tier', 16, 'The runbook covers this, please try it first.'],
  ['known_issue', 14, 'This is the known issue of last week; the article has a workaround.'],
  ['not_reproducible', 12, 'It does not happen with the steps of the note.'],
  ['duplicate', 7, 'We work on the same in another ticket.'],
  ['waiting_for_customer', 6, 'The customer was asked for logs and has not answered yet.'],
  ['wrong_queue', 3, 'Not ours; please choose the component anew.'],
]

const drawReason = chooser(REASONS, ([, share]) => share)

/** What ends with the first line rather than coming back. */
const WITHDRAWN: Partial<Record<Reason, number>> = { below_tier: 0.65, known_issue: 0.75, duplicate: 0.8 }

export function returnIt(one: Case, user: User): void {
  const { scene, id, random } = one
  one.isReturned = true
  const [reason, , explanation] = drawReason(random)
  const missing = reason === 'incomplete' ? ['Environment', 'Steps to reproduce'] : []
  scene.say(user, id, 'return', { reason, missing, explanation })
}

/** Those it was returned to complete the note, or see that it is theirs. */
export async function* sendAgain(one: Case, standing: Standing): Life {
  const { scene, plan, id, random } = one
  yield scene.hours.after(plan.agent.office, scene.now(), around(70, random))
  if (!isStill(one, standing)) return
  const { reason } = standing.open.returns.at(-1)!
  const user = firstLineOf(one)
  if (random.chance(WITHDRAWN[reason] ?? 0.08)) {
    const rationale = say(['You are right, the runbook solves it', 'The workaround helps; we go on here'], random)
    return scene.say(user, id, 'deescalate', { rationale, customer_confirmed: null })
  }
  scene.send(user, id, completed(standing.open.note, one), 'amend')
}

function completed(note: Note, { theme, random }: Case): Note {
  return {
    ...note,
    diagnostics: {
      ...note.diagnostics,
      environment: say(['Production, {region}', 'Production, {browser}'], random),
      reproduction_steps: ['Sign in as the customer', say(theme.symptoms, random), 'Wait for a minute'],
      reproduction_rate: random.between(2, 10) * 10,
      evidence: [say(['Screen recording in the ticket', 'Log of {clock} attached'], random)],
    },
  }
}
