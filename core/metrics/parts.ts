import { type LocalDay, localDate, localDay, localDayAt, weekdayOf } from '../clock/local-date.ts'
import { offsetAt, startOfDay } from '../clock/zones.ts'
import { weekOf } from '../review/agenda.ts'
import { DAY_MS, type Instant } from '../units.ts'

/**
 * The part of an ISO week that lies in one month, by the clocks of a zone: [from, to). Weeks, months and years are whole
 * parts, so what is known of each part is known of them.
 */
export type Part = { from: Instant; to: Instant; week: string; month: string }

/** The part that an instant lies in. */
export function partAt(zone: string, at: Instant): Part {
  return partOfDay(zone, localDayAt(at, offsetAt(zone, at)))
}

/** Every part that [from, to) touches, whole, in order. */
export function partsWithin(zone: string, from: Instant, to: Instant): Part[] {
  const parts: Part[] = []
  for (let at = from; at < to; ) {
    const part = partAt(zone, at)
    parts.push(part)
    at = part.to
  }
  return parts
}

function partOfDay(zone: string, day: LocalDay): Part {
  const monday = day - ((weekdayOf(day) + 6) % 7)
  const month = localDate(day).slice(0, 7)
  const first = localDay(`${month}-01`)!
  const from = startOfDay(zone, Math.max(monday, first))
  const to = startOfDay(zone, Math.min(monday + 7, firstOfNext(month)))
  return { from, to, week: weekOf(day * DAY_MS), month }
}

function firstOfNext(month: string): LocalDay {
  const [year, index] = month.split('-').map(Number)
  return Date.UTC(year!, index!, 1) / DAY_MS
}
