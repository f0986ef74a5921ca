import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WEEKDAYS } from '../../../core/clock/schedule-input.ts'
import { offsetAt } from '../../../core/clock/zones.ts'
import type { Hours, Layer, Override, Schedule } from '../../../core/oncall/schedule.ts'
import { shifts } from '../../../core/oncall/shifts.ts'
import { gapsIn } from '../../../core/oncall/spans.ts'
import { nextOnCall, whoIsOnCall } from '../../../core/oncall/who.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../core/units.ts'
import { aLayer, aSchedule } from './schedules.ts'
import { wallTime } from './times.ts'

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Casablanca']
const PEOPLE = ['ana', 'ben', 'chiara', 'dev']
const YEAR = Date.UTC(2026, 0, 1)

const instant = fc.integer({ min: 0, max: 365 * 24 * 60 }).map((minute) => YEAR + minute * MINUTE_MS)
const hours: fc.Arbitrary<Hours> = fc
  .record({
    days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1439 }),
    length: fc.integer({ min: 1, max: 1440 }),
  })
  .map(({ days, from, length }) => ({ days, from, until: from + length }))
const layer: fc.Arbitrary<Layer> = fc.record({
  id: fc.constantFrom('one', 'two', 'three'),
  zone: fc.constantFrom(...ZONES),
  participants: fc.array(fc.constantFrom(...PEOPLE), { minLength: 1, maxLength: 4 }),
  rotation: fc.oneof(
    fc.record({ unit: fc.constant('days' as const), length: fc.constantFrom(1, 7) }),
    fc.record({ unit: fc.constant('hours' as const), length: fc.integer({ min: 1, max: 50 }) }),
  ),
  startsAt: fc.integer({ min: -400 * 24 * 60, max: 365 * 24 * 60 }).map((minute) => YEAR + minute * MINUTE_MS),
  hours: fc.array(hours, { maxLength: 3 }),
})
const override: fc.Arbitrary<Override> = fc
  .record({ from: instant, minutes: fc.integer({ min: 1, max: 5000 }), person: fc.constantFrom(...PEOPLE, 'zoe') })
  .map(({ from, minutes, person }) => ({ from, to: from + minutes * MINUTE_MS, person }))
const schedule: fc.Arbitrary<Schedule> = fc
  .record({ layers: fc.array(layer, { maxLength: 3 }), overrides: fc.array(override, { maxLength: 3 }) })
  .map((parts) => aSchedule(parts))
const range = fc
  .record({ from: instant, minutes: fc.integer({ min: 1, max: 30 * 24 * 60 }) })
  .map(({ from, minutes }) => ({ from, to: from + minutes * MINUTE_MS }))

