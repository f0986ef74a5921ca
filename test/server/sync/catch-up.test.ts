import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { catchUp } from '../../../server/sync/catch-up.ts'
import { readExportCursor } from '../../../server/sync/export-cursor.ts'
import { catchUpStanding } from '../../../server/sync/standing.ts'
import type { ExportFrom } from '../../../server/zendesk/ticket-export.ts'
import { deleteTicket } from '../../zendesk/tickets/delete.ts'
import { type ServedAccount, serveAccount } from '../engine/served-account.ts'

const EXPORT = /^\/api\/v2\/incremental\/tickets\/cursor$/
const PAGE_SIZE = 250
const AUDITS = /\/audits$/

/** No trigger and no webhook here: what the server learns of a ticket it learns by catching up. */
let account: ServedAccount
/** Where each page began. */
let asked: ExportFrom[]
beforeEach(async () => {
  account = await serveAccount()
  asked = []
  account.withClient((client) => ({
    exportTickets: (from) => {
      asked.push(from)
      return client.exportTickets(from, PAGE_SIZE)
    },
  }))
})
afterEach(() => account[Symbol.asyncDispose]())

const cursor = () => inAccount(account.database.db, account.accountId, (tx) => readExportCursor(tx, 'tickets'))
const standing = async () => (await catchUpStanding(account.database.db, account.accountId, account.clock)).state

/** What a server does when it starts. */
async function start(): Promise<void> {
  await account.jobs.enqueue(account.database.db, 'catch-up', { accountId: account.accountId })
  await account.settle()
}

async function advance(ms: number): Promise<void> {
  await account.clock.advance(ms)
  await account.settle()
}

function escalate(): number {
  const ticketId = account.aTicket()
  account.send(account.people.agent, ticketId)
  return ticketId
}

