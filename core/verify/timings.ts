import type { Escalation, TicketState } from '../escalation/state.ts'
import { isOpen } from '../escalation/state.ts'
import { type Instant, MINUTE_MS } from '../units.ts'
import type { RecordReason } from './check-clocks.ts'

/** What people are timed by, in the order in which it happens. */
export const STEPS = [
  'requested',
  'handed-over',
  'accepted',
  'cause-found',
  'fix-available',
  'customer-told',
  'returned',
  'came-back',
  'resolved',
  'ended',
] as const
export type TimedStep = (typeof STEPS)[number]

/** A step of an escalation: when by the record, and when by the updates of the ticket. */
export type TimingCheck = {
  escalationId: string
  step: TimedStep
  recordedAt: Instant | null
  rereadAt: Instant | null
  /** Since the escalation was asked for, by the record. */
  afterMs: number | null
  agrees: boolean
  reason: RecordReason | null
}

/** Holds the instant of every step of every escalation beside the same read again from the ticket, to the minute. */
export function checkTimings(recorded: TicketState, reread: TicketState): TimingCheck[] {
  const ids = [...new Set([...recorded.escalations, ...reread.escalations].map(({ id }) => id))]
  return ids.flatMap((escalationId) => {
    const ours = recorded.escalations.find(({ id }) => id === escalationId)
    const theirs = reread.escalations.find(({ id }) => id === escalationId)
    return STEPS.flatMap((step) => {
      const recordedAt = ours ? instantsOf(ours, step) : []
      const rereadAt = theirs ? instantsOf(theirs, step) : []
      return Array.from({ length: Math.max(recordedAt.length, rereadAt.length) }, (_, index) =>
        one(escalationId, step, ours ?? null, recordedAt[index] ?? null, rereadAt[index] ?? null),
      )
    })
  })
}

function one(
  escalationId: string,
  step: TimedStep,
  ours: Escalation | null,
  recordedAt: Instant | null,
  rereadAt: Instant | null,
): TimingCheck {
  const agrees = recordedAt !== null && rereadAt !== null && Math.abs(recordedAt - rereadAt) < MINUTE_MS
  return {
    ...{ escalationId, step, recordedAt, rereadAt, agrees },
    afterMs: recordedAt !== null && ours ? recordedAt - ours.requestedAt : null,
    reason: agrees || !ours ? null : reasonFor(ours, step),
  }
}

function reasonFor({ issues, handOvers }: Escalation, step: TimedStep): RecordReason | null {
  const isTold = issues.some(({ told }) => told !== null)
  if (isTold && (step === 'fix-available' || step === 'customer-told')) return 'tracker'
  return step === 'handed-over' && handOvers.some(({ raisedFor }) => raisedFor !== null) ? 'timer' : null
}

function instantsOf(escalation: Escalation, step: TimedStep): Instant[] {
  const { requestedAt, handOvers, signals, returns, stageSince } = escalation
  const signalled = (wanted: string) => signals.filter(({ signal }) => signal === wanted).map(({ at }) => at)
  switch (step) {
    case 'requested':
      return [requestedAt]
    case 'handed-over':
      return handOvers.map(({ at }) => at)
    case 'returned':
      return returns.map(({ at }) => at)
    case 'came-back':
      return returns.flatMap(({ cameBack }) => cameBack?.at ?? [])
    case 'ended':
      return isOpen(escalation) ? [] : [stageSince]
    default:
      return signalled(step)
  }
}
