import { deadlineAfter, openMsBetween } from '../../core/clock/business-time.ts'
import { type Calendar, calendarTime, createCalendar, ScheduleExhausted } from '../../core/clock/calendar.ts'
import type { ClockEvent, ClockTarget } from '../../core/clock/clock-event.ts'
import { createSchedule } from '../../core/clock/schedule.ts'
import { foldClock } from '../../core/clock/sla.ts'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import { type ReadClockRequest, readClockRequest, sentences } from './clock-request.ts'

export type ClockAnswer =
  | { openSeconds: number }
  | { deadline: string }
  | { elapsedSeconds: number; breachedAt: string | null; warnAt75: string | null; deadline: string | null }
  | { error: string }

type Asked = Exclude<ReadClockRequest, { kind: 'refused' }>

type Calendars = Map<string, { ok: true; calendar: Calendar } | { ok: false; error: string }>

/** One answer for each request, in their order. A schedule that several requests share is laid out in time once. */
export function answerClockRequests(items: readonly unknown[]): ClockAnswer[] {
  const calendars: Calendars = new Map()
  return items.map((item): ClockAnswer => {
    const read = readClockRequest(item)
    if (read.kind === 'refused') return { error: read.error }
    try {
      const found = calendarOf(read, calendars)
      return found.ok ? answer(read, found.calendar) : { error: found.error }
    } catch (error) {
      if (error instanceof ScheduleExhausted) return { error: error.message }
      throw error
    }
  })
}

function answer(asked: Asked, calendar: Calendar): ClockAnswer {
  switch (asked.kind) {
    case 'open-time': {
      const { start, end } = asked.request
      if (end < start) return { error: 'end: Lies before start; swap the two' }
      return { openSeconds: openMsBetween(calendar, start, end) / SECOND_MS }
    }
    case 'deadline': {
      const { start, addSeconds } = asked.request
      const addMs = Math.round(addSeconds * SECOND_MS)
      if (!Number.isSafeInteger(addMs)) return { error: `addSeconds: ${addSeconds} is more than any schedule holds` }
      return { deadline: writeInstant(deadlineAfter(calendar, start, addMs)) }
    }
    case 'clock':
      return stateOf(asked.request, calendar)
  }
}

function stateOf(
  { target, history, asOf }: Extract<ReadClockRequest, { kind: 'clock' }>['request'],
  calendar: Calendar,
): ClockAnswer {
  const clock = foldClock(eventsOf(target, history), () => calendar, asOf)
  if (clock.phase === 'running' && clock.deadline === null) {
    return { error: `target.minutes: ${target.minutes} is more than any schedule holds` }
  }
  const warning = clock.warnings.find(({ isReached }) => isReached)
  return {
    elapsedSeconds: clock.elapsedMs / SECOND_MS,
    breachedAt: writeOrNull(clock.breachedAt),
    warnAt75: writeOrNull(warning?.at ?? null),
    deadline: writeOrNull(clock.deadline),
  }
}

type History = Extract<ReadClockRequest, { kind: 'clock' }>['request']['history']

/** The clock starts with the earliest entry; of two entries at one instant the one written last holds. */
function eventsOf(
  { minutes, pausedIn, stopsIn }: Pick<ClockTarget, 'minutes' | 'pausedIn' | 'stopsIn'>,
  history: History,
): ClockEvent[] {
  const target: ClockTarget = {
    minutes,
    pausedIn,
    stopsIn,
    warnAt: [75],
    reopens: true,
    counts: 'business',
    policyVersion: null,
  }
  const statuses = history.map(({ at, status }, index): ClockEvent => ({ kind: 'status', at, status, order: index }))
  const startsAt = history.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY)
  return [...statuses, { kind: 'start', at: startsAt, order: history.length, target, schedule: 'given' }]
}

/** The calendar of a schedule as it was written; the same text is read once. */
function calendarOf(asked: Asked, calendars: Calendars) {
  const given = asked.request.schedule
  if (given === null) return { ok: true as const, calendar: calendarTime }
  const text = JSON.stringify(given)
  const known = calendars.get(text)
  if (known) return known
  const made = createSchedule(given)
  const found = made.ok
    ? { ok: true as const, calendar: createCalendar(made.schedule, firstRange(asked)) }
    : { ok: false as const, error: sentences(made.problems.map(({ path, message }) => `${placed(path)}: ${message}`)) }
  calendars.set(text, found)
  return found
}

/** Where the first question about a schedule looks; its calendar grows by itself when later ones look elsewhere. */
function firstRange(asked: Asked): { from: Instant; to: Instant } {
  const at = asked.kind === 'clock' ? asked.request.asOf : asked.request.start
  return { from: at, to: at }
}

function placed(path: string): string {
  return path === '' ? 'schedule' : `schedule.${path}`
}

function writeOrNull(at: Instant | null): string | null {
  return at === null ? null : writeInstant(at)
}

/** ISO 8601 in UTC, with milliseconds only where there are any. */
function writeInstant(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z')
}
