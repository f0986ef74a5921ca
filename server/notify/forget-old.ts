import { sql } from 'kysely'
import type { Stage } from '../../core/contract/api.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { deleteInBatches } from '../db/delete-in-batches.ts'
import { inAccount } from '../db/in-account.ts'

/**
 * A notice holds words of the note and people's addresses, and is needed as long as somebody may ask whether they were told. No
 * policy moves this: what is kept of people must not depend on who writes the policy.
 */
const KEPT_MS = 90 * DAY_MS
/** The others are still told of: a page that is forgotten could not be resolved any more. */
const FINISHED = ['resolved', 'monitoring', 'closed', 'rejected'] satisfies Stage[]
/** Rows of one transaction: each holds a whole message. */
const AT_ONCE = 1000

/** Removes notices of finished work that were settled long ago, and what is left of their threads; answers how many notices. */
export async function forgetOldNotices(db: Database, accountId: number, now: Instant): Promise<number> {
  const old = sql`
    delete from notice where ctid = any(array(
      select ctid from notice where settled_at < ${now - KEPT_MS}::bigint and not exists (
        select from escalation where id = notice.escalation_id and stage <> all(${FINISHED})
      ) limit ${AT_ONCE}
    ))`
  const forgotten = await deleteInBatches(db, accountId, AT_ONCE, old)
  if (forgotten > 0) {
    await inAccount(db, accountId, (tx) =>
      sql`
        delete from notice_thread as thread
        where not exists (select from notice where notice.lane = thread.lane)`.execute(tx),
    )
  }
  return forgotten
}
