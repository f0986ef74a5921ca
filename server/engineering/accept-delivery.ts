import { sql } from 'kysely'
import type { Tracker } from '../../core/engineering/tracker.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { keepNews, type Told } from './keep-news.ts'

export type TrackerDelivery = { accountId: number; tracker: Tracker; deliveryId: string; news: Told; now: Instant }

/**
 * Longer than any tracker tries again. One that comes later changes nothing either: what is older than what we know is
 * not taken.
 */
const KEPT_MS = 30 * DAY_MS
const FORGOTTEN_AT_ONCE = 100

/**
 * Stores what a tracker told, once, with the looks at the tickets it may matter to, in one transaction.
 *
 * @returns false for a delivery that was stored before
 */
export async function acceptDelivery(
  { db, jobs }: { db: Database; jobs: Pick<Jobs, 'enqueueAll'> },
  { accountId, tracker, deliveryId, news, now }: TrackerDelivery,
): Promise<boolean> {
  return inAccount(db, accountId, async (tx) => {
    const stored = await tx
      .insertInto('engineering_delivery')
      .values({ account_id: accountId, tracker, delivery_id: deliveryId, received_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('delivery_id')
      .executeTakeFirst()
    if (!stored) return false
    await forgetSome(tx, now)
    const tickets = await keepNews(tx, news, { accountId, deliveryId, now })
    const looks = tickets.map((ticketId) => ({ accountId, ticketId }))
    if (looks.length > 0) await jobs.enqueueAll(tx, 'observe', looks)
    return true
  })
}

/** A few with each that comes: more than come, so that they never pile up. */
async function forgetSome(tx: AccountTransaction, now: Instant): Promise<void> {
  await sql`
    delete from engineering_delivery where ctid = any(array(
      select ctid from engineering_delivery where received_at < ${now - KEPT_MS}::bigint
      limit ${FORGOTTEN_AT_ONCE} for update skip locked
    ))`.execute(tx)
}
