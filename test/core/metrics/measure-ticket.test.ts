import { describe, expect, it } from 'vitest'
import type { MeasureId } from '../../../core/contract/report.ts'
import type { Fact } from '../../../core/escalation/facts.ts'
import type { MeasureCase } from '../../../core/metrics/case.ts'
import { type Measured, measureTicket } from '../../../core/metrics/measure-ticket.ts'
import type { Recorded } from '../../../core/metrics/subject.ts'
import { calendarOf } from '../clock/clocks.ts'
import { aCommand } from '../escalation/facts.ts'
import { says } from '../escalation/said.ts'
import { ARRIVED, changed, created, fold, minute } from '../escalation/ticks.ts'

const ID = 'ESC-2026-000001'
const RECORDED: Recorded[] = [{ escalationId: ID, at: minute(0), kind: 'requested', score: 80 }]

function measured(facts: readonly Fact[], { now = 10_000, recorded = RECORDED } = {}): Measured {
  const { state } = fold(created(), aCommand(), ARRIVED, ...facts)
  return measureTicket(state, { calendarOf, customerTiers: [], recorded, now: minute(now) })
}

const short = ({ outcome, amount, note, at, tier }: MeasureCase) => ({
  ...{ outcome, amount, note, tier, at: (at - minute(0)) / 60_000 },
})
const of = ({ cases }: Measured, measure: MeasureId) => cases.filter((one) => one.measure === measure).map(short)

describe('an escalation', () => {
  it('that was just asked for is open in all that it is not decided in', () => {
    const now = measured([], { now: 10 })
    expect(of(now, 'escalations')).toEqual([{ outcome: 'open', amount: null, note: 'open', tier: 2, at: 0 }])
    expect(of(now, 'time_to_escalate')).toMatchObject([{ outcome: 'hit', amount: 600 * 60 }])
    expect(of(now, 'note_completeness')).toMatchObject([{ outcome: 'hit', amount: 80 }])
    for (const id of ['mttr', 'time_to_acknowledge', 'returns', 'ping_pong', 'context_loss', 'handoffs'] as const) {
      expect(of(now, id), id).toMatchObject([{ outcome: 'open' }])
    }
    expect(of(now, 'sla_attainment').map(({ note }) => note)).toEqual(['first-response running', 'resolution running'])
    // The customer's clock began with the ticket and is the first to be breached, unless a tier's is.
    expect(now.dueAt).toBe(minute(60))
  })

  it('goes through the steps of engineering, each measured from the one before', () => {
    const done = measured([
      says('accept', {}, { minutes: 30 }),
      says('progress', { root_cause: 'A leak' }, { minutes: 90 }),
      says('fix-available', {}, { minutes: 150 }),
      changed(170, { what: 'comment', signal: 'agent-replied' }),
      says('resolve', { could_be_lower: true, article: 'linked', article_url: 'https://a.example' }, { minutes: 240 }),
    ])
    const seconds = (id: MeasureId) => of(done, id).map(({ amount }) => amount! / 60)
    expect(seconds('time_to_acknowledge')).toEqual([30])
    expect(seconds('time_to_investigate')).toEqual([60])
    expect(seconds('time_to_fix')).toEqual([60])
    expect(seconds('time_to_tell_customer')).toEqual([20])
    expect(seconds('mttr')).toEqual([240])
    expect(of(done, 'l1_capable')).toMatchObject([{ outcome: 'hit', at: 240 }])
    expect(of(done, 'link_rate')).toMatchObject([{ outcome: 'hit' }])
    expect(of(done, 'sla_attainment')).toMatchObject([
      { note: 'first-response met', outcome: 'hit', at: 30 },
      { note: 'resolution met', outcome: 'hit', at: 240 },
    ])
    expect(done.dueAt).toBeNull()
  })

  it('answers for each tier by its own clocks, and for each return', () => {
    const moved = measured([
      says('return', { reason: 'incomplete', missing: ['Steps taken'] }, { minutes: 20 }),
      aCommand({ verb: 'amend', id: 'B'.repeat(26), auditId: 1050, at: minute(50) }),
      says('accept', {}, { minutes: 80 }),
      says('hand-on', {}, { minutes: 200 }),
    ])
    expect(of(moved, 'returns')).toMatchObject([
      { outcome: 'hit', at: 20, note: 'returned: incomplete', tier: 2 },
      { outcome: 'open', at: 200, tier: 3 },
    ])
    expect(of(moved, 'bounce_cost')).toMatchObject([{ outcome: 'hit', at: 50, amount: 30 * 60 }])
    expect(of(moved, 'sla_attainment').filter(({ tier }) => tier === 2)).toMatchObject([
      { note: 'first-response met' },
      { note: 'resolution cancelled', outcome: 'cancelled' },
    ])
    expect(of(moved, 'handoffs')).toMatchObject([{ outcome: 'open', amount: 4 }])
    expect(moved.stays.map(({ tier, standing, from, to }) => [tier, standing, from, to])).toEqual([
      [2, 'with-tier', minute(0), minute(20)],
      [2, 'returned', minute(20), minute(50)],
      [2, 'with-tier', minute(50), minute(80)],
      [2, 'with-tier', minute(80), minute(200)],
      [3, 'with-tier', minute(200), null],
    ])
  })

  it('whose ticket was merged is in no share and no duration, and is counted apart', () => {
    const merged = measured([says('accept', {}, { minutes: 30 }), changed(45, { what: 'merged' })])
    expect(of(merged, 'escalations')).toMatchObject([{ outcome: 'hit', note: 'over' }])
    for (const id of ['mttr', 'ping_pong', 'context_loss', 'handoffs'] as const) {
      expect(of(merged, id), id).toMatchObject([{ outcome: 'merged' }])
    }
    expect(of(merged, 'sla_attainment')).toMatchObject([{ outcome: 'hit' }, { outcome: 'merged' }])
    expect(merged.stays.at(-1)).toMatchObject({ to: minute(45) })
  })

  it('that was solved without a word is resolved until the ticket is reopened', () => {
    const solved = [says('accept', {}, { minutes: 30 }), changed(100, { what: 'status', to: 'solved' })]
    expect(of(measured(solved), 'mttr')).toMatchObject([{ outcome: 'hit', amount: 100 * 60 }])
    const again = [...solved, changed(200, { what: 'status', to: 'open' })]
    expect(of(measured(again), 'mttr')).toMatchObject([{ outcome: 'open', amount: null }])
    const twice = [...again, changed(300, { what: 'status', to: 'solved' })]
    expect(of(measured(twice), 'mttr')).toMatchObject([{ outcome: 'hit', amount: 300 * 60 }])
  })

  it('has a breach at its own instant, however late it is measured', () => {
    for (const now of [60, 5000]) {
      expect(of(measured([], { now }), 'sla_attainment')[0]).toMatchObject({ outcome: 'miss', at: 60 })
    }
  })

  it('counts what was marked as asked for, and knows who accepted by the record', () => {
    const told: Recorded[] = [...RECORDED, { escalationId: ID, at: minute(30), kind: 'accepted', by: 31, owner: null }]
    const asked = measured(
      [
        says('accept', {}, { minutes: 30 }),
        says('had-to-ask', {}, { minutes: 40 }),
        says('hand-on', {}, { minutes: 60 }),
      ],
      { recorded: told },
    )
    expect(of(asked, 'context_loss')).toMatchObject([{ outcome: 'hit' }])
    expect(asked.cases.find(({ measure }) => measure === 'time_to_acknowledge')?.agent).toBe(31)
    expect(asked.stays.map(({ owner }) => owner)).toEqual([null, 31, null])
  })
})
