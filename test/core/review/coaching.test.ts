import { describe, expect, it } from 'vitest'
import { type CoachingSign, coachingPatterns } from '../../../core/review/coaching.ts'
import { type ReasonCase, reviewReasons } from '../../../core/review/reasons.ts'
import { reasonsMarkdown } from '../../../core/review/write-reasons.ts'

let made = 0
function times(count: number, overrides: Partial<ReasonCase> = {}): ReasonCase[] {
  return Array.from({ length: count }, () => {
    made++
    return {
      ...{ escalationId: `ESC-2026-${String(made).padStart(6, '0')}`, ticketId: made, tier: 2, category: 'bug' },
      ...{ topic: 'sso', by: 'Ana Lindqvist', via: 'note' as const, isRaised: false, reasons: [] },
      ...{ returned: [], askedAbout: [], couldBeLower: null, ...overrides },
    }
  })
}

const pattern = (sign: CoachingSign, cases: ReasonCase[], before: ReasonCase[] = []) =>
  coachingPatterns(cases, before, 5).find((one) => one.sign === sign)!

describe('coaching', () => {
  const lower = [
    ...times(8, { couldBeLower: true }),
    ...times(2, { couldBeLower: false, by: 'Max Liu' }),
    ...times(4, { topic: 'billing', couldBeLower: true, by: 'Max Liu' }),
  ]

  it('names topics before people, and neither with few cases', () => {
    const { share, topics } = pattern('could-be-lower', lower)
    expect(share).toMatchObject({ count: 12, of: 14 })
    expect(
      topics.map(({ topic }) => topic),
      'four on billing are too few',
    ).toEqual(['sso'])
    expect(topics[0]!.share).toMatchObject({ count: 8, of: 10 })
    expect(
      topics[0]!.people.map(({ name }) => name),
      'two of Max are too few',
    ).toEqual(['Ana Lindqvist'])
    expect(reasonsMarkdown(reviewReasons(lower, '2026-03', 5))).not.toContain('Max Liu')
  })

  it('lists the escalations that show it', () => {
    const { topics } = pattern('could-be-lower', lower)
    expect(topics[0]!.evidence).toHaveLength(8)
    expect(reasonsMarkdown(reviewReasons(lower, '2026-03', 5))).toContain(topics[0]!.evidence[0]!.escalationId)
  })

  it('takes “below your tier” for a mark that it could have been lower', () => {
    const cases = times(5, { returned: ['below_tier'] })
    expect(pattern('could-be-lower', cases).topics[0]).toMatchObject({ topic: 'sso', share: { count: 5, of: 5 } })
    expect(pattern('returned', cases).details).toEqual([{ name: 'below_tier', count: 5 }])
  })

  it('says which sections had to be asked about, by topic, of those that came with a note', () => {
    const cases = [
      ...times(6, { askedAbout: ['environment', 'environment', 'reproduction'] }),
      ...times(4),
      ...times(9, { via: 'move', topic: 'sso' }),
    ]
    const { topics, share } = pattern('had-to-ask', cases)
    expect(share).toMatchObject({ count: 6, of: 10 })
    expect(topics).toMatchObject([
      {
        topic: 'sso',
        details: [
          { name: 'environment', count: 6 },
          { name: 'reproduction', count: 6 },
        ],
      },
    ])
  })

  it('shows a trend only where the intervals of both months leave no doubt', () => {
    const returned = (count: number, rest: number) => [...times(count, { returned: ['incomplete'] }), ...times(rest)]
    expect(pattern('returned', returned(20, 5), returned(3, 40)).topics[0]).toMatchObject({
      ...{ trend: 'up', before: { count: 3, of: 43 } },
    })
    expect(pattern('returned', returned(3, 5), returned(2, 8)).topics[0]!.trend).toBe('unclear')
    expect(pattern('returned', returned(3, 5), returned(1, 1)).topics[0]).toMatchObject({
      trend: 'unclear',
      before: null,
    })
  })
})
