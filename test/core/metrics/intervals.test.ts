import { describe, expect, it } from 'vitest'
import { bootstrapRanks, wilson } from '../../../core/metrics/intervals.ts'
import { createRandom } from '../../support/random.ts'

describe('wilson', () => {
  it.each([
    // (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n) with z = 1.96, worked out by hand.
    ['half of ten', 5, 10, 0.2366, 0.7634],
    ['none of ten', 0, 10, 0, 0.2775],
    ['all of three', 3, 3, 0.4385, 1],
    ['81 of 263', 81, 263, 0.2553, 0.3662],
  ])('has the true share of %s between its ends 19 times out of 20', (_, hits, n, low, high) => {
    expect(wilson(hits, n)![0]).toBeCloseTo(low, 4)
    expect(wilson(hits, n)![1]).toBeCloseTo(high, 4)
  })

  it('knows nothing of nothing', () => expect(wilson(0, 0)).toBeNull())
})

describe('bootstrapRanks', () => {
  it('adds up binomial tails: of seven, the median lies between the second and the sixth', () => {
    // P(Bin(7, j/7) ≥ 4): j = 1: 0.0102, j = 2: 0.0991; j = 5: 0.8989 → so 2; j = 6: 0.9898 → so 6.
    expect(bootstrapRanks(7, 4)).toEqual([2, 6])
  })

  it.each([11, 40, 997])('begins and ends where draws of %i amounts do', (n) => {
    const rank = Math.ceil(n / 2)
    const random = createRandom(n)
    const drawn = Array.from({ length: 2000 }, () => {
      const sample = Array.from({ length: n }, () => random.between(1, n)).sort((a, b) => a - b)
      return sample[rank - 1]!
    }).sort((a, b) => a - b)
    const [low, high] = bootstrapRanks(n, rank)!
    const off = Math.max(1, Math.sqrt(n) / 5)
    expect(Math.abs(low - drawn[49]!)).toBeLessThanOrEqual(off)
    expect(Math.abs(high - drawn[1949]!)).toBeLessThanOrEqual(off)
  })

  it('goes on smoothly where tails are not added up any more', () => {
    const [low, high] = bootstrapRanks(1000, 500)!
    const [lowAbove, highAbove] = bootstrapRanks(1002, 501)!
    expect(Math.abs(lowAbove - low - 1)).toBeLessThanOrEqual(1)
    expect(Math.abs(highAbove - high - 1)).toBeLessThanOrEqual(1)
  })

  it('says nothing of a handful', () => expect(bootstrapRanks(5, 3)).toBeNull())
})
