import { describe, expect, it } from 'vitest'
import { giniOf } from '../../../core/metrics/gini.ts'
import { noSums } from '../../../core/metrics/sums.ts'
import { trendOf } from '../../../core/metrics/trend.ts'
import { measureValue, noValue } from '../../../core/metrics/values.ts'

const share = (hits: number, n: number) => measureValue({ ...noSums(), hits, misses: n - hits }, { kind: 'share' })
const counted = (hits: number) => measureValue({ ...noSums(), hits }, { kind: 'count' })

describe('a trend', () => {
  it.each([
    ['unclear while chance may be all of it', 'share', share(6, 10), share(4, 10), 'unclear'],
    ['up where it is not', 'share', share(600, 1000), share(400, 1000), 'up'],
    ['down likewise', 'share', share(20, 100), share(50, 100), 'down'],
    ['unclear of counts that differ by little', 'count', counted(110), counted(100), 'unclear'],
    ['up of counts that differ by much', 'count', counted(150), counted(100), 'up'],
    ['unclear against nothing', 'share', share(1, 2), noValue('Nothing in this window'), 'unclear'],
  ] as const)('is %s', (_, kind, now, before, direction) => {
    expect(trendOf({ kind }, now, before)).toEqual({ before: before.value, direction })
  })
})

describe('giniOf', () => {
  it.each([
    [[1, 1, 1, 1], 0],
    [[0, 0, 0, 4], 0.75],
    // (|1−3| · 2) / (2 · 2² · 2) by hand.
    [[1, 3], 0.25],
  ])('of %j is %f', (shares, gini) => expect(giniOf(shares)).toBeCloseTo(gini))

  it('says nothing of one', () => expect(giniOf([3])).toBeNull())
})
