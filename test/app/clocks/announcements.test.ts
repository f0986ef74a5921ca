import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Heard, passings, THRESHOLDS } from '../../../app/clocks/announcements.ts'
import { type ClockReading, readClock } from '../../../app/clocks/clock-reading.ts'
import type { ClockView } from '../../../core/contract/api.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { aClock } from './a-clock.ts'

const NONE: Heard = new Map()

describe('passings', () => {
  it.each<[string, number[], number[]]>([
    ['nothing at the first sight, however little is left', [3], []],
    ['each threshold as it is passed', [60, 25, 24, 10, 5, 0, -3], [25, 10, 0]],
    ['the gravest alone when several were jumped over', [60, 8], [10]],
    ['the breach alone when all were', [60, -5], [0]],
    ['nothing again when an answer takes a second back', [25.2, 24.9, 25.1, 24.8], [25]],
    ['nothing while nothing is passed', [60, 50, 26], []],
  ])('tell %s', (_, percentages, told) => {
    expect(thresholdsOf(percentages.map((percent) => at(percent)))).toEqual(told)
  })

  it('tell again what a longer target had taken back', () => {
    const longer = { targetMs: 16 * HOUR_MS }
    expect(thresholdsOf([at(30), at(20), at(60, longer), at(24, longer)])).toEqual([25, 25])
  })

  it('tell the gravest when a shorter target uses up what was left', () => {
    expect(thresholdsOf([at(60), at(9, { targetMs: 2 * HOUR_MS })])).toEqual([10])
  })

  it.each(['met', 'cancelled', 'waiting'] as const)('tell nothing of a clock that is %s', (state) => {
    expect(thresholdsOf([at(30), at(20, { state })])).toEqual([])
  })

  it('tell each threshold once at most, each graver than the one before, in any weather', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -20, max: 100, noNaN: true }), { maxLength: 40 }), (percentages) => {
        const told = thresholdsOf(percentages.map((percent) => at(percent)))
        expect(told).toEqual(THRESHOLDS.filter((threshold) => told.includes(threshold)))
      }),
    )
  })
})

type Seen = { clock: ClockView; reading: ClockReading }

/** A clock with so much of its target left. */
function at(percentLeft: number, overrides: Partial<ClockView> = {}): Seen {
  const clock = aClock(overrides)
  const elapsedMs = clock.targetMs * (1 - percentLeft / 100)
  return { clock, reading: readClock({ ...clock, elapsedMs, counting: [] }, 0, 0) }
}

function thresholdsOf(sights: Seen[]): number[] {
  let before = NONE
  return sights.flatMap((seen) => {
    const { heard, passings: found } = passings(before, [seen], () => true)
    before = heard
    return found.map(({ threshold }) => threshold)
  })
}
