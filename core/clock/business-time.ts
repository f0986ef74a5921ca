import { DAY_MS, type Instant } from '../units.ts'
import { type Calendar, ScheduleExhausted } from './calendar.ts'
import { firstWith, openInAll, openUntil } from './timeline.ts'
import { openMinutes, WEEK_MINUTES } from './week.ts'
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
    // Holidays make it later than the week alone says; looking a little too far is cheaper than looking twice.
    const leftMs = (wanted - openInAll(timeline)) / openShare(calendar)
    until = Math.min(LATEST, Math.ceil(timeline.to + leftMs * 1.1 + WEEK_MS))
  }
}

const WEEK_MS = 7 * DAY_MS

/** How much of a week is open, in the version that opens longest. */
function openShare({ history }: Calendar): number {
  if (history === null) return 1
  return Math.max(...history.versions.map(({ week }) => openMinutes(week))) / WEEK_MINUTES
}
