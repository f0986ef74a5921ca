import { z } from 'zod'
import { localDay } from './local-date.ts'
import { DAY_MINUTES } from './week.ts'

const DATE = 'Write a real date as YYYY-MM-DD'
const LocalDateText = z.string(DATE).refine((text) => localDay(text) !== null, DATE)

const OPENS = 'Write the hour it opens as HH:MM, 00:00 to 23:59'
const CLOSES = 'Write the hour it closes as HH:MM, 00:00 to 24:00'
const OpensText = z.string(OPENS).refine((text) => (dayMinute(text) ?? DAY_MINUTES) < DAY_MINUTES, OPENS)
const ClosesText = z.string(CLOSES).refine((text) => dayMinute(text) !== null, CLOSES)

/** `["09:00", "17:00"]`; one that closes at or before it opens runs over midnight into the next day. */
const Hours = z.tuple([OpensText, ClosesText], 'Write the hours as ["09:00", "17:00"]')
const DayHours = z.array(Hours, 'Write a list of hours, such as [["09:00", "17:00"]]').max(96)

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof WEEKDAYS)[number]

const WEEKLY = 'Write the week as { "mon": [["09:00", "17:00"]], … }'
const Weekly = z.strictObject(
  {
    mon: DayHours.optional(),
    tue: DayHours.optional(),
    wed: DayHours.optional(),
    thu: DayHours.optional(),
    fri: DayHours.optional(),
    sat: DayHours.optional(),
    sun: DayHours.optional(),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? WEEKLY : undefined) },
)

const HolidayName = z.string('Write the name as text').trim().min(1, 'Name the holiday').max(200)
const HOLIDAY = 'Write "2026-12-24", { date, name } or { from, to, name }'
const HolidayInput = z.union(
  [
    LocalDateText,
    z.strictObject({ date: LocalDateText, name: HolidayName.optional() }),
    z.strictObject({ from: LocalDateText, to: LocalDateText, name: HolidayName.optional() }),
  ],
  HOLIDAY,
)

/** A schedule as people write it, in a policy or a request. Whole local dates and local wall times throughout. */
export const ScheduleInput = z.strictObject(
  {
    id: z.union([z.string(), z.number()]).transform(String).nullish(),
    name: z.string().max(200).nullish(),
    timezone: z.string('Name a time zone, such as Europe/Berlin'),
    weekly: Weekly,
    holidays: z.array(HolidayInput, 'Write a list of holidays').max(5000).nullish(),
    /** `2026-07-01` (that day's first instant in the schedule's zone) or an instant such as `2026-07-01T12:00:00Z`. */
    effective_from: z.string('Write a date or an instant').nullish(),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? 'Write a schedule: { "timezone", "weekly" }' : undefined) },
)
export type ScheduleInput = z.input<typeof ScheduleInput>
export type ReadScheduleInput = z.output<typeof ScheduleInput>

/** Minutes after midnight of `09:00` or `24:00`; null for anything else. */
export function dayMinute(text: string): number | null {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(text)
  if (!parts || Number(parts[2]) > 59) return null
  const minute = Number(parts[1]) * 60 + Number(parts[2])
  return minute <= DAY_MINUTES ? minute : null
}
