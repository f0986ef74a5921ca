import type pg from 'pg'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Delivery } from './delivery.ts'
import { createDispatcher } from './dispatch.ts'
import { forgetOld } from './forget-old.ts'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { storeDeliveries } from './store.ts'

/** Nothing was stored, as far as we know; the sender should try again soon. */
export class InboxUnavailable extends Error {
  override readonly name = 'InboxUnavailable'
}

export type Inbox = {
  /**
   * Stores a delivery once, in a commit that is shared with whatever else arrives meanwhile. Resolved means durable, and
   * that the look at its ticket will be queued, by this server or the next.
   *
   * @returns `isNew: false` for a delivery that was stored before
   * @throws {InboxUnavailable} when the database is away or does not answer in time
   */
  accept(delivery: Delivery): Promise<{ isNew: boolean }>
  /** From now on looks are queued as deliveries come, also what an earlier server left, and old deliveries forgotten. */
  start(): void
  /** Queues the looks for everything that is stored so far; answers how many it asked for. */
  dispatch(): Promise<number>
  /** Resolves when nothing is being written any more; what was stored is dispatched, if it was started. */
  drain(): Promise<void>
}

export type InboxDeps = {
  db: Database
  /** Connections for storing alone, so that webhooks never queue behind other queries. */
  pool: Pick<pg.Pool, 'query'>
  clock: Clock
  jobs: Pick<Jobs, 'enqueueAll'>
  /** The account this server works for, whose deliveries an earlier server may have left. */
  account: { id: number }
  /** Told the size of every commit. */
  onCommit?: (deliveries: number) => void
  /** Told why stored deliveries could not be dispatched; they are again, a little later. */
  onError?: (error: unknown) => void
}

/** Zendesk gives up on a delivery after 12 s; a commit that hangs is answered before. A later retry finds it stored. */
const ANSWER_WITHIN_MS = 8_000

export function createInbox({ db, pool, clock, jobs, account, onCommit, onError = () => {} }: InboxDeps): Inbox {
  const commits = new Map<number, GroupCommit<Delivery, boolean>>()
  const dispatcher = createDispatcher({ db, jobs, onError, forgetOld: (id) => forgetOld(db, id, clock.now()) })
  dispatcher.serve(account.id)
  return { accept, start: dispatcher.start, dispatch: dispatcher.dispatch, drain }

  async function accept(delivery: Delivery): Promise<{ isNew: boolean }> {
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS)
    try {
      return { isNew: await Promise.race([commitOf(delivery.accountId).add(delivery), late]) }
    } catch (cause) {
      throw new InboxUnavailable('The delivery could not be stored', { cause })
    } finally {
      clearTimeout(timer)
    }
  }

  async function drain(): Promise<void> {
    for (const commit of commits.values()) await commit.drain()
    await dispatcher.stop()
  }

  function commitOf(accountId: number): GroupCommit<Delivery, boolean> {
    const known = commits.get(accountId)
    if (known) return known
    const commit = createGroupCommit<Delivery, boolean>((deliveries) => writeAll(accountId, deliveries))
    commits.set(accountId, commit)
    dispatcher.serve(accountId)
    return commit
  }

  async function writeAll(accountId: number, deliveries: Delivery[]): Promise<boolean[]> {
    const fresh = await storeDeliveries(pool, accountId, deliveries, clock.now())
    onCommit?.(deliveries.length)
    if (fresh.size > 0) dispatcher.wake()
    // Of two equal deliveries in one commit the first is the new one.
    return deliveries.map(({ invocationId }) => fresh.delete(invocationId))
  }
}
