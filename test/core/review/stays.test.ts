import { describe, expect, it } from 'vitest'
import type { EscalationEvent } from '../../../core/escalation/events.ts'
import { percentile, staysOf, usualOf } from '../../../core/review/stays.ts'

const event = (at: number, body: object, escalationId = 'A') =>
  ({ at, escalationId, by: null, auditId: null, ...body }) as EscalationEvent

const requested = { kind: 'requested', commandId: 'x', tier: 2, queue: 'q', reasons: [], score: 1 }

describe('stays in stages', () => {
  it('follow from the record', () => {
    const stays = staysOf([
      event(0, requested),
      event(10, { kind: 'accepted' }),
      event(12, { kind: 'progressed', status: null, actions: [], nextSteps: '', cause: '', estimate: null }),
      event(30, { kind: 'progressed', status: 'investigating', actions: [], nextSteps: '', cause: '', estimate: null }),
      event(40, { kind: 'raised', because: '', fromTier: 2, tier: 3, queue: 'p', reasons: [], lateMs: 0 }),
      event(50, { kind: 'resolved', monitoringUntil: 90 }),
      event(95, { kind: 'deescalated', via: 'command', rationale: '', missing: [], toGroup: null }),
    ])
    expect(stays.map(({ stage, tier, from, to }) => [stage, tier, from, to])).toEqual([
      ['requested', 2, 0, 10],
      ['accepted', 2, 10, 30],
      ['investigating', 2, 30, 40],
      ['requested', 3, 40, 50],
      ['monitoring', 3, 50, 95],
    ])
  })

  it('are told apart by escalation, and one that lasts has no end', () => {
    const stays = staysOf([event(0, requested), event(5, requested, 'B'), event(9, { kind: 'accepted' }, 'B')])
    expect(stays.filter(({ escalationId }) => escalationId === 'A')).toMatchObject([{ from: 0, to: null }])
  })

  it('never last less than nothing, however late something was told', () => {
    const [stay] = staysOf([event(100, requested), event(50, { kind: 'accepted' })])
    expect(stay).toMatchObject({ from: 100, to: 100 })
  })

  it('say what is usual only when there are enough of them', () => {
    const stays = staysOf([event(0, requested), event(10, { kind: 'accepted' })])
    expect(usualOf(stays, 2)('requested', 2)).toBeNull()
    expect(usualOf(stays, 1)('requested', 2)).toEqual({ p90Ms: 10, count: 1 })
    expect(usualOf(stays, 1)('accepted', 2), 'has not ended').toBeNull()
  })

  it('have a percentile that occurred', () => {
    expect(percentile([5, 1, 3], 90)).toBe(5)
    expect(percentile([5, 1, 3], 50)).toBe(3)
    expect(percentile([7], 1)).toBe(7)
  })
})
