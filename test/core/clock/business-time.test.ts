import { describe, expect, it } from 'vitest'
import { deadlineAfter, openMsBetween } from '../../../core/clock/business-time.ts'
import { calendarTime, ScheduleExhausted } from '../../../core/clock/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { at, written } from './instants.ts'
import { aCalendar, everyDay } from './schedules.ts'

describe('openMsBetween', () => {
  // Friday 2026-03-06 to Monday 2026-03-09; Berlin is one hour ahead of UTC.
  it.each([
    ['inside one day', '2026-03-06 09:00Z', '2026-03-06 10:30Z', 90],
    ['from before opening', '2026-03-06 00:00Z', '2026-03-06 09:00Z', 60],
    ['until after closing', '2026-03-06 15:00Z', '2026-03-06 23:00Z', 60],
    ['over a weekend', '2026-03-06 15:30Z', '2026-03-09 08:30Z', 60],
    ['from opening to closing', '2026-03-06 08:00Z', '2026-03-06 16:00Z', 480],
    ['on a Sunday', '2026-03-08 00:00Z', '2026-03-08 22:00Z', 0],
    ['of no length', '2026-03-06 10:00Z', '2026-03-06 10:00Z', 0],
    ['that ends before it begins', '2026-03-06 12:00Z', '2026-03-06 10:00Z', 0],
  ])('counts a span %s', (_, start, end, minutes) => {
    expect(openMsBetween(aCalendar(), at(start), at(end))).toBe(minutes * MINUTE_MS)
  })

  it('counts single seconds', () => {
    expect(openMsBetween(aCalendar(), at('2026-03-06 15:59:58Z'), at('2026-03-09 08:00:03Z'))).toBe(5000)
  })
})

describe('deadlineAfter', () => {
  it.each([
    ['inside one day', '2026-03-06 09:00Z', 90, '2026-03-06 10:30Z'],
    ['over a weekend', '2026-03-06 15:30Z', 60, '2026-03-09 08:30Z'],
    ['that ends at closing time', '2026-03-06 15:00Z', 60, '2026-03-06 16:00Z'],
    ['of a whole day from opening', '2026-03-06 08:00Z', 480, '2026-03-06 16:00Z'],
    ['that starts while closed', '2026-03-07 12:00Z', 30, '2026-03-09 08:30Z'],
    ['that starts at closing time', '2026-03-06 16:00Z', 1, '2026-03-09 08:01Z'],
    ['of nothing while open', '2026-03-06 10:00Z', 0, '2026-03-06 10:00Z'],
    ['of nothing while closed', '2026-03-07 12:00Z', 0, '2026-03-07 12:00Z'],
    ['that is used up already', '2026-03-06 10:00Z', -5, '2026-03-06 10:00Z'],
  ])('spends a budget %s', (_, start, minutes, due) => {
    expect(written(deadlineAfter(aCalendar(), at(start), minutes * MINUTE_MS))).toBe(due)
  })

  it('spends years of budget in one step', () => {
    // 2026-01-05 is a Monday; 52 weeks of 40 hours end at closing time on Friday 2027-01-01.
    const due = deadlineAfter(aCalendar(), at('2026-01-05 00:00Z'), 52 * 40 * HOUR_MS)
    expect(written(due)).toBe('2027-01-01 16:00Z')
  })

  it('says so when the schedule does not open for that long', () => {
    const oneMinuteAWeek = aCalendar({ weekly: { mon: [['09:00', '09:01']] } })
    expect(() => deadlineAfter(oneMinuteAWeek, at('2026-03-06 10:00Z'), 30 * DAY_MS)).toThrow(ScheduleExhausted)
  })

  it('refuses instants that are none', () => {
    expect(() => deadlineAfter(aCalendar(), Number.NaN, HOUR_MS)).toThrow(RangeError)
    expect(() => openMsBetween(aCalendar(), at('2026-03-06 10:00Z'), Number.NaN)).toThrow(RangeError)
  })

  it('says so beyond the years whose time zones are known', () => {
    expect(() => openMsBetween(aCalendar(), at('2026-03-06 10:00Z'), at('2400-01-01 00:00Z'))).toThrow(
      ScheduleExhausted,
    )
  })
})

describe('calendar time', () => {
  it('counts every millisecond', () => {
    const [start, end] = [at('2026-03-06 10:00Z'), at('2029-07-08 23:59:59Z')]
    expect(openMsBetween(calendarTime, start, end)).toBe(end - start)
    expect(deadlineAfter(calendarTime, start, end - start)).toBe(end)
    expect(calendarTime.isOpen(start)).toBe(true)
    expect(calendarTime.stretches(start, end)).toEqual([
      { from: start, to: end, isOpen: true, date: '2026-03-06', schedule: null },
    ])
  })
})

