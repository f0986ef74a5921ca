import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EscalationEvent } from '../../../core/escalation/events.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { checkReport, figureOf } from '../../../core/verify/check-report.ts'
import { type Episode, lacksHistory, RECOUNTED, type RecountedMeasure, recount } from '../../../core/verify/recount.ts'

const NINE = Date.parse('2026-03-09T09:00:00Z')
type Told = [hours: number, kind: string, body?: object]

function anEpisode(told: Told[], overrides: Partial<Episode> = {}): Episode {
  const events = told.map(([hours, kind, body]) => {
    const common = { at: NINE + hours * HOUR_MS, escalationId: 'E1', by: null, auditId: null }
    return { ...common, kind, ...body } as unknown as EscalationEvent
  })
  return {
    escalationId: 'E1',
    ticketId: 7,
    events,
    past: { createdAt: NINE - HOUR_MS, statuses: [] },
    isFirstOfTicket: true,
    ...overrides,
  }
}

const requested: Told = [0, 'requested', { tier: 2, queue: 'identity', score: 82.4 }]
const raised: Told = [3, 'raised', { tier: 3, queue: 'platform' }]
const resolved: Told = [5, 'resolved', { article: 'linked', couldBeLower: true }]
const values = (measure: RecountedMeasure, episode: Episode) =>
  recount(measure, episode).map(({ at, tier, value }) => [(at - NINE) / HOUR_MS, tier, value])

describe('recount', () => {
  it.each<[RecountedMeasure, string, Told[], unknown[]]>([
    ['mttr', 'until it was resolved last', [requested, raised, resolved, [7, 'resolved', {}]], [[0, 2, 7]]],
    ['mttr', 'open', [requested], [[0, 2, null]]],
    ['mttr', 'nothing when it ended otherwise', [requested, [4, 'withdrawn']], []],
    ['mttr', 'nothing when it was merged', [requested, resolved, [6, 'ticket-ended', { status: 'merged' }]], []],
    [
      'time_to_acknowledge',
      'one for each tier',
      [requested, [1, 'accepted'], raised, [3.5, 'accepted'], resolved],
      [
        [0, 2, 1],
        [3, 3, 0.5],
      ],
    ],
    ['time_to_acknowledge', 'none for a tier that handed it on', [requested, raised], [[3, 3, null]]],
    ['time_to_escalate', 'since the ticket was made', [requested], [[0, 2, 1]]],
    ['returns', 'sent back in vain', [requested, [1, 'returned', { reason: 'incomplete' }]], [[1, 2, 1]]],
    ['returns', 'sent back for other reasons', [requested, [1, 'returned', { reason: 'needs_customer' }]], [[1, 2, 0]]],
    [
      'handoffs',
      'back and forth',
      [requested, [1, 'returned', { reason: 'incomplete' }], [2, 'came-back'], raised, resolved],
      [[0, 2, 4]],
    ],
    ['note_completeness', 'rounded', [requested], [[0, 2, 82]]],
    [
      'link_rate',
      'by the last resolution',
      [requested, raised, resolved, [8, 'resolved', { article: 'not_needed' }]],
      [[8, 3, 0]],
    ],
    ['l1_capable', 'as the receiver said', [requested, resolved], [[5, 2, 1]]],
    [
      'sla_attainment',
      'a breach that stood',
      [requested, breach(1), [2, 'clock-corrected', { clockId: 'c', told: 'c/breach' }], breach(4)],
      [[4, 2, 0]],
    ],
    ['customer_clock_attainment', 'of the customer alone', [requested, breach(1)], []],
  ])('of %s: %s', (measure, _, told, expected) => {
    expect(values(measure, anEpisode(told))).toEqual(expected)
  })

  it('takes the solving of the ticket for a resolution that nobody named, if its history is known', () => {
    const statuses = [
      { at: NINE + HOUR_MS, status: 'solved' },
      { at: NINE + 2 * HOUR_MS, status: 'open' },
      { at: NINE + 6 * HOUR_MS, status: 'solved' },
    ]
    expect(values('mttr', anEpisode([requested], { past: { createdAt: null, statuses } }))).toEqual([[0, 2, 6]])
    expect(lacksHistory('mttr', anEpisode([requested], { past: null }))).toBe(true)
    expect(lacksHistory('mttr', anEpisode([requested, resolved], { past: null }))).toBe(false)
  })
})

function breach(hours: number): Told {
  return [hours, 'clock-breached', { clockId: 'c', clock: 'resolution', tier: 2 }]
}

describe('checkReport', () => {
  const one = (at: number, value: number | null) => ({ escalationId: 'E1', ticketId: 7, tier: 2, at, value })

  it('finds what only one side has, and what differs', () => {
    const { same, differences } = checkReport(
      [one(NINE, 2), one(NINE + HOUR_MS, 3)],
      [one(NINE, 2), one(NINE + 2 * HOUR_MS, null)],
      () => null,
    )
    expect(same).toBe(1)
    expect(differences.map(({ reported, recounted }) => [reported, recounted])).toEqual([
      [3, 'none'],
      ['none', null],
    ])
  })

  it('finds nothing between a list and itself in any order', () => {
    const any = fc.array(fc.tuple(fc.nat(5), fc.option(fc.nat(9), { nil: null })), { maxLength: 30 })
    fc.assert(
      fc.property(any, (drawn) => {
        const cases = drawn.map(([step, value]) => one(NINE + step * 1000, value))
        expect(checkReport(cases, cases.toReversed(), () => null)).toEqual({ same: cases.length, differences: [] })
      }),
      { numRuns: 50 },
    )
  })

  it('has the figure that each kind of measure has', () => {
    const cases = [one(1, 1), one(2, 0), one(3, 4), one(4, null)]
    expect(figureOf(cases, 'duration')).toMatchObject({ n: 3, value: 1, open: 1 })
    expect(figureOf(cases.slice(0, 2), 'share')).toMatchObject({ n: 2, hits: 1, value: 0.5 })
    expect(figureOf([], 'mean')).toMatchObject({ n: 0, value: null })
    expect(RECOUNTED.length).toBe(new Set(RECOUNTED).size)
  })
})
