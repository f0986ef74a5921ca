import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foldZendeskClocks } from '../../../core/clock/zendesk-sla.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { createAccounts } from '../../../server/accounts.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { readExportCursor } from '../../../server/sync/export-cursor.ts'
import { keepMetricEvents, readMetricEvents } from '../../../server/sync/metric-event-rows.ts'
import { metricEvents } from '../../../server/sync/metric-events.ts'
import { exportStanding } from '../../../server/sync/standing.ts'
import type { MetricEventsFrom } from '../../../server/zendesk/metric-events.ts'
import { aTarget } from '../../zendesk/slas/a-policy.ts'
import { type ServedAccount, serveAccount } from '../engine/served-account.ts'
import { addSlaPolicy } from '../zendesk/add-sla-policy.ts'

const EXPORT = /^\/api\/v2\/incremental\/ticket_metric_events$/

let account: ServedAccount
/** Where each page began. */
let asked: MetricEventsFrom[]
beforeEach(async () => {
  account = await serveAccount()
  asked = []
  account.withClient((client) => ({
    exportMetricEvents: (from) => {
      asked.push(from)
      return client.exportMetricEvents(from)
    },
  }))
})
afterEach(() => account[Symbol.asyncDispose]())

const inOurs = <T>(run: Parameters<typeof inAccount<T>>[2]) => inAccount(account.database.db, account.accountId, run)
const cursor = () => inOurs((tx) => readExportCursor(tx, 'ticket-metric-events'))
const kept = (ticketId: number) => inOurs((tx) => readMetricEvents(tx, ticketId))
const standing = async () =>
  (await exportStanding(account.database.db, account.accountId, 'ticket-metric-events', account.clock)).state

async function start(): Promise<void> {
  await account.jobs.enqueue(account.database.db, 'metric-events', { accountId: account.accountId })
  await account.settle()
}

async function advance(ms: number): Promise<void> {
  await account.clock.advance(ms)
  await account.settle()
}

/** A ticket Baton knows, as it knows every ticket that was escalated. */
async function aKnownTicket(): Promise<number> {
  const ticketId = account.aTicket({ priority: 'high' })
  const row = { account_id: account.accountId, ticket_id: ticketId, state: '{}', last_audit_id: 0, updated_at: 0 }
  await inOurs((tx) => tx.insertInto('ticket').values(row).execute())
  return ticketId
}

