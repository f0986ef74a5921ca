import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type EmbeddedDatabase, startEmbedded } from '../../../server/db/embedded.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { migrate } from '../../../server/db/migrate.ts'
import { type AServer, deliver, startServer } from '../http/a-server.ts'

let home: string
let database: EmbeddedDatabase
let server: AServer

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'baton-away-'))
  database = await startEmbedded({ home })
  await migrate(database.url)
  server = await startServer(database.url)
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await database.stop({ force: true })
  rmSync(home, { recursive: true, force: true })
})

describe('while the database is away', () => {
  it('a webhook is answered 503 with Retry-After, and is stored when it comes again', async () => {
    await deliver(server, { invocationId: 'BEFORE' })
    await database.stop({ force: true })
    for (let attempt = 0; attempt < 3; attempt++) {
      const refused = await deliver(server, { invocationId: 'AWAY' })
      expect(refused.status).toBe(503)
      expect(refused.headers.get('retry-after')).toBe('5')
      expect(await refused.json()).toMatchObject({ error: 'unavailable' })
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)

    database = await startEmbedded({ home })
    expect((await deliver(server, { invocationId: 'AWAY' })).status).toBe(202)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect(await storedIds()).toEqual(['AWAY', 'BEFORE'])
    const { values } = await server.metrics.webhooks.get()
    expect(Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]))).toEqual({
      accepted: 2,
      unavailable: 3,
    })
  })

  it('a forged webhook is still refused', async () => {
    await deliver(server)
    await database.stop({ force: true })
    expect((await deliver(server, { secret: 'guessed' })).status).toBe(401)
  })
})

describe('a database that is killed', () => {
  it('is started again, with everything that was acknowledged', async () => {
    await deliver(server, { invocationId: 'A' })
    const killed = database.pid()!
    process.kill(killed, 'SIGKILL')
    await vi.waitFor(() => expect([killed, null]).not.toContain(database.pid()), { timeout: 20_000 })
    const isAccepted = async () => expect((await deliver(server, { invocationId: 'B' })).status).toBe(202)
    await vi.waitFor(isAccepted, { timeout: 10_000 })
    expect(await storedIds()).toEqual(['A', 'B'])
  })
})

async function storedIds(): Promise<string[]> {
  return inAccount(server.db, server.account.id, async (tx) => {
    const rows = await tx.selectFrom('inbox_delivery').select('invocation_id').orderBy('invocation_id').execute()
    return rows.map((row) => row.invocation_id)
  })
}
