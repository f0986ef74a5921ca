import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { OWNER, prepareHome } from './embedded-home.ts'
import { launch } from './launch.ts'
import { readPostmaster, runsOn } from './postmaster.ts'

/** A PostgreSQL of our own on a unix socket. */
export type EmbeddedDatabase = AsyncDisposable & {
  /** Reaches Baton's database as its owner. */
  url: string
  /** Reaches another database of the same server. */
  urlOf(database: string): string
  /** Of the server's main process as it is now; null while it is down. */
  pid(): number | null
  /** Stops it; leaves it running when another program still has sessions open, unless `force` is set. */
  stop(options?: { force?: boolean }): Promise<void>
}

export type EmbeddedEvent = 'started' | 'attached' | 'restart-failed' | 'stopped' | 'left-running'

export type EmbeddedOptions = {
  home: string
  /** Server settings, such as `{ fsync: 'off' }` for tests. Left alone, nothing acknowledged is lost at a crash. */
  settings?: Record<string, string>
  /** Told what became of the server, so that an operator sees that it was started again. */
  onEvent?: (event: EmbeddedEvent, error?: unknown) => void
}

const DATABASE = 'baton'
const LOOK_EVERY_MS = 250
const STOP_WITHIN_MS = 20_000

/**
 * Starts PostgreSQL in `home`, or attaches to the one that already runs there, and keeps it running: it is started
 * again when it dies. It lives on when this process is killed; the next one attaches to it.
 *
 * @throws {NoEmbeddedPostgres | UnusableHome | EmbeddedStartFailed} each says what to do
 */
export async function startEmbedded({ home, settings = {}, onEvent }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = await prepareHome(home, { isDurable: settings.fsync !== 'off' })
  const first = await launch(place, settings)
  onEvent?.(first.how)
  const urlOf = (database: string) => `postgres://${OWNER}@${encodeURIComponent(first.socketFolder)}/${database}`
  await createDatabase(urlOf('postgres'), DATABASE)

  let restarting: Promise<void> | null = null
  const watch = setInterval(() => {
    if (pid() === null) restarting ??= restart()
  }, LOOK_EVERY_MS)
  watch.unref()

  return { url: urlOf(DATABASE), urlOf, pid, stop, [Symbol.asyncDispose]: () => stop() }

  function pid(): number | null {
    const running = readPostmaster(place.data)
    return running && runsOn(running.pid, place.data) ? running.pid : null
  }

  async function restart(): Promise<void> {
    try {
      const { how } = await launch(place, settings)
      onEvent?.(how)
    } catch (error) {
      onEvent?.('restart-failed', error)
    } finally {
      restarting = null
    }
  }

  async function stop({ force = false } = {}): Promise<void> {
    clearInterval(watch)
    await restarting
    const running = pid()
    if (running === null) return
    if (!force && (await hasOtherSessions(urlOf('postgres')))) {
      onEvent?.('left-running')
      return
    }
    await end(running)
    onEvent?.('stopped')
  }

  /** A fast shutdown first, an immediate one when that takes too long. */
  async function end(running: number): Promise<void> {
    process.kill(running, 'SIGINT')
    const deadline = Date.now() + STOP_WITHIN_MS
    while (runsOn(running, place.data)) {
      if (Date.now() > deadline) process.kill(running, 'SIGQUIT')
      await delay(10)
    }
  }
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${name}`).catch(unlessItExists)
  })
}

function unlessItExists(error: { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error
}

async function hasOtherSessions(adminUrl: string): Promise<boolean> {
  return withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query(
      "select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
    )
    return (rowCount ?? 0) > 0
  })
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
