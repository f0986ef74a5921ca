import { dayMinute, type ScheduleInput, WEEKDAYS } from '../../../core/clock/schedule-input.ts'
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'

/** What clocks on the wall show, read from `Intl` and from nothing of ours. */
export type Wall = { date: string; weekday: number; minute: number; offsetMs: number }

export function wallReader(timeZone: string): (at: Instant) => Wall {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => {
    const text = format.format(at)
    const wall = Date.parse(`${text.replace(' ', 'T')}Z`)
    const midnight = Math.floor(wall / DAY_MS) * DAY_MS
    return {
      date: text.slice(0, 10),
      weekday: new Date(midnight).getUTCDay(),
      minute: Math.floor((wall - midnight) / MINUTE_MS),
      offsetMs: wall - Math.floor(at / SECOND_MS) * SECOND_MS,
    }
  }
}

/** Whether a schedule as people write it is open at a minute on the wall. */
export function isOpenBy({ weekly, holidays }: Pick<ScheduleInput, 'weekly' | 'holidays'>, wall: Wall): boolean {
  if (holidays?.includes(wall.date)) return false
  const today = weekly[WEEKDAYS[wall.weekday]!] ?? []
  const yesterday = weekly[WEEKDAYS[(wall.weekday + 6) % 7]!] ?? []
  return (
    today.some(([opens, closes]) => {
      const [from, to] = [dayMinute(opens)!, dayMinute(closes)!]
      return wall.minute >= from && (wall.minute < to || to <= from)
    }) ||
    yesterday.some(([opens, closes]) => dayMinute(closes)! <= dayMinute(opens)! && wall.minute < dayMinute(closes)!)
  )
}

/** A stretch whose every minute was looked at: `walls[i]` is what the wall shows in minute i after `from`. */
export type Watched = { from: Instant; walls: Wall[] }

export function watch(read: (at: Instant) => Wall, from: Instant, to: Instant): Watched {
  const walls: Wall[] = []
  for (let at = from; at < to; at += MINUTE_MS) walls.push(read(at))
  return { from, walls }
}

export function naiveOpenMs(open: boolean[], from: Instant, start: Instant, end: Instant): number {
  let openMs = 0
  for (let minute = minuteOf(start, from); minute < end; minute += MINUTE_MS) {
    if (open[(minute - from) / MINUTE_MS]) openMs += Math.min(end, minute + MINUTE_MS) - Math.max(start, minute)
  }
  return openMs
}

/** Null when the budget outlasts what was watched. */
export function naiveDeadline(open: boolean[], from: Instant, start: Instant, budgetMs: number): Instant | null {
  let leftMs = budgetMs
  for (let minute = minuteOf(start, from); minute < from + open.length * MINUTE_MS; minute += MINUTE_MS) {
    if (!open[(minute - from) / MINUTE_MS]) continue
    const begins = Math.max(start, minute)
    const openMs = minute + MINUTE_MS - begins
    if (openMs >= leftMs) return begins + leftMs
    leftMs -= openMs
  }
  return null
}

function minuteOf(at: Instant, from: Instant): Instant {
  return from + Math.floor((at - from) / MINUTE_MS) * MINUTE_MS
}

/** Each noon (in UTC) by which the clocks have changed since the noon before. */
export function changesOfClocks(read: (at: Instant) => Wall, years: { first: number; last: number }): Instant[] {
  const found: Instant[] = []
  let before = read(Date.UTC(years.first, 0, 1, 12)).offsetMs
  for (let noon = Date.UTC(years.first, 0, 2, 12); noon < Date.UTC(years.last + 1, 0, 1); noon += DAY_MS) {
    const { offsetMs } = read(noon)
    if (offsetMs !== before) found.push(noon)
    before = offsetMs
  }
  return found
}
