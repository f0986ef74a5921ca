import { DAY_MS, type Instant } from '../../../core/units.ts'
import { type Interval, OFFICE_HOURS } from '../schedules/schedule.ts'

/** A holiday of every year, by its month and day. */
export type YearlyHoliday = { name: string; from: string; to: string }

export type ScheduleSeed = { name: string; time_zone: string; intervals: Interval[]; holidays: YearlyHoliday[] }

/** The Berlin office, the default, works weekdays; New York, who cover longer, also Saturday mornings. */
export const SCHEDULES: ScheduleSeed[] = [
  {
    name: 'Berlin office',
    time_zone: 'Berlin',
    intervals: OFFICE_HOURS,
    holidays: [
      day("New Year's Day", '01-01'),
      day('Labour Day', '05-01'),
      day('German Unity Day', '10-03'),
      { name: 'Christmas', from: '12-24', to: '12-26' },
    ],
  },
  {
    name: 'New York office',
    time_zone: 'Eastern Time (US & Canada)',
    intervals: [
      ...[1, 2, 3, 4, 5].map((weekday) => ({ start_time: weekday * 1440 + 480, end_time: weekday * 1440 + 1200 })),
      { start_time: 6 * 1440 + 540, end_time: 6 * 1440 + 780 },
    ],
    holidays: [
      day("New Year's Day", '01-01'),
      day('Juneteenth', '06-19'),
      day('Independence Day', '07-04'),
      day('Christmas Day', '12-25'),
    ],
  },
]

/** From the year before the first instant to the year after the second, as far as Zendesk lets an admin plan ahead. */
export function holidaysAround(holidays: YearlyHoliday[], from: Instant, until: Instant) {
  const [first, last] = [yearOf(from) - 1, yearOf(until) + 1]
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return years
    .flatMap((one) =>
      holidays.map(({ name, from, to }) => ({ name, start_date: `${one}-${from}`, end_date: `${one}-${to}` })),
    )
    .filter(({ end_date }) => Date.parse(end_date) < from + FARTHEST_MS)
}

/** Source: Zendesk takes holidays within two years of today. */
const FARTHEST_MS = 2 * 365 * DAY_MS

function yearOf(at: Instant): number {
  return new Date(at).getUTCFullYear()
}

function day(name: string, on: string): YearlyHoliday {
  return { name, from: on, to: on }
}
