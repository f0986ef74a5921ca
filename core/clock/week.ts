import type { Minutes } from '../units.ts'
import { type LocalDay, weekdayOf } from './local-date.ts'

/** A stretch of one local day, in minutes after its midnight: 0 ≤ from < to ≤ 1440. */
export type DaySpan = { from: Minutes; to: Minutes }

/** What is open on each weekday, Sunday first: ascending, never overlapping or touching within a day. */
export type Week = readonly (readonly DaySpan[])[]

/** A stretch of the local week, in minutes after Sunday 00:00. It may run past the week's end and goes on at its start. */
export type WeekSpan = { from: Minutes; to: Minutes }

export const DAY_MINUTES: Minutes = 24 * 60
export const WEEK_MINUTES: Minutes = 7 * DAY_MINUTES

/** Merges what overlaps, joins what touches, and cuts at midnight. */
export function weekOf(spans: readonly WeekSpan[]): Week {
  const week: DaySpan[][] = Array.from({ length: 7 }, () => [])
  for (const { from, to } of spans) {
    for (let start = from; start < to; ) {
      const day = Math.floor(start / DAY_MINUTES)
      const end = Math.min(to, (day + 1) * DAY_MINUTES)
      week[day % 7]!.push({ from: start - day * DAY_MINUTES, to: end - day * DAY_MINUTES })
      start = end
    }
  }
  return week.map(joined)
}

export function spansOn(week: Week, day: LocalDay): readonly DaySpan[] {
  return week[weekdayOf(day)]!
}

export function openMinutes(week: Week): Minutes {
  return week.flat().reduce((sum, { from, to }) => sum + to - from, 0)
}

function joined(spans: DaySpan[]): DaySpan[] {
  const result: DaySpan[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else result.push({ ...span })
  }
  return result
}