describe('catching up', () => {
  it('finds an escalation nobody told us of within two minutes, and carries it out once', async () => {
    await start()
    const ticketId = escalate()
    await advance(MINUTE_MS)
    await advance(MINUTE_MS)
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
    await advance(MINUTE_MS)
    await advance(HOUR_MS)
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
  })

  it('begins before the account was made, and never again from the present', async () => {
    const madeAt = account.clock.now()
    await start()
    expect(asked).toEqual([{ startTime: madeAt - 2 * MINUTE_MS }])
    // Without a ticket to name, Zendesk gives no cursor.
    expect(await cursor()).toMatchObject({ cursor: null, startAt: madeAt - 2 * MINUTE_MS, currentAt: madeAt })
    const ticketId = escalate()
    await advance(7 * 24 * HOUR_MS)
    expect(asked[1]).toEqual(asked[0])
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
  })

  it('begins an hour back in an account that is older', async () => {
    await account.clock.advance(5 * HOUR_MS)
    await start()
    expect(asked).toEqual([{ startTime: account.clock.now() - HOUR_MS - 2 * MINUTE_MS }])
  })

  it('goes on from its cursor, also after a week away', async () => {
    escalate()
    await account.clock.advance(2 * MINUTE_MS)
    await start()
    const { cursor: kept } = (await cursor())!
    const ticketId = escalate()
    await advance(7 * 24 * HOUR_MS)
    expect(kept).not.toBeNull()
    expect(asked[1]).toEqual({ cursor: kept })
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
  })

  it('asks once a minute, however many servers start', async () => {
    for (let server = 0; server < 3; server++) await start()
    expect((await account.jobs.counts())['catch-up']).toEqual({ waiting: 1, active: 0, dead: 0 })
    expect(await account.jobs.nextDueAt()).toBe(account.clock.now() + MINUTE_MS)
    for (let minute = 0; minute < 5; minute++) await advance(MINUTE_MS)
    expect(account.countCalls('GET', EXPORT)).toBe(6)
  })

  it('reads on every ten seconds while there is more', async () => {
    for (let count = 0; count < 510; count++) account.aTicket()
    const ticketId = escalate()
    await account.clock.advance(2 * MINUTE_MS)
    await start()
    expect(await account.jobs.nextDueAt()).toBe(account.clock.now() + 10 * SECOND_MS)
    expect(await standing()).toBe('never')
    await advance(10 * SECOND_MS)
    expect(await account.eventsOf(ticketId)).toEqual([])
    await advance(10 * SECOND_MS)
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
    expect(await account.jobs.nextDueAt()).toBe(account.clock.now() + MINUTE_MS)
    expect(await standing()).toBe('current')
  })

  it('looks at tickets with our tag and at those we know, and passes over the rest', async () => {
    const known = escalate()
    await account.look(known)
    const stranger = account.aTicket({ tags: ['vip'] })
    const named = account.aTicket({ tags: ['baton'] })
    account.change(account.people.specialist, known, { tags: [], group_id: account.groups.support.id })
    await account.clock.advance(2 * MINUTE_MS)
    const before = account.zendesk.requests.length
    await start()
    const looks = account.zendesk.requests.slice(before).filter(({ path }) => AUDITS.test(path))
    // What follows from a look may have the ticket read again, so each counts once.
    const looked = new Set(looks.map(({ path }) => Number(path.split('/').at(-2))))
    expect([...looked].sort((a, b) => a - b)).toEqual([known, named])
    expect(stranger).toBeGreaterThan(0)
    expect(await account.eventsOf(known)).toEqual(['requested', 'routed', 'returned', 'routed'])
    const { values } = await account.deps.metrics.catchUpTickets.get()
    expect(values.map(({ labels, value }) => [labels.outcome, value])).toEqual([
      ['looked-at', 2],
      ['passed-over', 1],
    ])
  })

  it('looks again at our own update for one call, and finds nothing', async () => {
    await start()
    const ticketId = escalate()
    await account.look(ticketId)
    await account.look(ticketId)
    const [before, calls] = [await account.stateOf(ticketId), account.countCalls('GET', AUDITS)]
    const written = await rowOf(ticketId)
    await advance(2 * MINUTE_MS)
    expect(account.countCalls('GET', AUDITS)).toBe(calls + 1)
    expect(await account.stateOf(ticketId)).toEqual(before)
    expect(await rowOf(ticketId)).toEqual(written)
  })

  it('ends the escalation of a ticket that was deleted, and does not mind strangers', async () => {
    const ticketId = escalate()
    const stranger = escalate()
    await account.look(ticketId)
    const { world } = account.zendesk
    for (const id of [ticketId, stranger]) {
      deleteTicket(world, { user: account.people.agent, channel: 'web' }, world.state.tickets[id]!)
    }
    await account.clock.advance(2 * MINUTE_MS)
    await start()
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed', 'ticket-ended'])
    expect(await account.eventsOf(stranger)).toEqual([])
  })
})

