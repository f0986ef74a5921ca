import type { Instant, Minutes } from '../units.ts'

/** What a clock promises, as the policy wrote it. Pinned into the events, so that an old clock is judged by its own day. */
export type ClockTarget = {
  minutes: Minutes
  /** Percentages of the target at which to warn, each above 0 and at most 100. */
  warnAt: readonly number[]
  /** Statuses of the ticket in which the clock rests. */
  pausedIn: readonly string[]
  /** Statuses of the ticket that stop it. */
  stopsIn: readonly string[]
  /** Whether a stopped clock goes on when the ticket is reopened. A first response is given once: its clock does not. */
  reopens: boolean
  /** Open hours of the schedule, or every hour. */
  counts: 'business' | 'calendar'
  policyVersion: string | null
}

/**
 * Why a clock ends without being met. `handed-on`: another tier took over and counts anew. `withdrawn`: the policy no
 * longer has a target for it.
 */
export type CancelReason = 'merged' | 'closed' | 'deleted' | 'de-escalated' | 'handed-on' | 'withdrawn'

/**
 * Something that happened to a clock. `order` tells events of one instant apart (the number of the audit, say) and is
 * the event's identity: the same `at`, `order` and `kind` is the same event told twice.
 */
export type ClockEvent = { at: Instant; order: number; by?: string } & (
  | { kind: 'start'; target: ClockTarget; schedule: string | null; status?: string }
  | { kind: 'status'; status: string }
  | { kind: 'pause'; why: string }
  | { kind: 'resume' }
  | { kind: 'target'; target: ClockTarget }
  | { kind: 'schedule'; schedule: string | null }
  | { kind: 'stop'; why: string }
  | { kind: 'reopen' }
  | { kind: 'cancel'; why: CancelReason }
  /** The ticket was closed and the customer came back in a new one: the same clock goes on. */
  | { kind: 'follow-up'; status: string }
)

/** By instant, then by `order`, each event once: however they arrive, and however often, the same events give one clock. */
export function inOrder(events: readonly ClockEvent[]): ClockEvent[] {
  const sorted = events.toSorted((a, b) => a.at - b.at || a.order - b.order || compare(a.kind, b.kind))
  return sorted.filter((event, index) => index === 0 || !isSame(sorted[index - 1]!, event))
}

function isSame(a: ClockEvent, b: ClockEvent): boolean {
  return a.at === b.at && a.order === b.order && a.kind === b.kind
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
