import { describe, expect, it } from 'vitest'
import { monthSpan, type ReasonCase, reviewReasons } from '../../../core/review/reasons.ts'
import { shareOf } from '../../../core/review/share.ts'
import { reasonsMarkdown } from '../../../core/review/write-reasons.ts'

function aCase(overrides: Partial<ReasonCase> = {}): ReasonCase {
  return {
    ...{
      escalationId: 'ESC-2026-000001',
      ticketId: 1,
      askedAbout: [],
      tier: 2,
      category: 'bug',
      topic: 'sso',
      by: 'Ana Lindqvist',
      via: 'note',
      isRaised: false,
    },
    ...{ reasons: ['Component sso belongs to Identity'], returned: [], couldBeLower: null },
    ...overrides,
  }
}

const times = (count: number, overrides: Partial<ReasonCase> = {}) =>
  Array.from({ length: count }, () => aCase(overrides))

describe('the review of reasons', () => {
  it('counts by tier and category, and puts what is rare together', () => {
    const review = reviewReasons(
      [...times(6), ...times(5, { category: 'billing' }), ...times(2, { category: 'how_to' })],
      '2026-03',
      5,
    )
    expect(review.byTier).toEqual([
      {
        ...{ tier: 2, count: 13 },
        categories: [
          { name: 'bug', count: 6 },
          { name: 'billing', count: 5 },
          { name: null, count: 2 },
        ],
      },
    ])
  })

  it('judges nothing that nobody has said anything about', () => {
    const review = reviewReasons(times(20), '2026-03', 5)
    expect(review.coaching.flatMap(({ topics }) => topics)).toEqual([])
    expect(reasonsMarkdown(review)).toContain('Could have been solved lower: none to judge by')
  })

  it('has nothing but words for a month without escalations', () => {
    expect(reasonsMarkdown(reviewReasons([], '2026-03', 5))).toContain('0 escalations')
  })

  it.each([
    [0, 10, 0, 0.278],
    [5, 10, 0.237, 0.763],
    [10, 10, 0.722, 1],
  ])('states Wilson’s interval: %i of %i', (count, of, low, high) => {
    const share = shareOf(count, of)
    expect(share.low).toBeCloseTo(low, 3)
    expect(share.high).toBeCloseTo(high, 3)
  })

  it('reads months and nothing else', () => {
    expect(monthSpan('2026-12')).toEqual({ from: Date.UTC(2026, 11, 1), to: Date.UTC(2027, 0, 1) })
    for (const text of ['2026-13', '2026-00', '2026', 'March', '2026-3', '']) expect(monthSpan(text)).toBeNull()
  })
})
