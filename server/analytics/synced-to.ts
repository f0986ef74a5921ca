import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** Up to when Zendesk's tickets were read, all of them; null before the export was first read to its end. */
export async function syncedTo(tx: AccountTransaction): Promise<Instant | null> {
  const { rows } = await sql<{ at: number | null }>`
    select case when exists (select from zendesk_ticket) then
      (select current_at from sync_cursor where export = 'tickets') end as at`.execute(tx)
  return rows[0]!.at
}
