import { sql } from 'kysely'
import { type Clock, MINUTE_MS } from '../../core/units.ts'
import { markForMeasuring } from '../analytics/mark.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobPayloads } from '../jobs/payloads.ts'
import type { Calendars } from './calendars.ts'
import { recountRow } from './moved.ts'
import { listStale, lockStale } from './stale.ts'
import { lastVersion } from './versions.ts'
import { recordMoved, writeRecounted } from './write-recounted.ts'

export type RecountDeps = { db: Database; clock: Clock; jobs: Pick<Jobs, 'enqueue'>; calendars: Calendars }

/** A look at a ticket that began before a schedule changed has ended by then, and what it wrote is counted anew. */
const AGAIN_MS = MINUTE_MS

/**
 * Counts anew after a change of schedule, and once more a minute after it. Safe to run twice: what is counted by the
 * schedules of today is left alone.
 */
export async function recount({ accountId }: JobPayloads['recount'], deps: RecountDeps): Promise<void> {
  const { db, clock, jobs } = deps
  await recountStale(accountId, deps)
  await inAccount(db, accountId, async (tx) => {
    const last = await lastVersion(tx)
    const againAt = (last?.createdAt ?? 0) + AGAIN_MS
    if (againAt > clock.now()) await jobs.enqueue(tx, 'recount', { accountId }, { runAt: againAt })
  })
}

/** Escalations in one transaction. */
const BATCH = 2000
/**
 * What a crash of the database loses is stale still, and counted again. A batch is found by its ids, however many rows
 * the planner believes the table to have: it would sooner read all of them, once for each batch.
 */
const LIGHTLY = sql`set_config('synchronous_commit', 'off', true),
  set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`
/** While one batch is counted here, the database writes others. */
const LANES = 3

/**
 * Counts the deadlines of open escalations anew where a schedule they follow from has changed; the old ones stay in the
 * record. What is told and done is decided again when a deadline comes, from the ticket itself.
 *
 * Safe to run twice, beside looks at tickets, and to be killed between any two batches: a row says which schedules it
 * was worked out with, and is written in the transaction that records its old deadlines.
 *
 * @returns how many escalations were counted anew
 */
export async function recountStale(
  accountId: number,
  { db, clock, calendars }: Omit<RecountDeps, 'jobs'>,
): Promise<number> {
  const account = await calendars.of(accountId)
  const ids = await inAccount(db, accountId, (tx) => listStale(tx, account.asOf))
  const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
    ids.slice(index * BATCH, (index + 1) * BATCH),
  )
  const recountNext = async (): Promise<number> => {
    let count = 0
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const rows = batch
      count += await inAccount(db, accountId, async (tx) => {
        await sql`select ${LIGHTLY}`.execute(tx)
        const recounted = (await lockStale(tx, rows, account.asOf)).map((row) => recountRow(row, account))
        await writeRecounted(tx, recounted, account.asOf)
        await markForMeasuring(tx, accountId, [...new Set(recounted.map(({ row }) => row.ticketId))])
        const moved = recounted.flatMap((one) => one.moved)
        await recordMoved(tx, moved, account, { accountId, now: clock.now() })
        return recounted.length
      })
    }
    return count
  }
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, recountNext))
  // Only now does nothing go on behind the back of whoever is told.
  const failed = lanes.find((lane) => lane.status === 'rejected')
  if (failed) throw failed.reason
  return lanes.reduce((sum, lane) => sum + (lane.status === 'fulfilled' ? lane.value : 0), 0)
}