describe('reading metric events', () => {
  it('keeps those of tickets Baton knows, and passes over the others', async () => {
    const known = await aKnownTicket()
    const stranger = account.aTicket()
    await account.clock.advance(3 * MINUTE_MS)
    await start()
    const { events } = await account.client.getTicketSlas(known)
    expect((await kept(known)).map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort())
    expect(await kept(stranger)).toEqual([])
    expect(await standing()).toBe('current')
  })

  it('sees a clock breach and another one saved, as Zendesk itself tells them', async () => {
    await addSlaPolicy(account, { policy_metrics: [aTarget({ metric: 'requester_wait_time', target: 60 })] })
    const [late, saved] = [await aKnownTicket(), await aKnownTicket()]
    await account.clock.advance(3 * MINUTE_MS)
    await start()
    await advance(30 * MINUTE_MS)
    account.change(account.people.agent, saved, { status: 'solved', assignee_id: account.people.agent.id })
    for (let look = 0; look < 10; look++) await advance(10 * MINUTE_MS)

    for (const ticketId of [late, saved]) {
      const { events } = await account.client.getTicketSlas(ticketId)
      const now = account.clock.now()
      expect(foldZendeskClocks(await kept(ticketId), now)).toEqual(foldZendeskClocks(events, now))
    }
    const breached = async (ticketId: number) =>
      foldZendeskClocks(await kept(ticketId), account.clock.now()).filter(({ breachedAt }) => breachedAt !== null)
    expect(await breached(late)).toMatchObject([{ metric: 'requester_wait_time' }])
    expect(await breached(saved)).toEqual([])
  })

  it('begins before the account was made, goes on where it ended, and never again from the present', async () => {
    const madeAt = account.clock.now()
    await start()
    expect(asked).toEqual([{ startTime: madeAt - 2 * MINUTE_MS }])
    const ticketId = await aKnownTicket()
    await advance(7 * DAY_MS)
    expect(asked[1]!.startTime).toBeLessThan(madeAt)
    expect((await kept(ticketId)).length).toBeGreaterThan(0)
  })

  it('asks every five minutes, however many servers start', async () => {
    for (let server = 0; server < 3; server++) await start()
    expect((await account.jobs.counts())['metric-events']).toEqual({ waiting: 1, active: 0, dead: 0 })
    expect(await account.jobs.nextDueAt()).toBe(account.clock.now() + 5 * MINUTE_MS)
  })

  it('reads on every twenty seconds while there is more', async () => {
    for (let second = 0; second < 6; second++) {
      for (let count = 0; count < 40; count++) account.aTicket()
      await account.clock.advance(SECOND_MS)
    }
    const ticketId = await aKnownTicket()
    await account.clock.advance(3 * MINUTE_MS)
    await start()
    expect(await account.jobs.nextDueAt()).toBe(account.clock.now() + 20 * SECOND_MS)
    expect(await standing()).toBe('never')
    for (let page = 0; page < 9; page++) await advance(20 * SECOND_MS)
    expect(await standing()).toBe('current')
    expect((await kept(ticketId)).length).toBeGreaterThan(0)
    expect(asked.every((from) => from.cursor === undefined)).toBe(true)
  })

  it('gets past a second in which more happened than a page holds', async () => {
    for (let count = 0; count < 200; count++) account.aTicket()
    await account.clock.advance(SECOND_MS)
    const ticketId = await aKnownTicket()
    await account.clock.advance(3 * MINUTE_MS)
    await start()
    for (let page = 0; page < 40; page++) await advance(20 * SECOND_MS)
    expect(await standing()).toBe('current')
    expect((await kept(ticketId)).length).toBeGreaterThan(0)
    expect(asked.some((from) => from.cursor !== undefined)).toBe(true)
    expect((await cursor())!.cursor).toBeNull()
  })
})

