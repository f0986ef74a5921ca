import { sql } from 'kysely'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, enterAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Delivery } from './delivery.ts'
import { createGroupCommit } from './group-commit.ts'

/** Nothing was stored, as far as we know; the sender should try again soon. */
export class InboxUnavailable extends Error {
  override readonly name = 'InboxUnavailable'
}

export type Inbox = {
  /**
   * Stores a delivery once and queues the look at its ticket, in one transaction that is shared with whatever else
   * arrives meanwhile. Resolved means durable.
   *
   * @returns `isNew: false` for a delivery that was stored before
   * @throws {InboxUnavailable} when the database is away or does not answer in time
   */
  accept(delivery: Delivery): Promise<{ isNew: boolean }>
  /** Resolves when nothing is being written any more. */
  drain(): Promise<void>
}

export type InboxDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueueAll'>
  /** Told the size of every commit. */
  onCommit?: (deliveries: number) => void
}

/** Zendesk gives up on a delivery after 12 s; a commit that hangs is answered before. A later retry finds it stored. */
const ANSWER_WITHIN_MS = 8_000

export function createInbox({ db, clock, jobs, onCommit }: InboxDeps): Inbox {
  const commit = createGroupCommit(writeAll)
  return { accept, drain: commit.drain }

  async function accept(delivery: Delivery): Promise<{ isNew: boolean }> {
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS)
    try {
      return { isNew: await Promise.race([commit.add(delivery), late]) }
    } catch (cause) {
      throw new InboxUnavailable('The delivery could not be stored', { cause })
    } finally {
      clearTimeout(timer)
    }
  }

  /** One transaction, account after account, everything in one order, so that two writers never wait for each other. */
  async function writeAll(deliveries: Delivery[]): Promise<boolean[]> {
    const inOrder = deliveries.toSorted(byAccountAndInvocation)
    const fresh = await db.transaction().execute(async (tx) => {
      const keys = new Set<string>()
      for (const [accountId, own] of Map.groupBy(inOrder, (delivery) => delivery.accountId)) {
        await enterAccount(tx, accountId)
        const stored = await store(tx, accountId, own)
        for (const { invocationId } of stored) keys.add(`${accountId}/${invocationId}`)
        const tickets = [...new Set(stored.map(({ ticketId }) => ticketId))].sort((a, b) => a - b)
        await jobs.enqueueAll(
          tx,
          'observe',
          tickets.map((ticketId) => ({ accountId, ticketId })),
        )
      }
      return keys
    })
    onCommit?.(deliveries.length)
    // Of two equal deliveries in one commit the first is the new one.
    return deliveries.map(({ accountId, invocationId }) => fresh.delete(`${accountId}/${invocationId}`))
  }

  async function store(
    tx: AccountTransaction,
    accountId: number,
    deliveries: Delivery[],
  ): Promise<Pick<Delivery, 'invocationId' | 'ticketId'>[]> {
    const invocationIds = deliveries.map(({ invocationId }) => invocationId)
    const ticketIds = deliveries.map(({ ticketId }) => ticketId)
    const { rows } = await sql<Pick<Delivery, 'invocationId' | 'ticketId'>>`
      insert into inbox_delivery (account_id, invocation_id, ticket_id, received_at)
      select ${accountId}::bigint, invocation_id, ticket_id, ${clock.now()}::bigint
      from unnest(${invocationIds}::text[], ${ticketIds}::bigint[]) as delivery (invocation_id, ticket_id)
      on conflict do nothing
      returning invocation_id as "invocationId", ticket_id as "ticketId"`.execute(tx)
    return rows
  }
}

function byAccountAndInvocation(a: Delivery, b: Delivery): number {
  if (a.accountId !== b.accountId) return a.accountId - b.accountId
  return a.invocationId < b.invocationId ? -1 : a.invocationId > b.invocationId ? 1 : 0
}
