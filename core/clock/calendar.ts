import { DAY_MS, type Instant } from '../units.ts'
import type { ScheduleHistory } from './history.ts'
import { type LocalDate, localDate } from './local-date.ts'
import type { Schedule } from './schedule.ts'
import { type Stretch, stretchesOf } from './stretches.ts'
import { buildTimeline, lastAtOrBelow, type Timeline, timelineOf } from './timeline.ts'
import { EARLIEST, LATEST } from './zones.ts'

/**
 * A half-open stretch [opensAt, closesAt) during which the clock runs, on one local date. Hours that run over midnight
 * are two periods that touch.
 */
export type OpenPeriod = { opensAt: Instant; closesAt: Instant; date: LocalDate }

/** A schedule laid out in time. It grows by itself when asked about instants outside its range. */
export type Calendar = {
  /** Null for calendar time, which is always open. */
  history: ScheduleHistory | null
  /**
   * The columns behind every answer, covering at least [from, to].
   * @throws {ScheduleExhausted} outside the years in which time zones are known
   */
  covering(from: Instant, to: Instant): Timeline
  /** The open periods that overlap [from, to), whole, ascending and disjoint. */
  periods(from: Instant, to: Instant): OpenPeriod[]
  /** [from, to) cut into what is open and what is closed and why, in order, without holes. */
  stretches(from: Instant, to: Instant): Stretch[]
  isOpen(at: Instant): boolean
}

/** A question about instants that no calendar can answer: nothing is open there, or no time zone is known that far. */
export class ScheduleExhausted extends Error {
  override readonly name = 'ScheduleExhausted'
}

/** Lays a schedule, or its versions one after the other, out over a range; 20 years take a few milliseconds. */
export function createCalendar(schedule: Schedule | ScheduleHistory, range: { from: Instant; to: Instant }): Calendar {
  const history = 'versions' in schedule ? schedule : { versions: [schedule] }
  checkSpan(range.from, range.to)
  let timeline = buildTimeline(history, range.from, range.to)

  return {
    history,
    covering,
    periods: (from, to) => periodsIn(covering(from, to), from, to),
    stretches: (from, to) => {
      checkSpan(from, to)
      return stretchesOf(history, from, to)
    },
    isOpen: (at) => isOpenAt(covering(at, at), at),
  }

  function covering(from: Instant, to: Instant): Timeline {
    if (from >= timeline.from && to <= timeline.to) return timeline
    checkSpan(from, to)
    // Grown by half its length at least, so that a calendar that creeps forward is rebuilt rarely.
    const grownMs = (timeline.to - timeline.from) / 2
    const start = from < timeline.from ? Math.min(from, timeline.from - grownMs) : timeline.from
    const end = to > timeline.to ? Math.max(to, timeline.to + grownMs) : timeline.to
    timeline = buildTimeline(history, Math.max(EARLIEST, start), Math.min(LATEST, end))
    return timeline
  }
}

/** Calendar time: every millisecond counts, in every year. */
export const calendarTime: Calendar = createCalendarTime()

function createCalendarTime(): Calendar {
  // Whole milliseconds stay exact in a double over this span, twice over.
  const from = Date.UTC(0, 0, 1)
  const to = Date.UTC(10000, 0, 1)
  const timeline = timelineOf(from, to, [from], [to], [0])
  return { history: null, covering, periods, stretches, isOpen: () => true }

  function covering(start: Instant, end: Instant): Timeline {
    if (start >= from && end <= to) return timeline
    throw new ScheduleExhausted('Calendar time is counted in the years 1900 to 9999')
  }

  /** One period for each date of UTC. */
  function periods(start: Instant, end: Instant): OpenPeriod[] {
    const found: OpenPeriod[] = []
    for (let day = Math.floor(start / DAY_MS); day * DAY_MS < end; day++) {
      found.push({ opensAt: day * DAY_MS, closesAt: (day + 1) * DAY_MS, date: localDate(day) })
    }
    return found
  }

  function stretches(start: Instant, end: Instant): Stretch[] {
    return start < end
      ? [{ from: start, to: end, isOpen: true, date: localDate(Math.floor(start / DAY_MS)), schedule: null }]
      : []
  }
}

function periodsIn({ opensAt, closesAt, day }: Timeline, from: Instant, to: Instant): OpenPeriod[] {
  const found: OpenPeriod[] = []
  for (let index = Math.max(0, lastAtOrBelow(opensAt, from)); index < opensAt.length; index++) {
    if (opensAt[index]! >= to) break
    if (closesAt[index]! <= from) continue
    found.push({ opensAt: opensAt[index]!, closesAt: closesAt[index]!, date: localDate(day[index]!) })
  }
  return found
}

function isOpenAt({ opensAt, closesAt }: Timeline, at: Instant): boolean {
  const index = lastAtOrBelow(opensAt, at)
  return index >= 0 && at < closesAt[index]!
}

function checkSpan(from: Instant, to: Instant): void {
  if (from >= EARLIEST && to <= LATEST && from <= to) return
  if (Number.isNaN(from) || Number.isNaN(to)) throw new RangeError('A calendar needs instants, not NaN')
  if (from > to) throw new RangeError('A span must not end before it begins')
  throw new ScheduleExhausted('Schedules are known from 1900 to 2199; ask about instants within')
}
