import { describe, expect, it } from 'vitest'
import { deadlineAfter, openMsBetween } from '../../../core/clock/business-time.ts'
import { createCalendar } from '../../../core/clock/calendar.ts'
import type { ScheduleInput } from '../../../core/clock/schedule-input.ts'
import { offsetSpans } from '../../../core/clock/zones.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { changesOfClocks, isOpenBy, naiveDeadline, naiveOpenMs, type Wall, wallReader, watch } from './naive.ts'
import { aSchedule, EVERY_ZONE, everyDay, workDays } from './schedules.ts'

const YEARS = { first: 2000, last: 2035 }

type Hours = Pick<ScheduleInput, 'weekly'>
const SCHEDULES: Record<string, Hours> = {
  'office hours with a lunch break': {
    weekly: { ...workDays(['09:00', '12:00'], ['13:00', '17:00']), sat: [['10:00', '14:00']] },
  },
  nights: { weekly: everyDay(['22:00', '06:00']) },
  'short hours where clocks change': {
    weekly: everyDay(['00:00', '00:45'], ['01:10', '01:50'], ['02:15', '03:05'], ['23:20', '24:00']),
  },
  'round the clock': { weekly: everyDay(['00:00', '24:00']) },
}

/** How many changes there were until the end of 2025. What comes later is a forecast, and governments do change it. */
const CHANGES: Record<(typeof EVERY_ZONE)[number], number> = {
  'America/New_York': 52,
  'Europe/Berlin': 52,
  'Asia/Kolkata': 0,
  'Australia/Lord_Howe': 52,
  'America/Sao_Paulo': 39,
  'Africa/Casablanca': 49,
  'Pacific/Apia': 23,
  'Asia/Tehran': 42,
  'Asia/Kathmandu': 0,
}

describe.each(EVERY_ZONE)('C1: both changes of the clocks in every year 2000 to 2035 in %s', (zone) => {
  const read = wallReader(zone)
  const changes = changesOfClocks(read, YEARS)
  // A zone without changes is watched on two ordinary days a year instead.
  const noons = changes.length > 0 ? changes : ordinaryNoons()
  const windows = noons.map((noon) => watch(read, noon - DAY_MS - 14 * HOUR_MS, noon + 14 * HOUR_MS))

  it('are all there', () => {
    expect(changes.filter((noon) => noon < Date.UTC(2026, 0, 1)).length).toBe(CHANGES[zone])
    const spans = offsetSpans(zone, Date.UTC(YEARS.first, 0, 1, 12), Date.UTC(YEARS.last + 1, 0, 1))
    expect(spans.length - 1).toBe(changes.length)
  })

  it('are found to the second', () => {
    const spans = offsetSpans(zone, Date.UTC(YEARS.first, 0, 1, 12), Date.UTC(YEARS.last + 1, 0, 1))
    for (const [index, { from, offsetMs }] of spans.entries()) {
      if (index === 0) continue
      const before = Array.from({ length: 90 }, (_, second) => read(from - (second + 1) * SECOND_MS).offsetMs)
      const after = Array.from({ length: 90 }, (_, second) => read(from + second * SECOND_MS).offsetMs)
      expect(new Set(before)).toEqual(new Set([spans[index - 1]!.offsetMs]))
      expect(new Set(after)).toEqual(new Set([offsetMs]))
    }
  })

  it.each(Object.keys(SCHEDULES))('count %s as one who looks at the wall every minute', (name) => {
    const { weekly } = SCHEDULES[name]!
    // Every third window has its middle date as a holiday.
    const holidays = windows.flatMap(({ walls }, index) => (index % 3 === 0 ? [middleOf(walls).date] : []))
    const schedule = aSchedule({ timezone: zone, weekly, holidays })
    const calendar = createCalendar(schedule, { from: Date.UTC(2000, 0, 1), to: Date.UTC(2036, 0, 1) })
    for (const [index, { from, walls }] of windows.entries()) {
      const open = walls.map((wall) => isOpenBy({ weekly, holidays }, wall))
      const to = from + walls.length * MINUTE_MS
      // Different minutes and seconds in each window, the same ones in each run.
      const step = (7 + (index % 5)) * HOUR_MS + (index % 60) * MINUTE_MS + (index % 59) * SECOND_MS
      for (let start = from + (index % 61) * SECOND_MS; start < to; start += step) {
        for (const end of [start + step / 3, start + 2 * step, to]) {
          const until = Math.min(to, Math.floor(end))
          expect(openMsBetween(calendar, start, until)).toBe(naiveOpenMs(open, from, start, until))
        }
        for (const budgetMs of [1, 45 * MINUTE_MS, 2 * HOUR_MS + index * SECOND_MS]) {
          const expected = naiveDeadline(open, from, start, budgetMs)
          if (expected !== null) expect(deadlineAfter(calendar, start, budgetMs)).toBe(expected)
        }
      }
    }
  })
})

function middleOf(walls: Wall[]): Wall {
  return walls[Math.floor(walls.length / 2)]!
}

function ordinaryNoons(): number[] {
  return Array.from({ length: 72 }, (_, index) => Date.UTC(2000 + Math.floor(index / 2), (index % 2) * 6 + 2, 29, 12))
}