describe('reading metric events, when something goes wrong', () => {
  it('has kept the rows and moved the cursor, or neither', async () => {
    const ticketId = await aKnownTicket()
    await account.clock.advance(3 * MINUTE_MS)
    const { jobs } = account.deps
    account.deps.jobs = { ...jobs, enqueue: () => Promise.reject(new Error('killed')) }
    const before = account.clock.now()
    await expect(metricEvents({ accountId: account.accountId }, account.deps)).rejects.toThrow('killed')
    account.deps.jobs = jobs
    expect(await kept(ticketId)).toEqual([])
    expect((await cursor())!.startAt).toBeLessThan(before - 3 * MINUTE_MS)
    await start()
    expect((await kept(ticketId)).length).toBeGreaterThan(0)
  })

  it('changes nothing when it is done twice at once, or again', async () => {
    const ticketId = await aKnownTicket()
    await account.clock.advance(3 * MINUTE_MS)
    const { accountId, deps } = account
    await Promise.all([1, 2, 3].map(() => metricEvents({ accountId }, deps)))
    const first = await kept(ticketId)
    await metricEvents({ accountId }, deps)
    expect(await kept(ticketId)).toEqual(first)
    expect((await account.jobs.counts())['metric-events'].waiting).toBe(1)
  })

  it('says once that it is no admin, asks again every hour, and goes on when it is', async () => {
    const { integration } = account.people
    Object.assign(integration, { role: 'agent', role_type: 0 })
    const ticketId = await aKnownTicket()
    await start()
    expect(await account.jobs.nextDueAt()).toBe(account.clock.now() + HOUR_MS)
    for (let hour = 0; hour < 3; hour++) await advance(HOUR_MS)
    expect(account.countCalls('GET', EXPORT)).toBe(4)
    expect(await standing()).toBe('denied')
    expect(said('metric-events.stopped')).toMatchObject([{ failure: 'denied', reason: 'forbidden' }])

    Object.assign(integration, { role: 'admin', role_type: 4 })
    await advance(HOUR_MS)
    expect((await kept(ticketId)).length).toBeGreaterThan(0)
    expect(await standing()).toBe('current')
    expect(said('metric-events.resumed')).toMatchObject([{ after: 'denied' }])
  })

  it('waits as long as Zendesk asks when the exports are used up', async () => {
    const headers = { 'retry-after': '40' }
    account.answerNext('GET', EXPORT, { status: 429, headers })
    await start()
    expect(await account.jobs.nextDueAt()).toBe(account.clock.now() + 40 * SECOND_MS)
    expect((await cursor())!.trouble).toBeNull()
  })

  it('leaves the tickets that were missed six of the ten calls a minute, and takes no more than three', async () => {
    for (let count = 0; count < 3; count++) {
      for (let ticket = 0; ticket < 200; ticket++) account.aTicket()
      await account.clock.advance(SECOND_MS)
    }
    await account.clock.advance(3 * MINUTE_MS)
    await account.jobs.enqueue(account.database.db, 'catch-up', { accountId: account.accountId })
    await start()
    for (let step = 0; step < 60; step++) await advance(SECOND_MS)
    expect(account.countCalls('GET', EXPORT)).toBeLessThanOrEqual(5)
    expect(said('catch-up.stopped').concat(said('metric-events.stopped'))).toEqual([])
  })

  it('begins at the time its cursor stood for when Zendesk no longer takes the cursor', async () => {
    await start()
    const { startAt } = (await cursor())!
    await inOurs((tx) =>
      tx.updateTable('sync_cursor').set({ cursor: 'stale' }).where('export', '=', 'ticket-metric-events').execute(),
    )
    const body = JSON.stringify({ errors: [{ code: 'InvalidCursor', title: 'cursor is invalid or expired' }] })
    account.answerNext('GET', EXPORT, { status: 400, body })
    const ticketId = await aKnownTicket()
    await advance(5 * MINUTE_MS)
    await advance(MINUTE_MS)
    expect(asked.slice(1)).toEqual([{ startTime: startAt, cursor: 'stale' }, { startTime: startAt }])
    expect((await kept(ticketId)).length).toBeGreaterThan(0)
  })

  it('leaves out what Zendesk has deleted, whichever page came first', async () => {
    const ticketId = await aKnownTicket()
    const breach = {
      ...{ id: 5, ticketId, metric: 'reply_time' as const, instance: 1, at: account.clock.now() },
      ...{ kind: 'breach' as const, isDeleted: false },
    }
    const keep = (...events: (typeof breach)[]) =>
      inOurs((tx) => keepMetricEvents(tx, account.accountId, events, account.clock.now()))
    await keep(breach, { ...breach, isDeleted: true }, breach)
    expect(await kept(ticketId)).toMatchObject([{ id: 5, isDeleted: true }])
    await keep(breach)
    expect(await kept(ticketId)).toMatchObject([{ id: 5, isDeleted: true }])
  })

  it('shows no account the events of another', async () => {
    const ticketId = await aKnownTicket()
    await account.clock.advance(3 * MINUTE_MS)
    await start()
    const other = await createAccounts({ db: account.database.db, clock: account.clock }).ensureAccount({
      subdomain: 'other',
      zendeskUrl: 'https://other.example',
    })
    const seen = await inAccount(account.database.db, other.id, (tx) => readMetricEvents(tx, ticketId))
    expect(seen).toEqual([])
  })
})

function said(event: string) {
  return account.logged.filter((line) => line.event === event)
}
