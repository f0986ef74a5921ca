import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** Any number will do, as long as nobody else locks it in this database. */
const LOCK = 4602_2026

/**
 * Tells servers of one database of each other: each holds a shared lock on a connection of its own while its workers
 * run, and whoever starts while nobody holds it knows that every job under way belongs to a server that was killed.
 */
export type Presence = AsyncDisposable

/** @param onAlone runs before anybody else may start, when no other server is present */
export async function announce(config: pg.ClientConfig, onAlone: () => Promise<void>): Promise<Presence> {
  let isOver = false
  let client = await take(onAlone)
  return {
    [Symbol.asyncDispose]: async () => {
      isOver = true
      await client?.end().catch(() => {})
    },
  }

  async function take(first?: () => Promise<void>): Promise<pg.Client> {
    const taken = new pg.Client({ ...config, keepAlive: true })
    taken.on('error', () => {})
    await taken.connect()
    if (first) {
      const { rows } = await taken.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [LOCK])
      try {
        if (rows[0]!.alone) await first()
      } finally {
        // Shared before the other is let go, so that nobody comes in between.
        await taken.query('select pg_advisory_lock_shared($1)', [LOCK])
        if (rows[0]!.alone) await taken.query('select pg_advisory_unlock($1)', [LOCK])
      }
    } else {
      await taken.query('select pg_advisory_lock_shared($1)', [LOCK])
    }
    taken.once('end', () => void takeAgain())
    return taken
  }

  /** The database was restarted. Meanwhile another server may have run our jobs again, which they allow for. */
  async function takeAgain(): Promise<void> {
    while (!isOver) {
      await delay(1000, undefined, { ref: false })
      try {
        if (!isOver) client = await take()
        return
      } catch {
        // Still away.
      }
    }
  }
}
