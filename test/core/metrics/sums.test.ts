import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTo, noSums, ranked, rankOf, type Sums } from '../../../core/metrics/sums.ts'
import { measureValue } from '../../../core/metrics/values.ts'

const run = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 30 })
const runs = fc.array(run, { minLength: 1, maxLength: 8 })

function sumsOf(amounts: readonly number[], more: Partial<Sums> = {}): Sums {
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  const sorted = Int32Array.from(amounts).sort()
  return { ...noSums(), hits: amounts.length, total, runs: amounts.length > 0 ? [sorted] : [], ...more }
}

describe('ranked', () => {
  it('finds what is at a rank of all runs together, however they are cut', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 100 }), (lists, percent) => {
        const all = lists.flat().toSorted((a, b) => a - b)
        fc.pre(all.length > 0)
        const rank = rankOf(all.length, percent)
        const sorted = lists.filter((list) => list.length > 0).map((list) => Int32Array.from(list).sort())
        expect(ranked(sorted, rank)).toBe(all[rank - 1])
      }),
    )
  })
})

describe('sums', () => {
  it('of parts say what the sum of the whole says', () => {
    fc.assert(
      fc.property(runs, (lists) => {
        const added = lists.map((list) => sumsOf(list, { open: 1 })).reduce(addTo, noSums())
        const whole = sumsOf(lists.flat(), { open: lists.length })
        for (const kind of ['duration', 'mean', 'count', 'share'] as const) {
          expect(measureValue(added, { kind })).toEqual(measureValue(whole, { kind }))
        }
      }),
    )
  })
})

describe('a value', () => {
  it('of durations is the median in hours, with mean, percentiles and what is open', () => {
    const hours = [1, 2, 3, 4, 10].map((hour) => hour * 3600)
    expect(measureValue(sumsOf(hours, { open: 2, excluded: [1, 0, 2, 0, 0] }), { kind: 'duration' })).toEqual({
      ...{ value: 3, mean: 4, p75: 4, p90: 10, n: 5, hits: null, interval: null, open: 2, reason: null },
      excluded: [
        { why: 'The ticket was merged into another', count: 1 },
        { why: 'Over without having been resolved', count: 2 },
      ],
    })
  })

  it('of a share is how many of how many, with its interval', () => {
    const value = measureValue({ ...noSums(), hits: 5, misses: 5, open: 3 }, { kind: 'share' })
    expect(value).toMatchObject({ value: 0.5, n: 10, hits: 5, open: 3 })
    expect(value.interval![0]).toBeCloseTo(0.2366, 4)
  })

  it('of nothing is none, and says why', () => {
    expect(measureValue(noSums(), { kind: 'share' })).toMatchObject({ value: null, reason: 'Nothing in this window' })
    expect(measureValue({ ...noSums(), open: 2 }, { kind: 'duration' }).reason).toBe('Nothing is decided yet')
    expect(measureValue(noSums(), { kind: 'count' })).toMatchObject({ value: 0, reason: null })
  })
})
