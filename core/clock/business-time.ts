import type { Instant } from '../units.ts'
import { type Calendar, ScheduleExhausted } from './calendar.ts'
import { firstWith, openInAll, openUntil } from './timeline.ts'
import { LATEST } from './zones.ts'

/**
 * Open milliseconds in [start, end): elapsed time, never wall time. A span that ends before it begins holds none.
 *
 * @throws {ScheduleExhausted} outside the years in which time zones are known
 */
export function openMsBetween(calendar: Calendar, start: Instant, end: Instant): number {
  if (start >= end) return 0
  const timeline = calendar.covering(start, end)
  return openUntil(timeline, end) - openUntil(timeline, start)
}

/**
 * The first instant at which `budgetMs` open milliseconds have passed since `start`.
 *
 * A budget that runs out at closing time is due at closing time, not at the next opening. A budget of zero or less is
 * used up already: it is due at `start`, open or not.
 *
 * @throws {ScheduleExhausted} when the schedule does not open for that long any more
 */
export function deadlineAfter(calendar: Calendar, start: Instant, budgetMs: number): Instant {
  if (!Number.isFinite(start) || !Number.isFinite(budgetMs))
    throw new RangeError('A deadline needs a start and a budget')
  if (budgetMs <= 0) return start
  let until = start
  for (;;) {
    const timeline = calendar.covering(start, until)
    const wanted = openUntil(timeline, start) + budgetMs
    if (wanted <= openInAll(timeline)) return firstWith(timeline, wanted)
    if (timeline.to >= LATEST) throw new ScheduleExhausted('This budget outlasts the schedule; make it shorter')
    // Open time never outruns the clock, so nothing is skipped by looking that far at once.
    until = Math.min(LATEST, Math.max(timeline.to + 1, start + budgetMs))
  }
}
