import { sql } from 'kysely'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { deleteInBatches } from '../db/delete-in-batches.ts'

/**
 * Longer than anybody can bring a delivery again: Zendesk's attempts end within minutes, and a signature that is more
 * than ten minutes old is refused before the delivery is looked for.
 */
const KEPT_MS = 7 * DAY_MS
const AT_ONCE = 10_000

/** Removes deliveries that are only kept to know them when they come again; answers how many. */
export async function forgetOld(db: Database, accountId: number, now: Instant): Promise<number> {
  const old = sql`
    delete from inbox_delivery where ctid = any(array(
      select ctid from inbox_delivery where received_at < ${now - KEPT_MS}::bigint limit ${AT_ONCE}
    ))`
  return deleteInBatches(db, accountId, AT_ONCE, old)
}
