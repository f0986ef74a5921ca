import { describe, expect, it } from 'vitest'
import { deadlineAfter, openMsBetween } from '../../../core/clock/business-time.ts'
import { createCalendar } from '../../../core/clock/calendar.ts'
import { createScheduleHistory } from '../../../core/clock/history.ts'
import type { Stretch } from '../../../core/clock/stretches.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { at, written } from './instants.ts'
import { aCalendar, aSchedule, everyDay, workDays } from './schedules.ts'

describe('a calendar', () => {
  it('names what is open, closed and a holiday between two instants', () => {
    // Thursday 24 December 2026 to Monday 28 December.
    const calendar = aCalendar({
      holidays: [
        { date: '2026-12-24', name: 'Christmas Eve' },
        { from: '2026-12-25', to: '2026-12-26', name: 'Christmas' },
      ],
    })
    expect(told(calendar.stretches(at('2026-12-23 15:00Z'), at('2026-12-28 09:00Z')))).toEqual([
      '2026-12-23 15:00Z open 2026-12-23',
      '2026-12-23 16:00Z closed 2026-12-23',
      '2026-12-23 23:00Z Christmas Eve 2026-12-24',
      '2026-12-24 23:00Z Christmas 2026-12-25',
      '2026-12-26 23:00Z closed 2026-12-27',
      '2026-12-28 08:00Z open 2026-12-28',
    ])
  })

  it('C2: names both holidays of one date', () => {
    const calendar = aCalendar({
      holidays: [
        { date: '2026-05-14', name: 'Ascension' },
        { date: '2026-05-14', name: 'Company day' },
      ],
    })
    expect(told(calendar.stretches(at('2026-05-14 08:00Z'), at('2026-05-14 10:00Z')))).toEqual([
      '2026-05-14 08:00Z Ascension, Company day 2026-05-14',
    ])
  })

  it('knows whether it is open, to the millisecond', () => {
    const calendar = aCalendar()
    const [opens, closes] = [at('2026-03-06 08:00Z'), at('2026-03-06 16:00Z')]
    expect([opens - 1, opens, closes - 1, closes].map(calendar.isOpen)).toEqual([false, true, true, false])
  })

  it('gives the periods that overlap a span, whole', () => {
    expect(aCalendar().periods(at('2026-03-06 12:00Z'), at('2026-03-09 08:01Z'))).toEqual([
      { opensAt: at('2026-03-06 08:00Z'), closesAt: at('2026-03-06 16:00Z'), date: '2026-03-06' },
      { opensAt: at('2026-03-09 08:00Z'), closesAt: at('2026-03-09 16:00Z'), date: '2026-03-09' },
    ])
    expect(aCalendar().periods(at('2026-03-06 16:00Z'), at('2026-03-09 08:00Z'))).toEqual([])
  })

  it('refuses a range that ends before it begins', () => {
    expect(() => createCalendar(aSchedule(), { from: 1, to: 0 })).toThrow(RangeError)
  })
})

describe('C3: hours over midnight', () => {
  const nights = workDays(['22:00', '06:00'])

  it('run into the next day', () => {
    // Friday 22:00 to Saturday 06:00; Saturday night is closed.
    const calendar = aCalendar({ weekly: nights })
    expect(openMsBetween(calendar, at('2026-03-06 11:00Z'), at('2026-03-08 11:00Z'))).toBe(8 * HOUR_MS)
    expect(written(deadlineAfter(calendar, at('2026-03-06 22:00Z'), 8 * HOUR_MS))).toBe('2026-03-09 22:00Z')
  })

  it.each([
    [
      'the first day',
      '2026-03-10',
      ['2026-03-09 23:00Z holiday', '2026-03-10 23:00Z open', '2026-03-11 05:00Z closed'],
    ],
    ['the second day', '2026-03-11', ['2026-03-10 21:00Z open', '2026-03-10 23:00Z holiday', '2026-03-11 23:00Z open']],
  ])('are clipped at local midnight by a holiday on %s', (_, date, expected) => {
    const calendar = aCalendar({ weekly: nights, holidays: [{ date, name: 'holiday' }] })
    const stretches = told(calendar.stretches(at('2026-03-09 11:00Z'), at('2026-03-12 11:00Z')))
    for (const stretch of expected) expect(stretches.some((text) => text.startsWith(stretch))).toBe(true)
  })

  it('that close when they open are a whole day', () => {
    const calendar = aCalendar({ weekly: { mon: [['09:00', '09:00']] } })
    expect(openMsBetween(calendar, at('2026-03-08 12:00Z'), at('2026-03-14 12:00Z'))).toBe(24 * HOUR_MS)
  })
})

