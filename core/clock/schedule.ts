import type { z } from 'zod'
import { nearest } from '../nearest.ts'
import type { Instant } from '../units.ts'
import { type LocalDate, localDay } from './local-date.ts'
import { dayMinute, type ReadScheduleInput, ScheduleInput, WEEKDAYS, type Weekday } from './schedule-input.ts'
import { DAY_MINUTES, type Week, type WeekSpan, weekOf } from './week.ts'
import { readZoneName } from './zone-name.ts'
import { EARLIEST, LATEST, startOfDay } from './zones.ts'

/** Whole local dates, first to last, on which nothing is open. */
export type Holiday = { from: LocalDate; to: LocalDate; name: string }

/** When a team works. Plain data, valid by construction: made by `createSchedule` or `fromZendesk`. */
export type Schedule = {
  id: string | null
  name: string | null
  /** A name that `Intl` knows. */
  timezone: string
  week: Week
  holidays: readonly Holiday[]
  /** The instant from which this version counts in a history; null for always. */
  effectiveFrom: Instant | null
}

/** Something wrong with a schedule. `path` is where: `weekly.mon[0]`; empty for the schedule itself. */
export type ScheduleProblem = { path: string; message: string }

export type ScheduleResult = { ok: true; schedule: Schedule } | { ok: false; problems: ScheduleProblem[] }

/** What a holiday without a name is called in explanations. */
export const UNNAMED_HOLIDAY = 'Holiday'

/** Longer than any public holiday or closing season; a longer one is a slip in the year. */
const LONGEST_HOLIDAY_DAYS = 366

/** Reads a schedule as people write it; every problem at once, each saying what to do. */
export function createSchedule(input: unknown): ScheduleResult {
  const read = ScheduleInput.safeParse(input)
  if (!read.success) return { ok: false, problems: read.error.issues.flatMap(problemsOf) }
  const { timezone, weekly, holidays, effective_from } = read.data
  return assemble({
    id: read.data.id ?? null,
    name: read.data.name ?? null,
    zone: { path: 'timezone', given: timezone },
    spans: { path: 'weekly', given: weekSpansOf(weekly) },
    holidays: { path: 'holidays', given: (holidays ?? []).map(holidayOf) },
    effectiveFrom: { path: 'effective_from', given: effective_from ?? null },
  })
}

/** The parts of a schedule, each with the place its problems are reported at. */
export type ScheduleParts = {
  id: string | null
  name: string | null
  zone: { path: string; given: string }
  spans: { path: string; given: WeekSpan[] }
  holidays: { path: string; given: Holiday[] }
  effectiveFrom: { path: string; given: string | null }
}

/** What every source of schedules has in common: the zone, the week that opens at all, holidays that begin before they end. */
export function assemble({ id, name, zone, spans, holidays, effectiveFrom }: ScheduleParts): ScheduleResult {
  const problems: ScheduleProblem[] = []
  const timezone = readZoneName(zone.given)
  if (!timezone.ok) problems.push({ path: zone.path, message: timezone.message })
  if (spans.given.length === 0) {
    problems.push({
      path: spans.path,
      message: 'This week never opens, so no deadline would ever come; give at least one day its hours',
    })
  }
  for (const [index, { from, to }] of holidays.given.entries()) {
    const days = localDay(to)! - localDay(from)! + 1
    if (days >= 1 && days <= LONGEST_HOLIDAY_DAYS) continue
    const message =
      days < 1 ? `Ends on ${to}, before it begins on ${from}` : 'Lasts longer than a year; check the dates'
    problems.push({ path: `${holidays.path}[${index}]`, message })
  }
  const from = timezone.ok ? effectiveInstant(effectiveFrom.given, timezone.zone) : null
  if (from === undefined) {
    problems.push({
      path: effectiveFrom.path,
      message: 'Write a date, such as 2026-07-01, or an instant, such as 2026-07-01T12:00:00Z',
    })
  }
  if (!timezone.ok || from === undefined || problems.length > 0) return { ok: false, problems }
  const week = weekOf(spans.given)
  return {
    ok: true,
    schedule: { id, name, timezone: timezone.zone, week, holidays: holidays.given, effectiveFrom: from },
  }
}

function weekSpansOf(weekly: ReadScheduleInput['weekly']): WeekSpan[] {
  return WEEKDAYS.flatMap((weekday, index) =>
    (weekly[weekday] ?? []).map(([opens, closes]) => {
      const from = dayMinute(opens)!
      const to = dayMinute(closes)!
      const midnight = index * DAY_MINUTES
      return { from: midnight + from, to: midnight + to + (to <= from ? DAY_MINUTES : 0) }
    }),
  )
}

function holidayOf(holiday: NonNullable<ReadScheduleInput['holidays']>[number]): Holiday {
  if (typeof holiday === 'string') return { from: holiday, to: holiday, name: UNNAMED_HOLIDAY }
  const name = holiday.name ?? UNNAMED_HOLIDAY
  return 'date' in holiday
    ? { from: holiday.date, to: holiday.date, name }
    : { from: holiday.from, to: holiday.to, name }
}

/** Undefined when the text is neither a date nor an instant. */
function effectiveInstant(text: string | null, timezone: string): Instant | null | undefined {
  if (text === null) return null
  const day = localDay(text)
  const at = day === null ? instantOf(text) : startOfDay(timezone, day)
  return at !== null && at >= EARLIEST && at < LATEST ? at : undefined
}

function instantOf(text: string): Instant | null {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const at = isInstant ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

/** The keys of `ScheduleInput` at each place that has keys. */
const KNOWN_KEYS: Record<string, readonly string[]> = {
  '': Object.keys(ScheduleInput.shape),
  weekly: WEEKDAYS satisfies readonly Weekday[],
  holidays: ['date', 'from', 'to', 'name'],
}

/** What the schema refused, each at its own place and in words for the person who wrote it. */
export function problemsOf(issue: z.core.$ZodIssue): ScheduleProblem[] {
  const path = pathText(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), message: unknownKey(key, issue.path) }))
  }
  if (issue.code === 'invalid_union') {
    const form = nearestForm(issue.errors)
    if (form) return form.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }))
  }
  return [{ path, message: issue.message }]
}

/** Of the forms a value may take, the one with the fewest mistakes; none when it is of another kind altogether. */
function nearestForm(forms: z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  return forms
    .filter((issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0))
    .toSorted((a, b) => a.length - b.length)[0]
}

function unknownKey(key: string, parent: readonly PropertyKey[]): string {
  const known = KNOWN_KEYS[String(parent[0] ?? '')] ?? []
  const short = known.find((name) => name.length === 3 && key.toLowerCase().startsWith(name))
  const meant = short ?? nearest(key, known)
  return meant === null
    ? `Unknown key "${key}"; known are ${known.join(', ')}`
    : `Unknown key "${key}"; did you mean "${meant}"?`
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? String(step) : `${text}.${String(step)}`
  }, '')
}
