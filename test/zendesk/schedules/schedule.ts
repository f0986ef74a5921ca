import type { Instant } from '../../../core/units.ts'

/** Minutes since Sunday 00:00 local time; Monday 09:00 is 1980. */
export type Interval = { start_time: number; end_time: number }

/** Whole local days, both inclusive. */
export type Holiday = { id: number; name: string; start_date: string; end_date: string }

export type Schedule = {
  id: number
  name: string
  /** One of Rails' names: `Central Time (US & Canada)`. */
  time_zone: string
  intervals: Interval[]
  holidays: Holiday[]
  created_at: Instant
  updated_at: Instant
  /** Kept for the tickets that were measured with it; no answer shows it any more. */
  deleted?: boolean
  /** What counted from when, oldest first. Zendesk's API never tells; its SLA targets are fixed by it all the same. */
  versions: ScheduleVersion[]
}

export type ScheduleVersion = Pick<Schedule, 'time_zone' | 'intervals' | 'holidays'> & { at: Instant }

/** Monday to Friday, nine to five: what a schedule has before anybody sets its hours. */
export const OFFICE_HOURS: Interval[] = [1, 2, 3, 4, 5].map((day) => ({
  start_time: day * 1440 + 540,
  end_time: day * 1440 + 1020,
}))

/** Remembers the schedule as it is now; of several changes at one instant the last counts. */
export function keepVersion(schedule: Schedule, at: Instant): void {
  const { time_zone, intervals, holidays } = structuredClone(schedule)
  schedule.versions = [
    ...schedule.versions.filter((version) => version.at < at),
    { at, time_zone, intervals, holidays },
  ]
  schedule.updated_at = at
}