describe('a history of schedules', () => {
  const before = aSchedule({ name: 'Office' })
  const after = aSchedule({ name: 'Long days', weekly: everyDay(['08:00', '20:00']), effective_from: '2026-07-01' })
  const calendar = calendarOf(after, before)

  it('switches at the first instant of the local date from which a version counts', () => {
    // Tuesday 30 June: nine to five; Wednesday 1 July: eight to eight. Berlin is two hours ahead.
    expect(openMsBetween(calendar, at('2026-06-29 22:00Z'), at('2026-06-30 22:00Z'))).toBe(8 * HOUR_MS)
    expect(openMsBetween(calendar, at('2026-06-30 22:00Z'), at('2026-07-01 22:00Z'))).toBe(12 * HOUR_MS)
    expect(calendar.stretches(at('2026-06-30 21:00Z'), at('2026-06-30 23:00Z')).map(versionOf)).toEqual([
      ['2026-06-30 21:00Z', 'Office'],
      ['2026-06-30 22:00Z', 'Long days'],
    ])
  })

  it('switches in the middle of open hours when a version says so', () => {
    const closedEarly = aSchedule({
      weekly: { sun: [['10:00', '11:00']] },
      effective_from: '2026-06-30T12:00:00+02:00',
    })
    const calendar = calendarOf(before, closedEarly)
    expect(openMsBetween(calendar, at('2026-06-29 22:00Z'), at('2026-06-30 22:00Z'))).toBe(3 * HOUR_MS)
  })

  it('counts the oldest version before its own beginning, as nothing older is known', () => {
    const onlyLater = calendarOf(after)
    expect(openMsBetween(onlyLater, at('2026-06-29 22:00Z'), at('2026-06-30 22:00Z'))).toBe(12 * HOUR_MS)
  })

  it('refuses two versions that begin at one instant', () => {
    expect(createScheduleHistory([before, after, after])).toEqual({
      ok: false,
      problems: [{ path: '[1].effective_from', message: 'Two versions begin at 2026-06-30T22:00:00.000Z; keep one' }],
    })
    expect(createScheduleHistory([])).toEqual({
      ok: false,
      problems: [{ path: '', message: 'Give at least one schedule' }],
    })
  })
})

describe('what went wrong elsewhere and is promised here', () => {
  // dbt_zendesk #25, #144; Grafana OnCall #3261.
  it('C1: gives a ticket of last winter the minutes of last winter, whatever the clocks show now', () => {
    const calendar = aCalendar({}, at('2026-07-15 12:00Z'))
    expect(openMsBetween(calendar, at('2026-01-14 07:00Z'), at('2026-01-14 09:00Z'))).toBe(HOUR_MS)
    expect(openMsBetween(calendar, at('2026-07-15 06:00Z'), at('2026-07-15 08:00Z'))).toBe(HOUR_MS)
  })

  // dbt_zendesk #92; Zammad #390.
  it('C2: takes only the holidays given and names each one it skipped', () => {
    const calendar = aCalendar({ holidays: [{ date: '2026-11-18', name: 'Repentance Day' }] })
    const [start, due] = [at('2026-11-17 15:00Z'), at('2026-11-19 09:00Z')]
    expect(deadlineAfter(calendar, start, 2 * HOUR_MS)).toBe(due)
    const skipped = calendar.stretches(start, due).filter(({ isOpen }) => !isOpen)
    expect(told(skipped).filter((text) => text.includes('Repentance Day'))).toHaveLength(1)
  })

  // Frappe Helpdesk #2212; Chatwoot #14009.
  it('C3: closes for lunch, and for as many breaks a day as there are', () => {
    const hours: [string, string][] = [
      ['08:00', '10:00'],
      ['10:30', '12:00'],
      ['13:00', '17:30'],
    ]
    const calendar = aCalendar({ weekly: workDays(...hours) })
    expect(openMsBetween(calendar, at('2026-03-06 00:00Z'), at('2026-03-06 22:00Z'))).toBe(8 * HOUR_MS)
    expect(written(deadlineAfter(calendar, at('2026-03-06 08:30Z'), 31 * MINUTE_MS))).toBe('2026-03-06 09:31Z')
    expect(written(deadlineAfter(calendar, at('2026-03-06 08:45Z'), 31 * MINUTE_MS))).toBe('2026-03-06 09:46Z')
  })

  it('C3: counts all the time when it is open round the clock', () => {
    const calendar = aCalendar({ weekly: everyDay(['00:00', '24:00']) })
    const [start, end] = [at('2020-02-28 13:37Z'), at('2031-11-02 06:05Z')]
    expect(openMsBetween(calendar, start, end)).toBe(end - start)
  })

  // Frappe #2449.
  it('C4: counts nothing of a pause over closed hours, so that it moves no deadline', () => {
    const calendar = aCalendar()
    const [pausedAt, resumedAt] = [at('2026-03-06 16:00Z'), at('2026-03-09 08:00Z')]
    expect(openMsBetween(calendar, pausedAt, resumedAt)).toBe(0)
    for (const budgetMs of [MINUTE_MS, 3 * HOUR_MS, 40 * HOUR_MS]) {
      expect(deadlineAfter(calendar, resumedAt, budgetMs)).toBe(deadlineAfter(calendar, pausedAt, budgetMs))
    }
  })

  // Zammad #534; dbt_zendesk 0.14; Zendesk's reports know a ticket's last schedule only.
  it('C13: sums over every schedule that was in force, and leaves what was counted before a change alone', () => {
    const changed = calendarOf(
      aSchedule(),
      aSchedule({ weekly: everyDay(['08:00', '20:00']), effective_from: '2026-07-01' }),
    )
    const unchanged = aCalendar()
    const [start, change, end] = [at('2026-06-25 00:00Z'), at('2026-06-30 22:00Z'), at('2026-07-05 00:00Z')]
    expect(openMsBetween(changed, start, change)).toBe(openMsBetween(unchanged, start, change))
    expect(openMsBetween(changed, start, end)).toBe(openMsBetween(unchanged, start, change) + 4 * 12 * HOUR_MS)
  })
})

function calendarOf(...schedules: ReturnType<typeof aSchedule>[]) {
  const made = createScheduleHistory(schedules)
  if (!made.ok) throw new Error(made.problems[0]!.message)
  return createCalendar(made.history, { from: at('2026-06-01 00:00Z'), to: at('2026-06-02 00:00Z') })
}

function told(stretches: Stretch[]): string[] {
  return stretches.map((stretch) => {
    const why = stretch.isOpen ? 'open' : stretch.reason === 'holiday' ? stretch.holiday : 'closed'
    return `${written(stretch.from)} ${why} ${stretch.date}`
  })
}

function versionOf({ from, schedule }: Stretch) {
  return [written(from), schedule?.name]
}
