import { type Instant, MINUTE_MS } from '../units.ts'

/** `live`: keeps up with what happens now. `spare`: back-fill and the like, which takes what the others leave. */
export type ExportLane = 'live' | 'spare'

/** The calls all exports of an account share, and what was used of them. */
export type ExportBudget = {
  /** Calls a minute, as Zendesk told it last. */
  perMinute: number
  /** When calls of the last `BUDGET_WINDOW_MS` went out, ascending. */
  calls: readonly Instant[]
  /** When the live readers mean to call next. */
  planned: readonly Instant[]
  /** Zendesk takes none before it. */
  stoppedUntil: Instant
}

/** Zendesk's minute. A call that overtakes another on its way may be refused, which costs a second. */
export const BUDGET_WINDOW_MS = MINUTE_MS

/**
 * The earliest instant at which another call may go out; `now` when it may at once. No stretch of a minute holds more
 * calls than Zendesk takes, wherever its own minute begins, and what is spare never makes a live reader wait.
 */
export function nextCallAt(lane: ExportLane, budget: ExportBudget, now: Instant): Instant {
  const from = Math.max(now, budget.stoppedUntil)
  const planned = lane === 'live' ? [] : budget.planned.filter((at) => at <= from + 2 * BUDGET_WINDOW_MS)
  const turns = [...budget.calls, ...planned].map((at) => at + BUDGET_WINDOW_MS)
  const candidates = [from, ...turns.filter((at) => at > from).toSorted((a, b) => a - b)]
  return candidates.find((at) => fits(at, [...budget.calls, ...planned], budget.perMinute)) ?? candidates.at(-1)!
}

/** Whether a call at `at` leaves every stretch that it lies in with no more than `most`. */
function fits(at: Instant, others: readonly Instant[], most: number): boolean {
  const all = [...others, at]
  const ends = all.filter((end) => end >= at && end < at + BUDGET_WINDOW_MS)
  return ends.every((end) => all.filter((one) => one <= end && one > end - BUDGET_WINDOW_MS).length <= most)
}