/** Said again in the plainest way: is `t` within the hours by the wall? */
function isWithinHours({ zone, hours }: Layer, t: Instant): boolean {
  const wall = t + offsetAt(zone, t)
  const minute = Math.floor((((wall % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS)
  const today = new Date(wall).getUTCDay()
  return hours.some(
    ({ days, from, until }) =>
      (days.includes(WEEKDAYS[today]!) && from <= minute && minute < until) ||
      (days.includes(WEEKDAYS[(today + 6) % 7]!) && minute < until - 1440 && from <= minute + 1440),
  )
}

describe('shifts', () => {
  it('are ascending, disjoint, as long as they can be, and with the gaps cover the range exactly', () => {
    fc.assert(
      fc.property(schedule, range, (given, { from, to }) => {
        const found = shifts(given, from, to)
        const parts = [...found, ...gapsIn(found, { from, to })].sort((a, b) => a.from - b.from)
        expect(parts[0]!.from).toBe(from)
        expect(parts.at(-1)!.to).toBe(to)
        parts.forEach((part, index) => {
          expect(part.from).toBeLessThan(part.to)
          if (index > 0) expect(part.from).toBe(parts[index - 1]!.to)
        })
        found.slice(1).forEach((shift, index) => {
          expect(shift.from === found[index]!.to && shift.person === found[index]!.person).toBe(false)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('are the same whatever range they are cut from', () => {
    fc.assert(
      fc.property(schedule, range, fc.nat(40 * 24), fc.nat(40 * 24), (given, { from, to }, before, after) => {
        const wider = shifts(given, from - before * HOUR_MS, to + after * HOUR_MS)
        const cut = wider
          .map((shift) => ({ ...shift, from: Math.max(from, shift.from), to: Math.min(to, shift.to) }))
          .filter((shift) => shift.from < shift.to)
          .map(({ from, to, person }) => ({ from, to, person }))
        expect(shifts(given, from, to).map(({ from, to, person }) => ({ from, to, person }))).toEqual(cut)
      }),
      { numRuns: 200 },
    )
  })
})

describe('whoIsOnCall', () => {
  it('agrees with the shifts at any instant, and with who comes next', () => {
    fc.assert(
      fc.property(schedule, range, fc.nat(), (given, { from, to }, offset) => {
        const t = from + (offset % (to - from))
        const shift = shifts(given, from, to).find((candidate) => candidate.from <= t && t < candidate.to)
        const onCall = whoIsOnCall(given, t)
        expect(onCall?.person).toBe(shift?.person)
        if (!onCall || !shift) return
        if (shift.from > from) expect(onCall.since).toBe(shift.from)
        if (shift.to < to) expect(onCall.until).toBe(shift.to)
        expect(onCall.since ?? from).toBeLessThanOrEqual(shift.from)
        expect(onCall.until ?? to).toBeGreaterThanOrEqual(shift.to)
        expect(shift.sources).toContainEqual(onCall.source)
        const next = nextOnCall(given, t)
        if (next?.since && onCall.until) expect(next.since).toBeGreaterThanOrEqual(onCall.until)
        if (next?.since === onCall.until) expect(next?.person).not.toBe(onCall.person)
      }),
      { numRuns: 200 },
    )
  })
})

describe('an override', () => {
  it('changes nothing outside its span, and everything inside', () => {
    fc.assert(
      fc.property(schedule, override, fc.array(instant, { minLength: 20, maxLength: 20 }), (given, added, instants) => {
        const changed = { ...given, overrides: [...given.overrides, added] }
        for (const t of [...instants, added.from - 1, added.from, added.to - 1, added.to]) {
          const [before, after] = [whoIsOnCall(given, t), whoIsOnCall(changed, t)]
          const isInside = added.from <= t && t < added.to
          expect(after?.person).toBe(isInside ? added.person : before?.person)
          if (!isInside) expect(after?.source).toEqual(before?.source)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('a rotation', () => {
  it('visits everybody in order, each for as long as it says', () => {
    const rotation = fc.oneof(
      fc.record({ unit: fc.constant('days' as const), length: fc.constantFrom(1, 7) }),
      fc.record({ unit: fc.constant('hours' as const), length: fc.integer({ min: 1, max: 50 }) }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        rotation,
        fc.shuffledSubarray(PEOPLE, { minLength: 2 }),
        fc.nat(1439),
        fc.integer({ min: 20, max: 400 }),
        (zone, rotation, participants, minute, turns) => {
          const startsAt = wallTime('2026-01-05 00:00') + minute * MINUTE_MS
          const lengthMs = rotation.length * (rotation.unit === 'days' ? DAY_MS : HOUR_MS)
          const given = aSchedule({ layers: [aLayer({ zone, rotation, participants, startsAt })] })
          const found = shifts(given, startsAt - 2 * DAY_MS, startsAt + turns * lengthMs + 2 * DAY_MS)
          found.slice(0, -1).forEach(({ from, to, person }, index) => {
            expect(person).toBe(participants[index % participants.length])
            const clockChange = offsetAt(zone, to) - offsetAt(zone, from)
            const length = rotation.unit === 'days' ? to - from + clockChange : to - from
            // A hand-over that the clock skips, or shows twice, is up to an hour away from its time.
            const slack = rotation.unit === 'days' && minute >= 60 && minute < 240 ? HOUR_MS : 0
            expect(Math.abs(length - lengthMs)).toBeLessThanOrEqual(slack)
          })
          expect(found.length).toBeGreaterThanOrEqual(turns)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('hours', () => {
  it('hold at every minute, by the wall of the layer', () => {
    fc.assert(
      fc.property(layer, fc.array(hours, { minLength: 1, maxLength: 3 }), range, (given, some, { from }) => {
        const limited = { ...given, hours: some, participants: ['ana'], startsAt: YEAR - 400 * DAY_MS }
        const to = from + 3 * DAY_MS
        const found = shifts(aSchedule({ layers: [limited] }), from, to)
        for (let t = from, index = 0; t < to; t += MINUTE_MS) {
          while (index < found.length && found[index]!.to <= t) index++
          const isCovered = index < found.length && found[index]!.from <= t
          if (isCovered !== isWithinHours(limited, t)) throw new Error(`${new Date(t).toISOString()} ${isCovered}`)
        }
      }),
      { numRuns: 60 },
    )
  })

  it.each(['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'])(
    'hold at every minute around %s, when clocks change',
    (day) => {
      const from = Date.parse(`${day}T00:00:00Z`) - DAY_MS
      fc.assert(
        fc.property(fc.constantFrom(...ZONES), fc.array(hours, { minLength: 1, maxLength: 3 }), (zone, some) => {
          const limited = aLayer({ zone, hours: some, participants: ['ana'] })
          const found = shifts(aSchedule({ layers: [limited] }), from, from + 2 * DAY_MS)
          for (let t = from; t < from + 2 * DAY_MS; t += MINUTE_MS) {
            const isCovered = found.some((shift) => shift.from <= t && t < shift.to)
            if (isCovered !== isWithinHours(limited, t)) throw new Error(`${new Date(t).toISOString()} ${isCovered}`)
          }
        }),
        { numRuns: 30 },
      )
    },
  )
})
