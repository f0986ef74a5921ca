import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../core/units.ts'
import { openPool } from '../../../server/db/connect.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { forgetOld } from '../../../server/inbox/forget-old.ts'
import { createInbox, type Inbox } from '../../../server/inbox/inbox.ts'
import type { Jobs } from '../../../server/jobs/jobs.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type AServer, startServer } from '../http/a-server.ts'

let database: TestDatabase
let server: AServer
let pool: ReturnType<typeof openPool>

beforeEach(async () => {
  database = await createTestDatabase()
  server = await startServer(database.url)
  pool = openPool(database.url, { max: 2 })
})
afterEach(async () => {
  await pool.end()
  await server[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

/** As another server of the same database has it. */
function anInbox(jobs: Pick<Jobs, 'enqueueAll'> = server.jobs, onError?: (error: unknown) => void): Inbox {
  const { db, clock, account } = server
  return createInbox({ db, pool, clock, jobs, account, ...(onError ? { onError } : {}) })
}

const delivery = (invocationId: string, ticketId: number) => ({ accountId: server.account.id, invocationId, ticketId })

describe('a delivery that was acknowledged', () => {
  it('is dispatched by the next server when its own is killed before it could', async () => {
    await anInbox().accept(delivery('A', 7))
    expect(await queued()).toEqual([])

    const next = anInbox()
    next.start()
    await next.drain()
    expect(await queued()).toEqual([7])
    expect(await anInbox().accept(delivery('A', 7))).toEqual({ isNew: false })
    expect(await anInbox().dispatch()).toBe(0)
  })

  it('waits for the next round when its look cannot be queued', async () => {
    const errors: unknown[] = []
    let isAway = true
    const failing: Pick<Jobs, 'enqueueAll'> = {
      async enqueueAll(...args) {
        await server.jobs.enqueueAll(...args)
        if (isAway) throw new Error('away')
      },
    }
    const inbox = anInbox(failing, (error) => errors.push(error))
    inbox.start()
    await inbox.accept(delivery('A', 7))
    await inbox.drain()
    expect(errors).toEqual([new Error('away')])
    expect(await queued()).toEqual([])

    isAway = false
    expect(await inbox.dispatch()).toBe(1)
    expect(await queued()).toEqual([7])
  })

  it('is looked at without anybody asking, once its server was started', async () => {
    const done = Promise.withResolvers<void>()
    const inbox = anInbox({
      async enqueueAll(...args) {
        await server.jobs.enqueueAll(...args)
        done.resolve()
      },
    })
    inbox.start()
    await inbox.accept(delivery('A', 7))
    await done.promise
    await inbox.drain()
    expect(await queued()).toEqual([7])
  })

  it('queues one look per ticket, however many servers dispatch at once', async () => {
    const servers = [anInbox(), anInbox(), anInbox()]
    const ids = Array.from({ length: 300 }, (_, index) => index)
    await Promise.all(ids.map((id) => servers[id % 3]!.accept(delivery(`I${id}`, 1 + (id % 20)))))
    const dispatched = await Promise.all(servers.map((inbox) => inbox.dispatch()))
    expect(dispatched.reduce((sum, count) => sum + count)).toBeGreaterThan(0)
    expect(await queued()).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(await undispatched()).toBe(0)
  })
})

describe('deliveries older than a week', () => {
  it('are forgotten, the others still known', async () => {
    const inbox = anInbox()
    await inbox.accept(delivery('OLD', 7))
    await server.clock.advance(7 * DAY_MS)
    await inbox.accept(delivery('YOUNG', 7))
    expect(await forgetOld(server.db, server.account.id, server.clock.now())).toBe(0)
    await server.clock.advance(1)
    expect(await forgetOld(server.db, server.account.id, server.clock.now())).toBe(1)
    expect(await inbox.accept(delivery('YOUNG', 7))).toEqual({ isNew: false })
  })
})

async function queued(): Promise<number[]> {
  const { rows } = await sql<{ ticket: number }>`
    select (data->>'ticketId')::int as ticket from jobs.job where name = 'observe' order by 1`.execute(server.db)
  return rows.map((row) => row.ticket)
}

async function undispatched(): Promise<number> {
  return inAccount(server.db, server.account.id, async (tx) => {
    const rows = await tx.selectFrom('inbox_commit').select('id').execute()
    return rows.length
  })
}
