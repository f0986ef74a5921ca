import { deadlineAfter } from '../clock/business-time.ts'
import { ScheduleExhausted } from '../clock/calendar.ts'
import { type CalendarOf, calendarFor } from '../clock/sla.ts'
import type { Instant } from '../units.ts'

/**
 * Something that falls due at `at` if nothing happens before: a warning, a breach, a timer, an on-call step. It has not been told yet.
 *
 * `counted` says how `at` follows from a schedule: once `leftMs` more open time has passed after `from`. Null for an
 * instant that no schedule moves.
 */
export type Countdown = {
  /**
   * `customer/warning/75`, `ESC-2026-000123/1/resolution/breach`, `ESC-2026-000123/1/on-call/0`, and for the second time
   * a timer comes of what began at an instant `ESC-2026-000123/timer/<id>/<instant>/2`.
   */
  id: string
  at: Instant
  counted: { schedule: string; from: Instant; leftMs: number } | null
}

/** The same countdowns by other calendars: what a change of schedule does to them. One that no longer comes is left out. */
export function recount(countdowns: readonly Countdown[], calendarOf: CalendarOf): Countdown[] {
  return countdowns.flatMap((countdown) => {
    if (!countdown.counted) return [countdown]
    const { schedule, from, leftMs } = countdown.counted
    try {
      return [{ ...countdown, at: deadlineAfter(calendarFor(schedule, calendarOf), from, leftMs) }]
    } catch (error) {
      if (error instanceof ScheduleExhausted) return []
      throw error
    }
  })
}

/** When the ticket has to be looked at next; null when nothing counts. */
export function nextDueAt(countdowns: readonly Countdown[]): Instant | null {
  return countdowns.length === 0 ? null : Math.min(...countdowns.map(({ at }) => at))
}
