import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Escalation } from '../../../core/escalation/state.ts'
import { emptyNote } from '../../../core/note/note.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { describePressure } from '../../../server/cli/pressure-report.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { gatherPressure } from '../../../server/pressure/gather-pressure.ts'
import { aPlan, NINE } from '../../core/escalation/facts.ts'
import { type ARecord, startRecord } from '../review/a-record.ts'

const note = emptyNote()
const ofAcme = {
  ...note,
  customer_context: { ...note.customer_context, account: 'Acme', arr: '$120k', tier: 'enterprise' },
}
const by = 'Ana Lindqvist'
const accepted = (minutes: number): Escalation['signals'] => [
  { at: NINE + minutes * MINUTE_MS, order: 9, by, signal: 'accepted' },
]

let record: ARecord
beforeAll(async () => {
  record = await startRecord('  reviews: { least: 2 }\n')
  await record.clock.advance(6 * HOUR_MS)
  await record.keep(1, { note: ofAcme, signals: accepted(180) }, [
    { at: NINE + 90 * MINUTE_MS, kind: 'clock-breached', clock: 'first-response', clockId: 'x', tier: 2, lateMs: 0 },
  ])
  const moment = { at: NINE + MINUTE_MS, order: 1, by }
  const plans = [
    { ...moment, plan: aPlan({ severity: 'P2', at: NINE }) },
    { ...moment, at: NINE + 5 * MINUTE_MS, plan: aPlan({ severity: 'P1', at: NINE }) },
  ]
  await record.keep(2, {
    ...{ note: ofAcme, requestedAt: NINE + MINUTE_MS, signals: accepted(20) },
    handOvers: [
      { ...moment, tier: 2, queue: 'q', raisedFor: null, plans },
      { ...moment, at: NINE + 6 * MINUTE_MS, tier: 4, queue: 'desk', raisedFor: null, plans: [plans[1]!] },
    ],
    approval: {
      ...{ rule: 'exec', title: 'Executive', of: 'Director', state: 'approved' },
      at: NINE,
      by: null,
      comment: '',
    },
  })
  await inAccount(record.deps.db, record.accountId, (tx) =>
    tx
      .insertInto('notice')
      .values({
        ...{
          account_id: record.accountId,
          id: 'n1',
          ticket_id: 1,
          escalation_id: 'ESC-2026-000001',
          lane: 'l',
          kind: 'handoff',
        },
        ...{
          channel: 'email',
          recipient: 'Eva',
          urgency: 'normal',
          state: 'sent',
          why: null,
          batch: null,
          external_id: null,
        },
        ...{ notice: JSON.stringify({ recipients: [{ role: 'director', contact: {} }] }), not_before: null },
        ...{ created_at: NINE, tried_at: null, settled_at: null },
      })
      .execute(),
  )
})
afterAll(() => record[Symbol.asyncDispose]())

describe('baton pressure', () => {
  it('gives each escalation the points that the record has reasons for', async () => {
    const report = await gatherPressure(record.accountId, record.deps, { from: NINE - HOUR_MS, to: NINE + HOUR_MS })
    expect(report.cases.map(({ ticketId, score, points }) => [ticketId, score, points.map(({ id }) => id)])).toEqual([
      [2, 65, ['executive-tier', 'approval', 'raised-by-hand']],
      [1, 15, ['leaders-told']],
    ])
    expect(report.all).toMatchObject({ n: 2, value: 40, executive: { count: 2, of: 2 } })
    expect(report.zone).toBe('UTC')
    expect(report.byRevenue).toEqual({ n: 2, value: 40 })
    expect(report.customers).toMatchObject([{ name: 'Acme', n: 2 }])
    expect(report.segments).toMatchObject([{ name: 'enterprise', n: 2 }])
    const text = describePressure(report)
    expect(text).toContain('40.0 of 100, mean of 2 escalations; 40.0 weighted by revenue, known of 2')
    expect(text).toMatch(/ESC-2026-000002 +#2 +65 +executive-tier 30 \+ approval 20 \+ raised-by-hand 15/)
  })

  it('has words for a time without escalations', async () => {
    const report = await gatherPressure(record.accountId, record.deps, { from: NINE + HOUR_MS, to: NINE + 2 * HOUR_MS })
    expect(describePressure(report)).toMatch(/^No escalation was asked for from /)
  })
})
