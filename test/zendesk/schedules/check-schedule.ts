import { localDay } from '../../../core/clock/local-date.ts'
import { RAILS_ZONES } from '../../../core/clock/rails-zones.ts'
import { DAY_MS, type Instant } from '../../../core/units.ts'
import { addProblem, type Problems } from '../http/refused.ts'
import type { Interval } from './schedule.ts'

const WEEK_MINUTES = 7 * 1440
const HOLIDAY_YEARS = 2

/** What is wrong with a schedule's own columns; its hours are written apart. */
export function scheduleProblems({ name, time_zone }: { name: unknown; time_zone: unknown }): Problems {
  const problems: Problems = {}
  if (typeof name !== 'string' || name.trim() === '') addProblem(problems, 'name', blank('Name'))
  if (typeof time_zone !== 'string' || !Object.hasOwn(RAILS_ZONES, time_zone)) {
    addProblem(problems, 'time_zone', { description: 'Time zone: is invalid', error: 'InvalidValue' })
  }
  return problems
}

/** What is wrong with a week. Source: schedules reference; an interval can't span calendar days. */
export function intervalProblems(given: unknown): Problems {
  const problems: Problems = {}
  if (!Array.isArray(given)) {
    addProblem(problems, 'intervals', 'Intervals: must be a list')
    return problems
  }
  const intervals = given as Partial<Interval>[]
  const rightOnes = intervals.filter(isInterval)
  if (rightOnes.length < intervals.length) {
    addProblem(
      problems,
      'intervals',
      `Intervals: need a start_time before an end_time, in minutes from 0 to ${WEEK_MINUTES}`,
    )
  }
  if (rightOnes.some((one) => dayOf(one.start_time) !== dayOf(one.end_time - 1))) {
    addProblem(problems, 'intervals', "Intervals: can't span calendar days")
  }
  const sorted = sortIntervals(rightOnes)
  if (sorted.some((one, index) => index > 0 && one.start_time < sorted[index - 1]!.end_time)) {
    addProblem(problems, 'intervals', 'Intervals: must not overlap')
  }
  return problems
}

export function sortIntervals(intervals: Interval[]): Interval[] {
  return intervals
    .map(({ start_time, end_time }) => ({ start_time, end_time }))
    .sort((a, b) => a.start_time - b.start_time)
}

export type HolidayInput = { name?: unknown; start_date?: unknown; end_date?: unknown }

/** What is wrong with a holiday; it may lie up to two years away, either way. */
export function holidayProblems({ name, start_date, end_date }: HolidayInput, now: Instant): Problems {
  const problems: Problems = {}
  if (typeof name !== 'string' || name.trim() === '') addProblem(problems, 'name', blank('Name'))
  const from = isDate(start_date) ? localDay(start_date) : null
  const to = isDate(end_date) ? localDay(end_date) : null
  if (from === null) addProblem(problems, 'start_date', 'Start date: is not a date')
  if (to === null) addProblem(problems, 'end_date', 'End date: is not a date')
  if (from === null || to === null) return problems
  if (to < from) addProblem(problems, 'end_date', 'End date: must not be before the start date')
  const today = Math.floor(now / DAY_MS)
  const reach = HOLIDAY_YEARS * 366
  if (from < today - reach || to > today + reach) {
    addProblem(problems, 'start_date', `Start date: must be within ${HOLIDAY_YEARS} years of today`)
  }
  return problems
}

export function isDate(value: unknown): value is string {
  return typeof value === 'string' && localDay(value) !== null
}

function isInterval(given: Partial<Interval> | null): given is Interval {
  if (typeof given !== 'object' || given === null) return false
  const { start_time, end_time } = given
  if (!Number.isInteger(start_time) || !Number.isInteger(end_time)) return false
  return start_time! >= 0 && end_time! <= WEEK_MINUTES && start_time! < end_time!
}

function dayOf(minute: number): number {
  return Math.floor(minute / 1440)
}

function blank(column: string) {
  return { description: `${column}: cannot be blank`, error: 'BlankValue' }
}
