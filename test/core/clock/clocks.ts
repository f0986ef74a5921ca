import fc from 'fast-check'
import { type Calendar, createCalendar } from '../../../core/clock/calendar.ts'
import type { ClockEvent, ClockTarget } from '../../../core/clock/clock-event.ts'
import { createSchedule } from '../../../core/clock/schedule.ts'
import type { ScheduleInput } from '../../../core/clock/schedule-input.ts'
import { foldClock } from '../../../core/clock/sla.ts'
import type { ClockState } from '../../../core/clock/sla-state.ts'
import { type Instant, MINUTE_MS } from '../../../core/units.ts'

/** `2026-03-09 16:30Z` or `2026-03-09 16:30+01:00` as an instant. */
export function at(text: string): Instant {
  const instant = Date.parse(text.replace(' ', 'T'))
  if (Number.isNaN(instant)) throw new Error(`No instant: ${text}`)
  return instant
}

/** Monday to Friday, with a lunch break, in Berlin, and the holidays of Christmas 2026. */
export const BERLIN: ScheduleInput = {
  name: 'Berlin office',
  timezone: 'Europe/Berlin',
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
      day,
      [
        ['09:00', '12:00'],
        ['13:00', '17:00'],
      ],
    ]),
  ),
  holidays: [
    { date: '2026-12-24', name: 'Heiligabend' },
    { from: '2026-12-25', to: '2026-12-26', name: 'Weihnachten' },
  ],
}

export function aCalendar(overrides: Partial<ScheduleInput> = {}): Calendar {
  const made = createSchedule({ ...BERLIN, ...overrides })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return createCalendar(made.schedule, { from: at('2026-01-01 00:00Z'), to: at('2026-12-31 00:00Z') })
}

const CALENDARS: Record<string, Calendar> = {
  berlin: aCalendar(),
  'new-york': aCalendar({ timezone: 'America/New_York', name: 'New York office' }),
  nights: aCalendar({
    timezone: 'Australia/Lord_Howe',
    weekly: { fri: [['22:00', '06:00']], sun: [['00:00', '24:00']] },
  }),
}

export function calendarOf(schedule: string): Calendar {
  const calendar = CALENDARS[schedule]
  if (!calendar) throw new Error(`No schedule ${schedule}`)
  return calendar
}

export function aTarget(overrides: Partial<ClockTarget> = {}): ClockTarget {
  return {
    minutes: 120,
    warnAt: [50, 75],
    pausedIn: ['pending'],
    stopsIn: ['solved', 'closed'],
    reopens: true,
    counts: 'business',
    policyVersion: '7',
    ...overrides,
  }
}

type Happening = ClockEvent extends infer E ? (E extends ClockEvent ? Omit<E, 'at' | 'order'> : never) : never

/** Events in the order they are written; the number of each is its order. */
export function history(...happenings: [string, Happening][]): ClockEvent[] {
  return happenings.map(([text, happening], order) => ({ ...happening, at: at(text), order }) as ClockEvent)
}

export function started(target: Partial<ClockTarget> = {}, schedule: string | null = 'berlin'): Happening {
  return { kind: 'start', target: aTarget(target), schedule, status: 'new' }
}

export function status(name: string, by?: string): Happening {
  return by === undefined ? { kind: 'status', status: name } : { kind: 'status', status: name, by }
}

/** The clock of these events at an instant. */
export function clockAt(now: string | Instant, events: readonly ClockEvent[]): ClockState {
  return foldClock(events, calendarOf, typeof now === 'string' ? at(now) : now)
}

/** What clocks of real tickets are made of, within a few weeks around a change of clocks. */
export function anyHistory(spreadMinutes = 30_000): fc.Arbitrary<ClockEvent[]> {
  const anyTarget = fc.record({
    minutes: fc.integer({ min: 1, max: Math.floor(spreadMinutes / 4) }),
    warnAt: fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 3 }),
    pausedIn: fc.constantFrom<string[]>(['pending'], ['pending', 'hold'], []),
    stopsIn: fc.constantFrom<string[]>(['solved'], ['solved', 'closed']),
    reopens: fc.boolean(),
    counts: fc.constantFrom('business' as const, 'business' as const, 'calendar' as const),
    policyVersion: fc.constantFrom('1', '2'),
  })
  const anySchedule = fc.constantFrom('berlin', 'new-york', 'nights', null)
  const anyStatus = fc.constantFrom('new', 'open', 'pending', 'hold', 'solved')
  const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('status' as const), status: anyStatus }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('target' as const), target: anyTarget }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('schedule' as const), schedule: anySchedule }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('pause' as const), why: fc.constant('waiting for a part') }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'resume' as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('stop' as const), why: fc.constant('accepted') }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('follow-up' as const), status: fc.constant('new') }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('cancel' as const),
        why: fc.constantFrom('merged' as const, 'closed' as const),
      }),
    },
  )
  const anyStart = fc.record({
    kind: fc.constant('start' as const),
    target: anyTarget,
    schedule: anySchedule,
    status: fc.constant('new'),
  })
  const anyMinute = fc.integer({ min: 0, max: spreadMinutes })
  return fc
    .tuple(fc.integer({ min: 0, max: 60 }), anyStart, fc.array(fc.tuple(anyMinute, anyHappening), { maxLength: 12 }))
    .map(([startsAt, start, later]) =>
      [[startsAt, start] as const, ...later].map(
        ([minute, happening], order) => ({ ...happening, at: BEGIN + minute * MINUTE_MS, order }) as ClockEvent,
      ),
    )
}

/** The Friday before the clocks of Berlin go forward. */
export const BEGIN = at('2026-03-27 08:00Z')
