import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deadlineAfter, openMsBetween } from '../../../core/clock/business-time.ts'
import { createCalendar } from '../../../core/clock/calendar.ts'
import { createScheduleHistory } from '../../../core/clock/history.ts'
import type { Schedule } from '../../../core/clock/schedule.ts'
import { type ScheduleInput, WEEKDAYS } from '../../../core/clock/schedule-input.ts'
import { DAY_MS, type Instant, MINUTE_MS } from '../../../core/units.ts'
import { isOpenBy, naiveDeadline, naiveOpenMs, wallReader, watch } from './naive.ts'
import { aSchedule, EVERY_ZONE } from './schedules.ts'

const FIRST = Date.UTC(2000, 0, 1)
const LAST = Date.UTC(2036, 0, 1)

const instant = fc.integer({ min: FIRST / 1000, max: LAST / 1000 }).map((second) => second * 1000)
const THREE_YEARS_MS = 3 * 365 * DAY_MS
/** A budget as a share of what is open in three years: some schedules open for a minute a week. */
const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)
const clockTime = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)
const hours = fc.array(fc.tuple(clockTime, clockTime), { minLength: 1, maxLength: 3 })
const date = fc.integer({ min: FIRST / DAY_MS, max: LAST / DAY_MS }).map((day) => {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
})

/** Any hours on some weekdays, ends before starts included: those run over midnight. */
const input: fc.Arbitrary<ScheduleInput> = fc
  .record({
    timezone: fc.constantFrom(...EVERY_ZONE),
    weekdays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
    hours,
    holidays: fc.array(date, { maxLength: 40 }),
  })
  .map(({ timezone, weekdays, hours, holidays }) => {
    return { timezone, weekly: Object.fromEntries(weekdays.map((weekday) => [weekday, hours])), holidays }
  })
const schedule: fc.Arbitrary<Schedule> = input.map(aSchedule)

function calendarOf(schedule: Schedule) {
  return createCalendar(schedule, { from: FIRST, to: LAST })
}

function inOrder(...instants: Instant[]): Instant[] {
  return instants.toSorted((a, b) => a - b)
}