describe('C1: a day on which clocks change', () => {
  it.each([
    ['Berlin loses 02:00–03:00', 'Europe/Berlin', '2026-03-29', ['01:00', '04:00'], 120],
    ['Berlin has 02:00–03:00 twice', 'Europe/Berlin', '2026-10-25', ['01:00', '04:00'], 240],
    ['Berlin counts both passes of 02:15–02:45', 'Europe/Berlin', '2026-10-25', ['02:15', '02:45'], 60],
    ['Berlin has nothing of 02:00–03:00', 'Europe/Berlin', '2026-03-29', ['02:00', '03:00'], 0],
    ['New York clips 02:30–05:00 at the gap', 'America/New_York', '2024-03-10', ['02:30', '05:00'], 120],
    ['New York has 01:00–02:00 twice', 'America/New_York', '2024-11-03', ['01:00', '02:00'], 120],
    ['Lord Howe loses half an hour', 'Australia/Lord_Howe', '2026-10-04', ['02:00', '03:00'], 30],
    ['Lord Howe has 01:30–02:00 twice', 'Australia/Lord_Howe', '2026-04-05', ['01:30', '02:00'], 60],
    ['São Paulo begins the day at one', 'America/Sao_Paulo', '2018-11-04', ['00:00', '02:00'], 60],
    ['São Paulo has 23:00–24:00 twice', 'America/Sao_Paulo', '2018-02-17', ['22:00', '24:00'], 180],
    ['Tehran begins the day at one', 'Asia/Tehran', '2022-03-22', ['00:00', '08:00'], 420],
    ['Tehran has 23:00–24:00 twice', 'Asia/Tehran', '2022-09-21', ['23:00', '24:00'], 120],
    ['Casablanca goes back for Ramadan', 'Africa/Casablanca', '2025-02-23', ['00:00', '24:00'], 25 * 60],
    ['Casablanca goes forward after Ramadan', 'Africa/Casablanca', '2025-04-06', ['00:00', '24:00'], 23 * 60],
    ['Apia has no 30 December', 'Pacific/Apia', '2011-12-30', ['00:00', '24:00'], 0],
  ])('counts elapsed time: %s', (_, timezone, date, hours, minutes) => {
    const midnight = at(`${date} 00:00Z`)
    const others = [-3, -2, -1, 1, 2, 3].map((days) => new Date(midnight + days * DAY_MS).toISOString().slice(0, 10))
    const calendar = aCalendar({ timezone, weekly: everyDay(hours as [string, string]), holidays: others })
    expect(openMsBetween(calendar, midnight - 2 * DAY_MS, midnight + 3 * DAY_MS)).toBe(minutes * MINUTE_MS)
  })

  it('goes from Thursday 29 to Saturday 31 December 2011 in Apia', () => {
    const calendar = aCalendar({ timezone: 'Pacific/Apia', weekly: everyDay(['09:00', '17:00']) })
    const periods = calendar.periods(at('2011-12-29 00:00Z'), at('2011-12-31 20:00Z'))
    expect(periods.map(({ opensAt, date }) => [written(opensAt), date])).toEqual([
      ['2011-12-28 19:00Z', '2011-12-28'],
      ['2011-12-29 19:00Z', '2011-12-29'],
      ['2011-12-30 19:00Z', '2011-12-31'],
      ['2011-12-31 19:00Z', '2012-01-01'],
    ])
  })

  it('leaves Friday out in Apia: the next one is 6 January 2012', () => {
    const fridays = aCalendar({ timezone: 'Pacific/Apia', weekly: { fri: [['09:00', '17:00']] } })
    expect(written(deadlineAfter(fridays, at('2011-12-29 00:00Z'), HOUR_MS))).toBe('2012-01-05 20:00Z')
  })

  it.each([
    ['Asia/Kolkata', '2026-03-06 03:30Z'],
    ['Asia/Kathmandu', '2026-03-06 03:15Z'],
    ['Asia/Tehran', '2026-03-06 05:30Z'],
  ])('opens at nine local time in %s, minutes from the hour', (timezone, opens) => {
    const calendar = aCalendar({ timezone, weekly: everyDay(['09:00', '17:00']) })
    expect(written(deadlineAfter(calendar, at('2026-03-06 00:00Z'), 1) - 1)).toBe(opens)
  })
})
