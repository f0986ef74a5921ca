import { type Calendar, calendarTime, createCalendar } from '../../../core/clock/calendar.ts'
import { fromZendesk } from '../../../core/clock/from-zendesk.ts'
import { DAY_MS, type Instant } from '../../../core/units.ts'
import type { Schedule, ScheduleVersion } from './schedule.ts'

const built = new WeakMap<ScheduleVersion, Calendar>()

/** The schedule's hours as they were at an instant; calendar time for an account, or a week, without hours. */
export function calendarAt(schedule: Schedule | null, at: Instant): Calendar {
  const version = schedule?.versions.findLast((one) => one.at <= at) ?? schedule?.versions[0]
  if (!schedule || !version || version.intervals.length === 0) return calendarTime
  const known = built.get(version)
  if (known) return known
  const { id, name } = schedule
  const read = fromZendesk({ ...version, id, name }, version.holidays)
  if (!read.ok) throw new Error(`Schedule ${name}: ${read.problems[0]?.message}`)
  const calendar = createCalendar(read.schedule, { from: at - 30 * DAY_MS, to: at + 60 * DAY_MS })
  built.set(version, calendar)
  return calendar
}
