import type { CalendarOf } from '../clock/sla.ts'
import type { Escalation } from '../escalation/state.ts'
import type { Policy } from '../policy/policy.ts'
import type { Instant } from '../units.ts'
import type { Customer } from './customer.ts'
import { datesOf } from './tell.ts'
import type { MessageKind, Shared } from './words.ts'
import { type SharedWords, type WrittenMessage, writeMessage } from './write.ts'

/** A message for the owner to read, change and send. */
export type Draft = WrittenMessage & {
  kind: MessageKind
  /** What of the escalation it hands on in somebody's own words, so that they look at that first. */
  holds: Shared[]
}

/** Writes a message for somebody to send, from what was said of the escalation and may be handed on. */
export function draftMessage(
  kind: MessageKind,
  escalation: Escalation,
  policy: Policy,
  { ticketId, customer, at, calendarOf }: { ticketId: number; customer: Customer; at: Instant; calendarOf: CalendarOf },
): Draft {
  const words = wordsOf(escalation, policy)
  const dates = datesOf(escalation, policy, at, calendarOf)
  const written = writeMessage({ kind, ticketId, customer, dates, words }, policy)
  const holds = HELD.filter(([, key]) => words[key] !== '' && written.text.includes(words[key])).map(([name]) => name)
  return { kind, ...written, holds }
}

/** What the customer is to be told next, by the stage and by what became of it since. */
export function nextMessage({ stage, fix, ending }: Escalation): MessageKind {
  if (ending?.how === 'de-escalated') return 'deescalated'
  if (stage === 'resolved' || stage === 'monitoring' || stage === 'closed') return 'resolved'
  if (fix) return 'fix-available'
  return stage === 'requested' ? 'escalated' : 'update'
}

const HELD: readonly [Shared, keyof SharedWords][] = [
  ['next_steps', 'nextSteps'],
  ['fix_version', 'fixVersion'],
  ['what_changes', 'whatChanges'],
]

/** The last thing that was said of each, where the policy lets it out. */
function wordsOf({ progress, fix }: Escalation, { customer: { share } }: Policy): SharedWords {
  const shared = (name: Shared, text: string | undefined) => (share.includes(name) ? (text ?? '').trim() : '')
  return {
    nextSteps: shared('next_steps', progress.findLast(({ nextSteps }) => nextSteps.trim() !== '')?.nextSteps),
    fixVersion: shared('fix_version', fix?.version),
    whatChanges: shared('what_changes', fix?.what),
  }
}
