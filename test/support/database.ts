import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { sql } from 'kysely'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { connect, type Database } from '../../server/db/connect.ts'
import { type EmbeddedDatabase, startEmbedded } from '../../server/db/embedded.ts'
import { migrate } from '../../server/db/migrate.ts'
import { createJobs, drivenSettings } from '../../server/jobs/jobs.ts'
import { temporaryHome } from './temporary-home.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Reaches the run's PostgreSQL as its owner. */
    adminUrl: string
  }
}

const TEMPLATE = 'baton_template'
const HOME_PREFIX = 'baton-test-'

/** A database of a test's own, migrated and empty. */
export type TestDatabase = AsyncDisposable & {
  /** As the application's role, like the server. */
  db: Database
  /** Of the owner, for `DATABASE_URL` and `createContext`. */
  url: string
}

/** Makes a database for one test file or one world; it is dropped when disposed of. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return cloneTemplate(inject('adminUrl'))
}

async function cloneTemplate(adminUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, `create database ${name} template ${TEMPLATE} strategy file_copy`)
  const url = withDatabase(adminUrl, name)
  const db = connect(url, { settings: drivenSettings })
  return {
    db,
    url,
    [Symbol.asyncDispose]: async () => {
      await db.destroy()
      await asAdmin(adminUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

/**
 * Vitest's global set-up: one PostgreSQL for the whole run, whichever projects take part. Vitest calls it once per
 * project, in the same process.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = sharedServer()
  shared.users += 1
  shared.starting ??= startServer()
  const { adminUrl } = await shared.starting
  project.provide('adminUrl', adminUrl)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    const server = await shared.starting
    shared.starting = null
    await server?.stop()
  }
}

type Server = { adminUrl: string; stop(): Promise<void> }
type Shared = { users: number; starting: Promise<Server> | null }

/** Each project loads this module anew, so what they share hangs on the process. */
function sharedServer(): Shared {
  const holder = globalThis as unknown as Record<symbol, Shared>
  const key = Symbol.for('baton.test-server')
  holder[key] ??= { users: 0, starting: null }
  return holder[key]
}

async function startServer(): Promise<Server> {
  const own = process.env.TEST_DATABASE_URL
  if (own) {
    await makeTemplate(own)
    return { adminUrl: own, stop: async () => {} }
  }
  const home = temporaryHome(HOME_PREFIX)
  const server = await startTestServer(home)
  const killAtExit = () => endNow(server, home)
  process.once('exit', killAtExit)
  const adminUrl = server.urlOf('postgres')
  try {
    await makeTemplate(adminUrl)
  } catch (error) {
    await stop()
    throw error
  }
  return { adminUrl, stop }

  async function stop(): Promise<void> {
    process.off('exit', killAtExit)
    await server.stop({ force: true })
    rmSync(home, { recursive: true, force: true })
  }
}

/** Fast and forgetful: what a test database loses at a crash nobody misses. */
export function startTestServer(home: string): Promise<EmbeddedDatabase> {
  const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  return startEmbedded({ home, settings: { ...forgetful, max_connections: '400', shared_buffers: '64MB' } })
}

/** A database with every table and queue, to be cloned. */
async function makeTemplate(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, `drop database if exists ${TEMPLATE} with (force)`)
  await asAdmin(adminUrl, `create database ${TEMPLATE}`)
  const url = withDatabase(adminUrl, TEMPLATE)
  await migrate(url)
  await using _jobs = await createJobs({ url, clock: Date })
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const admin = connect(adminUrl, { role: null, max: 1 })
  try {
    await sql.raw(statement).execute(admin)
  } finally {
    await admin.destroy()
  }
}

function withDatabase(adminUrl: string, name: string): string {
  return adminUrl.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)
}

function endNow(server: EmbeddedDatabase, home: string): void {
  const pid = server.pid()
  if (pid !== null) process.kill(pid, 'SIGKILL')
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
}
