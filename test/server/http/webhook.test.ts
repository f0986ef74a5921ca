import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inAccount } from '../../../server/db/in-account.ts'
import { PUBLISHED_TEST_SECRET } from '../../../server/inbox/signature.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type AServer, aBody, type Delivery, deliver, NOW, startServer, WEBHOOK_SECRET } from './a-server.ts'

let database: TestDatabase
let server: AServer

beforeEach(async () => {
  database = await createTestDatabase()
  server = await startServer(database.url)
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

describe('a webhook', () => {
  it('is stored, with a look at its ticket to come, before it is answered 202', async () => {
    const response = await deliver(server, { ticketId: 42, invocationId: 'A' })
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({ id: 'A' })
    expect(await storedIds()).toEqual(['A'])
    expect(await queuedTickets()).toEqual([42])
  })

  it('that comes again is answered 200 and has no effect', async () => {
    await deliver(server, { invocationId: 'A' })
    expect(await queuedTickets()).toEqual([7])
    const idle = async () => {}
    const others = {
      'catch-up': idle,
      'metric-events': idle,
      ...{ sync: idle, reconcile: idle },
      schedules: idle,
      recount: idle,
      notify: idle,
    }
    await server.jobs.settle({ observe: idle, act: idle, ...others })
    const again = await deliver(server, { invocationId: 'A' })
    expect(again.status).toBe(200)
    expect(await storedIds()).toEqual(['A'])
    expect(await queuedTickets()).toEqual([])
    expect(await outcomes()).toEqual({ accepted: 1, duplicate: 1 })
  })

  const tenMinutesAndASecond = (sign: number) => new Date(Date.parse(NOW) + sign * 601_000).toISOString()
  it.each<[string, Delivery, number, string, string]>([
    ['without a signature', { headers: { 'x-zendesk-webhook-signature': '' } }, 401, 'unsigned', 'unsigned'],
    ['without a timestamp', { headers: { 'x-zendesk-webhook-signature-timestamp': '' } }, 401, 'unsigned', 'unsigned'],
    ['signed with another secret', { secret: 'guessed' }, 401, 'bad-signature', 'bad-signature'],
    [
      'with a body that was altered',
      { headers: { 'x-zendesk-webhook-signature': 'S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM=' } },
      401,
      'bad-signature',
      'bad-signature',
    ],
    ['signed with the published test secret', { secret: PUBLISHED_TEST_SECRET }, 401, 'test-secret', 'test-secret'],
    ['that is older than ten minutes', { timestamp: tenMinutesAndASecond(-1) }, 401, 'stale', 'stale'],
    ['from more than ten minutes ahead', { timestamp: tenMinutesAndASecond(1) }, 401, 'stale', 'stale'],
    ['with a timestamp that is none', { timestamp: 'yesterday' }, 401, 'stale', 'stale'],
    ['of 1 MB', { body: 'x'.repeat(1024 * 1024) }, 413, 'too-large', 'too-large'],
    ['that is not JSON', { body: '{"v":1,' }, 400, 'invalid', 'invalid'],
    ['that is empty', { body: '' }, 400, 'invalid', 'invalid'],
    ['without a ticket', { body: '{"v":1,"ticket_id":""}' }, 400, 'invalid', 'invalid'],
    ['of another version', { body: aBody(7).replace('"v":1', '"v":2') }, 400, 'invalid', 'invalid'],
    ['without an invocation id', { invocationId: null }, 400, 'invalid', 'invalid'],
  ])('%s stores nothing and is counted', async (_, delivery, status, error, outcome) => {
    const response = await deliver(server, delivery)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error, message: expect.stringMatching(/\.$/) })
    expect(await storedIds()).toEqual([])
    expect(await queuedTickets()).toEqual([])
    expect(await outcomes()).toEqual({ [outcome]: 1 })
  })

  it('for an account we do not know is refused like a forged one', async () => {
    const response = await fetch(`${server.url}/webhooks/zendesk/nobody`, {
      method: 'POST',
      headers: { 'x-zendesk-webhook-signature': 'x', 'x-zendesk-webhook-signature-timestamp': NOW },
      body: '{}',
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: 'bad-signature' })
    expect(await outcomes()).toEqual({ 'unknown-account': 1 })
  })

  it('is taken with the old secret and the new one during a rotation', async () => {
    await server.secrets.rotate(server.account.id, 'webhook', 'the new one')
    expect((await deliver(server, { secret: WEBHOOK_SECRET })).status).toBe(202)
    expect((await deliver(server, { secret: 'the new one' })).status).toBe(202)
    await server.secrets.rotate(server.account.id, 'webhook', 'the third one')
    expect((await deliver(server, { secret: WEBHOOK_SECRET })).status).toBe(401)
  })

  it('is never trusted by the published test secret, even where somebody stored it', async () => {
    await server.secrets.put(server.account.id, 'webhook', PUBLISHED_TEST_SECRET)
    expect((await deliver(server, { secret: PUBLISHED_TEST_SECRET })).status).toBe(401)
  })

  it('leaves no trace of its body in the log', async () => {
    await deliver(server, { body: '{"v":1,"ticket_id":"7","secret words":' })
    expect(server.logged.join('')).not.toContain('secret words')
    expect(server.logged.join('')).toContain('http.answered')
  })
})

describe('many webhooks at once', () => {
  it('share commits, are each stored, and queue one look per ticket', async () => {
    const deliveries = Array.from({ length: 300 }, (_, index) => ({
      invocationId: `I${index}`,
      ticketId: 1 + (index % 20),
    }))
    const answers = await Promise.all(deliveries.map((delivery) => deliver(server, delivery)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect(await storedIds()).toHaveLength(300)
    expect(await queuedTickets()).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(server.commits.reduce((sum, size) => sum + size, 0)).toBe(300)
    expect(server.commits.length).toBeLessThan(300)
  })

  it('of one invocation are stored once, whichever comes first', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => deliver(server, { invocationId: 'SAME' })))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array(39).fill(200), 202])
    expect(await storedIds()).toEqual(['SAME'])
  })
})

async function storedIds(): Promise<string[]> {
  return inAccount(server.db, server.account.id, async (tx) => {
    const rows = await tx.selectFrom('inbox_delivery').select('invocation_id').orderBy('invocation_id').execute()
    return rows.map((row) => row.invocation_id)
  })
}

async function queuedTickets(): Promise<number[]> {
  await server.inbox.dispatch()
  const { rows } = await sql<{ ticket: number }>`
    select (data->>'ticketId')::int as ticket from jobs.job
    where name = 'observe' and state = 'created' order by 1`.execute(server.db)
  return rows.map((row) => row.ticket)
}

async function outcomes(): Promise<Record<string, number>> {
  const { values } = await server.metrics.webhooks.get()
  return Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]))
}