describe('business time in any schedule', () => {
  it('C1: adds up: a to b and b to c are a to c', () => {
    fc.assert(
      fc.property(schedule, instant, instant, instant, (schedule, ...instants) => {
        const calendar = calendarOf(schedule)
        const [a, b, c] = inOrder(...instants) as [Instant, Instant, Instant]
        expect(openMsBetween(calendar, a, b) + openMsBetween(calendar, b, c)).toBe(openMsBetween(calendar, a, c))
      }),
    )
  })

  it('C1: has exactly the budget between a start and its deadline, and less a millisecond before', () => {
    fc.assert(
      fc.property(schedule, instant, share, (schedule, start, share) => {
        const calendar = createCalendar(schedule, { from: start, to: start })
        const budgetMs = 1 + Math.floor(share * openMsBetween(calendarOf(schedule), start, start + THREE_YEARS_MS))
        const deadline = deadlineAfter(calendar, start, budgetMs)
        expect(openMsBetween(calendar, start, deadline)).toBe(budgetMs)
        expect(openMsBetween(calendar, start, deadline - 1)).toBe(budgetMs - 1)
      }),
    )
  })

  it('comes no later for an earlier start or a smaller budget', () => {
    fc.assert(
      fc.property(schedule, instant, instant, share, share, (schedule, one, other, less, more) => {
        const calendar = calendarOf(schedule)
        const [early, late] = inOrder(one, other) as [Instant, Instant]
        const inAllMs = openMsBetween(calendar, early, early + THREE_YEARS_MS)
        const [small, large] = inOrder(Math.floor(less * inAllMs), Math.floor(more * inAllMs)) as [number, number]
        expect(deadlineAfter(calendar, early, large)).toBeLessThanOrEqual(deadlineAfter(calendar, late, large))
        expect(deadlineAfter(calendar, early, small)).toBeLessThanOrEqual(deadlineAfter(calendar, early, large))
      }),
    )
  })

  it('never exceeds the time that passed', () => {
    fc.assert(
      fc.property(schedule, instant, instant, (schedule, one, other) => {
        const [start, end] = inOrder(one, other) as [Instant, Instant]
        const openMs = openMsBetween(calendarOf(schedule), start, end)
        expect(openMs).toBeGreaterThanOrEqual(0)
        expect(openMs).toBeLessThanOrEqual(end - start)
      }),
    )
  })

  it('is the sum of the open stretches, which with the closed ones leave no hole', () => {
    fc.assert(
      fc.property(schedule, instant, fc.integer({ min: 1, max: 90 * DAY_MS }), (schedule, start, lengthMs) => {
        const calendar = calendarOf(schedule)
        const stretches = calendar.stretches(start, start + lengthMs)
        expect(stretches.map(({ from }) => from)).toEqual([start, ...stretches.slice(0, -1).map(({ to }) => to)])
        expect(stretches.at(-1)!.to).toBe(start + lengthMs)
        const openMs = stretches.reduce((sum, { isOpen, from, to }) => sum + (isOpen ? to - from : 0), 0)
        expect(openMs).toBe(openMsBetween(calendar, start, start + lengthMs))
      }),
    )
  })

  it('C1: is what one counts who looks at the wall every minute for two months', () => {
    const openMs = fc.integer({ min: 1, max: 10 * DAY_MS })
    fc.assert(
      fc.property(input, instant, openMs, (input, from, budgetMs) => {
        const start = Math.floor(from / MINUTE_MS) * MINUTE_MS
        const { walls } = watch(wallReader(input.timezone), start, start + 60 * DAY_MS)
        // A holiday that is certain to matter.
        const holidays = [...(input.holidays ?? []), walls[walls.length / 2]!.date]
        const open = walls.map((wall) => isOpenBy({ ...input, holidays }, wall))
        const calendar = createCalendar(aSchedule({ ...input, holidays }), { from: start, to: start })
        const end = start + 60 * DAY_MS
        expect(openMsBetween(calendar, from, end)).toBe(naiveOpenMs(open, start, from, end))
        const due = naiveDeadline(open, start, from, budgetMs)
        if (due !== null) expect(deadlineAfter(calendar, from, budgetMs)).toBe(due)
      }),
      { numRuns: 12 },
    )
  })

  it('is the same in a calendar that grew as in one made large', () => {
    fc.assert(
      fc.property(schedule, fc.array(fc.tuple(instant, instant), { minLength: 1, maxLength: 5 }), (schedule, spans) => {
        const large = calendarOf(schedule)
        const growing = createCalendar(schedule, { from: spans[0]![0], to: spans[0]![0] })
        for (const [one, other] of spans) {
          const [start, end] = inOrder(one, other) as [Instant, Instant]
          expect(openMsBetween(growing, start, end)).toBe(openMsBetween(large, start, end))
          const near = { from: start, to: Math.min(end, start + 10 * DAY_MS) }
          expect(growing.periods(near.from, near.to)).toEqual(large.periods(near.from, near.to))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('C9: counts each version of a schedule from its instant to the next one', () => {
    fc.assert(
      fc.property(schedule, schedule, instant, instant, instant, (before, after, change, one, other) => {
        const [start, end] = inOrder(one, other) as [Instant, Instant]
        const made = createScheduleHistory([{ ...after, effectiveFrom: change }, before])
        if (!made.ok) throw new Error(made.problems[0]!.message)
        const whole = createCalendar(made.history, { from: FIRST, to: LAST })
        const split = Math.min(Math.max(start, change), end)
        expect(openMsBetween(whole, start, end)).toBe(
          openMsBetween(calendarOf(before), start, split) + openMsBetween(calendarOf(after), split, end),
        )
      }),
      { numRuns: 50 },
    )
  })
})
