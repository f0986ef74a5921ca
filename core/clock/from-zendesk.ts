import { z } from 'zod'
import { localDay } from './local-date.ts'
import { assemble, problemsOf, type ScheduleProblem, type ScheduleResult } from './schedule.ts'
import { WEEK_MINUTES } from './week.ts'

const WeekMinute = z.int('Write whole minutes since Sunday 00:00').min(0).max(WEEK_MINUTES)
const RealDate = z.string().refine((text) => localDay(text) !== null, 'Write a real date as YYYY-MM-DD')

/**
 * The part of Zendesk's schedule that counts. Intervals are local minutes since Sunday 00:00, and may run over midnight.
 *
 * Source: https://developer.zendesk.com/api-reference/ticketing/ticket-management/schedules/
 */
export const ZendeskSchedule = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  name: z.string(),
  /** One of Rails' names, such as `Central Time (US & Canada)`. */
  time_zone: z.string(),
  intervals: z.array(z.object({ start_time: WeekMinute, end_time: WeekMinute })),
})

/** Zendesk's holidays are whole local days, from the first to the last. */
export const ZendeskHoliday = z.object({ name: z.string(), start_date: RealDate, end_date: RealDate })

/**
 * A schedule as Zendesk answers it, with its holidays. Zendesk keeps no history of edits: the version counts from
 * `effectiveFrom`, an instant in ISO 8601 or null for always.
 */
export function fromZendesk(schedule: unknown, holidays: unknown, effectiveFrom: string | null = null): ScheduleResult {
  const readSchedule = ZendeskSchedule.safeParse(schedule)
  const readHolidays = z.object({ holidays: z.array(ZendeskHoliday) }).safeParse({ holidays })
  if (!readSchedule.success || !readHolidays.success) {
    const issues = [...(readSchedule.error?.issues ?? []), ...(readHolidays.error?.issues ?? [])]
    return { ok: false, problems: issues.flatMap(problemsOf) }
  }
  const { id, name, time_zone, intervals } = readSchedule.data
  const inverted = intervals.flatMap(({ start_time, end_time }, index): ScheduleProblem[] => {
    if (start_time < end_time) return []
    const message = `Ends at minute ${end_time}, not after it starts at ${start_time}`
    return [{ path: `intervals[${index}]`, message }]
  })
  if (inverted.length > 0) return { ok: false, problems: inverted }
  return assemble({
    id,
    name,
    zone: { path: 'time_zone', given: time_zone },
    spans: {
      path: 'intervals',
      given: intervals.map(({ start_time, end_time }) => ({ from: start_time, to: end_time })),
    },
    holidays: {
      path: 'holidays',
      given: readHolidays.data.holidays.map(({ name, start_date, end_date }) => ({
        from: start_date,
        to: end_date,
        name: name.trim() || 'Holiday',
      })),
    },
    effectiveFrom: { path: 'effective_from', given: effectiveFrom },
  })
}
