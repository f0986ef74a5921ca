import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foldZendeskClocks } from '../../../core/clock/zendesk-sla.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { readMetricEvent } from '../../../server/zendesk/metric-events.ts'
import { aTarget } from '../../zendesk/slas/a-policy.ts'
import { addSlaPolicy } from './add-sla-policy.ts'
import { type SmallAccount, startSmallAccount } from './small-account.ts'

const EXPORT = /^\/api\/v2\/incremental\/ticket_metric_events$/

let account: SmallAccount
beforeEach(async () => {
  account = await startSmallAccount()
})
afterEach(() => account[Symbol.asyncDispose]())

describe("Zendesk's clocks of one ticket", () => {
  it('come in one call: what happened to them, and what agents are shown', async () => {
    await addSlaPolicy(account, { policy_metrics: [aTarget({ metric: 'requester_wait_time', target: 120 })] })
    const ticketId = account.aTicket({ priority: 'high' })
    const createdAt = account.clock.now()
    await account.clock.advance(30 * MINUTE_MS)
    account.change(account.people.agent, ticketId, { status: 'pending', assignee_id: account.people.agent.id })
    await account.clock.advance(HOUR_MS)
    account.change(account.people.agent, ticketId, { status: 'open' })
    await account.clock.advance(10 * MINUTE_MS)

    const { events, shown } = await account.client.getTicketSlas(ticketId)
    expect(account.countCalls('GET', /^\/api/)).toBe(1)
    const waits = foldZendeskClocks(events, account.clock.now()).find(({ metric }) => metric === 'requester_wait_time')
    expect(waits).toMatchObject({
      ...{ instance: 1, phase: 'running', activatedAt: createdAt, elapsedMs: 40 * MINUTE_MS, breachedAt: null },
      ...{ breachesAt: createdAt + 3 * HOUR_MS, target: { targetMs: 2 * HOUR_MS, counts: 'calendar' } },
    })
    expect(shown).toEqual([
      { metric: 'requester_wait_time', stage: 'active', breachAt: createdAt + 3 * HOUR_MS, leftMs: HOUR_MS },
    ])
  })

  it('are only measured on a ticket that no policy fits, and missing for one that is not there', async () => {
    const { events, shown } = await account.client.getTicketSlas(account.aTicket())
    expect(shown).toEqual([])
    expect(foldZendeskClocks(events, account.clock.now()).every(({ target }) => target === null)).toBe(true)
    await expect(account.client.getTicketSlas(4711)).rejects.toMatchObject({ failure: 'not-found' })
  })
})

describe('the export of metric events', () => {
  it('tells by time what happened since, and by cursor the same in smaller pages', async () => {
    const start = account.clock.now()
    for (let count = 0; count < 60; count++) account.aTicket()
    await account.clock.advance(5 * MINUTE_MS)
    const byTime = await account.client.exportMetricEvents({ startTime: start })
    expect(byTime).toMatchObject({ cursor: null, endTime: start, isAtEnd: true })

    const byCursor = []
    let cursor: string | null = null
    do {
      const page = await account.client.exportMetricEvents({ startTime: start, cursor })
      expect(page.events.length).toBeLessThanOrEqual(100)
      expect(page.isAtEnd).toBe(page.cursor === null)
      byCursor.push(...page.events)
      cursor = page.cursor
    } while (cursor !== null)
    expect(byCursor).toEqual(byTime.events)
    expect(new Set(byCursor.map(({ ticketId }) => ticketId)).size).toBe(60)
  })

  it('tells a foreseen breach again when it was taken back', async () => {
    await addSlaPolicy(account, { policy_metrics: [aTarget({ metric: 'requester_wait_time', target: 120 })] })
    const ticketId = account.aTicket({ priority: 'high' })
    await account.clock.advance(10 * MINUTE_MS)
    account.change(account.people.agent, ticketId, { status: 'solved', assignee_id: account.people.agent.id })
    const solvedAt = account.clock.now()
    await account.clock.advance(5 * MINUTE_MS)
    const { events } = await account.client.exportMetricEvents({ startTime: solvedAt })
    expect(events.filter(({ kind }) => kind === 'breach')).toMatchObject([{ ticketId, isDeleted: true }])
  })

  it('is for admins, costs of the ten calls a minute that all exports share, and refuses the last minute', async () => {
    const startTime = account.clock.now()
    await expect(account.client.exportMetricEvents({ startTime })).rejects.toMatchObject({ failure: 'rejected' })
    await account.clock.advance(5 * MINUTE_MS)
    for (let call = 0; call < 5; call++) {
      await account.client.exportMetricEvents({ startTime })
      await account.client.exportTickets({ startTime })
    }
    await expect(account.client.exportMetricEvents({ startTime })).rejects.toMatchObject({
      ...{ failure: 'rate-limited', retryAt: expect.any(Number) },
    })
    await account.clock.advance(5 * MINUTE_MS)
    Object.assign(account.people.integration, { role: 'agent', role_type: 0 })
    await expect(account.client.exportMetricEvents({ startTime })).rejects.toMatchObject({ failure: 'denied' })
  })

  it('passes over events of kinds and metrics it does not know, and of shapes that make no sense', async () => {
    const known = {
      id: 1,
      ticket_id: 7,
      metric: 'reply_time',
      instance_id: 1,
      type: 'activate',
      time: '2026-03-06T09:00:00Z',
    }
    const rows = [
      known,
      { ...known, id: 2, type: 'apply_karma' },
      { ...known, id: 3, metric: 'mood_time' },
      { ...known, id: 4, time: 'soon' },
      { ...known, id: 5, type: 'apply_sla' },
      { ...known, id: 6, type: 'apply_sla', sla: { target: null, target_in_seconds: null } },
      null,
      'breach',
      { ...known, id: 'x' },
    ]
    const body = JSON.stringify({ ticket_metric_events: rows, count: rows.length, end_time: 1_772_787_600 })
    account.answerNext('GET', EXPORT, { status: 200, body })
    const page = await account.client.exportMetricEvents({ startTime: 0 })
    expect(page.events.map(({ id }) => id)).toEqual([1])
    expect(page).toMatchObject({ isAtEnd: true, endTime: 1_772_787_600 * SECOND_MS })
  })
})

describe('a metric event', () => {
  const bare = { id: 1, ticket_id: 7, metric: 'agent_work_time', instance_id: 1, time: '2026-03-06T09:00:00Z' }

  it.each([
    ['minutes', 'apply_sla', { sla: { target: 90 } }, 90 * MINUTE_MS],
    ['seconds where they are told', 'apply_sla', { sla: { target: 1, target_in_seconds: 90 } }, 90 * SECOND_MS],
    ['seconds for a group', 'apply_group_sla', { group_sla: { target: 1800 } }, 30 * MINUTE_MS],
  ])('gives its target in %s', (_, type, sla, targetMs) => {
    expect(readMetricEvent({ ...bare, type, ...sla })).toMatchObject({
      ...{ kind: 'apply-sla', target: { targetMs, counts: 'calendar', policy: null } },
    })
  })

  it('keeps the policy as it was, whose id may be a number or a word', () => {
    const policy = { id: '01H078CBDY28BZG7P6BONY09DN', title: 'Group' }
    const sla = { target: 60, business_hours: true, policy }
    expect(readMetricEvent({ ...bare, type: 'apply_sla', sla })).toMatchObject({
      target: { counts: 'business', policy },
    })
    expect(readMetricEvent({ ...bare, type: 'apply_sla', sla: { ...sla, policy: { id: 25 } } })).toMatchObject({
      target: { policy: { id: '25', title: '25' } },
    })
  })
})
