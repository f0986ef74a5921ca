import { DAY_MS, type Instant } from '../units.ts'
import { type ScheduleHistory, versionSpans } from './history.ts'
import { type LocalDay, localDay, localDayAt } from './local-date.ts'
import type { Schedule } from './schedule.ts'
import { offsetSpans } from './zones.ts'

/**
 * A stretch [from, to) within one local date, one offset and one version of the schedule. A day whose clocks change has
 * two such pieces; between them the wall jumps.
 */
export type LocalPiece = {
  from: Instant
  to: Instant
  /** The instant at which clocks with this offset show the date's midnight; may lie outside the piece. */
  midnight: Instant
  day: LocalDay
  schedule: Schedule
  /** The holidays on this date by name; null on any other date. */
  holiday: string | null
}

/** Visits every piece of [from, to), in order, without holes. A callback, as a generator takes twice as long. */
export function visitLocalPieces(
  history: ScheduleHistory,
  from: Instant,
  to: Instant,
  visit: (piece: LocalPiece) => void,
): void {
  for (const version of versionSpans(history, from, to)) {
    const { schedule } = version
    const holidays = holidaysByDay(schedule)
    for (const span of offsetSpans(schedule.timezone, version.from, version.to)) {
      for (let start = span.from; start < span.to; ) {
        const day = localDayAt(start, span.offsetMs)
        const midnight = day * DAY_MS - span.offsetMs
        const end = Math.min(midnight + DAY_MS, span.to)
        visit({ from: start, to: end, midnight, day, schedule, holiday: holidays.get(day) ?? null })
        start = end
      }
    }
  }
}

const BY_DAY = new WeakMap<Schedule, ReadonlyMap<LocalDay, string>>()

function holidaysByDay(schedule: Schedule): ReadonlyMap<LocalDay, string> {
  const known = BY_DAY.get(schedule)
  if (known) return known
  const byDay = new Map<LocalDay, string>()
  for (const { from, to, name } of schedule.holidays) {
    for (let day = localDay(from)!; day <= localDay(to)!; day++) {
      const other = byDay.get(day)
      byDay.set(day, other === undefined || other === name ? name : `${other}, ${name}`)
    }
  }
  BY_DAY.set(schedule, byDay)
  return byDay
}