describe('catching up, when something goes wrong', () => {
  it('has queued the looks and moved the cursor, or neither', async () => {
    const ticketId = escalate()
    await account.clock.advance(2 * MINUTE_MS)
    const { jobs } = account.deps
    account.deps.jobs = { ...jobs, enqueue: () => Promise.reject(new Error('killed')) }
    await expect(catchUp({ accountId: account.accountId }, account.deps)).rejects.toThrow('killed')
    account.deps.jobs = jobs
    expect(await cursor()).toMatchObject({ cursor: null, currentAt: null })
    expect((await account.jobs.counts()).observe.waiting).toBe(0)
    await start()
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
  })

  it('tries again for ever what it cannot explain', async () => {
    const { jobs } = account.deps
    account.deps.jobs = { ...jobs, enqueue: () => Promise.reject(new Error('a fault')) }
    await start()
    for (let hour = 0; hour < 40; hour++) await advance(HOUR_MS)
    account.deps.jobs = jobs
    const ticketId = escalate()
    await advance(2 * MINUTE_MS)
    await advance(2 * MINUTE_MS)
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
    expect((await account.jobs.counts())['catch-up'].dead).toBe(0)
  })

  it('changes nothing when it is done twice at once, or again', async () => {
    const ticketId = escalate()
    await account.clock.advance(2 * MINUTE_MS)
    const { accountId, deps } = account
    await Promise.all([1, 2, 3].map(() => catchUp({ accountId }, deps)))
    expect((await account.jobs.counts()).observe.waiting).toBe(1)
    expect((await account.jobs.counts())['catch-up'].waiting).toBe(1)
    await catchUp({ accountId }, deps)
    await account.settle()
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
  })

  it('waits as long as Zendesk asks when the account’s exports are used up', async () => {
    const ticketId = escalate()
    await account.clock.advance(2 * MINUTE_MS)
    const headers = {
      'retry-after': '40',
      'zendesk-ratelimit-incremental-exports': 'total=10; remaining=0; resets=40',
    }
    account.answerNext('GET', EXPORT, { status: 429, headers })
    await start()
    expect(await account.jobs.nextDueAt()).toBe(account.clock.now() + 40 * SECOND_MS)
    // Only exports are used up: a webhook's look at a ticket goes on meanwhile.
    expect(await account.look(account.aTicket())).toBeGreaterThan(0)
    await advance(40 * SECOND_MS)
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
    expect(await failures()).toEqual({ 'rate-limited': 1 })
  })

  it('says once that the integration user may not read exports, and goes on when it may', async () => {
    const { integration } = account.people
    Object.assign(integration, { role: 'agent', role_type: 0 })
    await start()
    const ticketId = escalate()
    for (let minute = 0; minute < 10; minute++) await advance(MINUTE_MS)
    expect(await standing()).toBe('denied')
    expect(await failures()).toEqual({ denied: 11 })
    expect(said('catch-up.stopped')).toMatchObject([{ failure: 'denied', reason: 'forbidden' }])

    Object.assign(integration, { role: 'admin', role_type: 4 })
    await advance(MINUTE_MS)
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
    expect(await standing()).toBe('current')
    expect(said('catch-up.resumed')).toMatchObject([{ after: 'denied' }])
  })

  it('goes on by itself when Zendesk is back', async () => {
    await start()
    account.answerNext('GET', EXPORT, { status: 503, body: 'maintenance' }, 10)
    const ticketId = escalate()
    for (let minute = 0; minute < 10; minute++) await advance(MINUTE_MS)
    expect(await standing()).toBe('behind')
    await advance(MINUTE_MS)
    expect(await standing()).toBe('current')
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
  })

  it('begins at the newest ticket it read when its cursor is no longer taken', async () => {
    escalate()
    const readAt = account.clock.now()
    await account.clock.advance(2 * MINUTE_MS)
    await start()
    const ticketId = escalate()
    const body = JSON.stringify({ errors: [{ code: 'InvalidCursor', title: 'cursor is invalid or expired' }] })
    account.answerNext('GET', EXPORT, { status: 400, body })
    await advance(MINUTE_MS)
    await advance(MINUTE_MS)
    expect(asked.at(-1)).toEqual({ startTime: expect.any(Number) })
    expect((asked.at(-1) as { startTime: number }).startTime).toBeGreaterThanOrEqual(readAt)
    expect((asked.at(-1) as { startTime: number }).startTime).toBeLessThan(readAt + 2 * MINUTE_MS)
    expect(await account.eventsOf(ticketId)).toEqual(['requested', 'routed'])
  })
})

async function failures(): Promise<Record<string, number>> {
  const { values } = await account.deps.metrics.catchUpFailures.get()
  return Object.fromEntries(values.map(({ labels, value }) => [labels.failure, value]))
}

function said(event: string) {
  return account.logged.filter((line) => line.event === event)
}

function rowOf(ticketId: number) {
  return inAccount(account.database.db, account.accountId, (tx) =>
    tx.selectFrom('ticket').selectAll().where('ticket_id', '=', ticketId).executeTakeFirst(),
  )
}
