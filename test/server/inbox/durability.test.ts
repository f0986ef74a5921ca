import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAccounts } from '../../../server/accounts.ts'
import { connect } from '../../../server/db/connect.ts'
import { type EmbeddedDatabase, startEmbedded } from '../../../server/db/embedded.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { createSecrets } from '../../../server/secrets.ts'
import { deliver, WEBHOOK_SECRET } from '../http/a-server.ts'

const main = path.resolve(import.meta.dirname, '../../../server/main.ts')
let home: string
let key: Buffer
const servers: ChildProcess[] = []

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'baton-killed-'))
  key = randomBytes(32)
})
afterEach(async () => {
  for (const server of servers.splice(0)) server.kill('SIGKILL')
  const database = await startEmbedded({ home })
  await database.stop({ force: true })
  rmSync(home, { recursive: true, force: true })
})

describe('a server that is killed', () => {
  it('has lost no delivery it acknowledged, whether the database was killed too or not', async () => {
    const acknowledged: string[] = []
    for (let round = 0; round < 4; round++) {
      const server = await startProcess()
      if (round === 0) await storeSecret()
      const enough = Promise.withResolvers<void>()
      const sending = Array.from({ length: 8 }, async (_, sender) => {
        for (let count = 0; ; count++) {
          const invocationId = `R${round}-S${sender}-${count}`
          const timestamp = new Date().toISOString()
          const answer = await deliver(server, { invocationId, timestamp, ticketId: 1 + count }).catch(() => null)
          if (answer?.status !== 202) return
          acknowledged.push(invocationId)
          if (acknowledged.length > 50 * (round + 1)) enough.resolve()
        }
      })
      await Promise.race([enough.promise, Promise.all(sending)])
      const database = await startEmbedded({ home })
      server.process.kill('SIGKILL')
      if (round % 2 === 1) process.kill(database.pid()!, 'SIGKILL')
      await Promise.all(sending)
    }

    expect(acknowledged.length).toBeGreaterThan(200)
    const { stored, unseen } = await readBack()
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
    expect(unseen, 'tickets that nobody will look at').toEqual([])
  }, 60_000)
})

type ServerProcess = { url: string; process: ChildProcess }

/** The server as an operator starts it; resolves when it says that it listens. */
async function startProcess(): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      BATON_HOME: home,
      BATON_PORT: '0',
      BATON_KEY: key.toString('base64'),
      ZENDESK_SUBDOMAIN: 'acme',
      ZENDESK_URL: 'http://127.0.0.1:9',
      ZENDESK_CLIENT_ID: 'client',
      ZENDESK_CLIENT_SECRET: 'secret',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  servers.push(child)
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /listens on (http:\S+)/.exec(line)?.[1]
    if (url) return { url, process: child }
  }
  throw new Error('The server ended before it listened')
}

async function storeSecret(): Promise<void> {
  await withDatabase(async (db) => {
    const account = await createAccounts({ db, clock: Date }).findBySubdomain('acme')
    await createSecrets({ db, clock: Date, key }).put(account!.id, 'webhook', WEBHOOK_SECRET)
  })
}

async function readBack(): Promise<{ stored: Set<string>; unseen: number[] }> {
  return withDatabase(async (db) => {
    const account = await createAccounts({ db, clock: Date }).findBySubdomain('acme')
    return inAccount(db, account!.id, async (tx) => {
      const rows = await tx.selectFrom('inbox_delivery').select(['invocation_id', 'ticket_id']).execute()
      const queued = await sql<{ ticket: number }>`select (data->>'ticketId')::int as ticket from jobs.job`.execute(tx)
      const undispatched = await tx.selectFrom('inbox_commit').select('ticket_ids').execute()
      const jobs = new Set([
        ...queued.rows.map((row) => row.ticket),
        ...undispatched.flatMap((row) => row.ticket_ids).map(Number),
      ])
      const stored = new Set(rows.map((row) => row.invocation_id))
      return { stored, unseen: rows.map((row) => row.ticket_id).filter((ticketId) => !jobs.has(ticketId)) }
    })
  })
}

async function withDatabase<T>(use: (db: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const database: EmbeddedDatabase = await startEmbedded({ home })
  const db = connect(database.url, { onError: () => {} })
  try {
    return await use(db)
  } finally {
    await db.destroy()
  }
}
