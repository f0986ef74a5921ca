import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { ScheduleTrouble } from './read-schedules.ts'

/** How reading Zendesk's schedules stands. */
export type SchedulesStanding = {
  /** When they were last read; null before the first time. */
  readAt: Instant | null
  troubles: ScheduleTrouble[]
}

/** It is kept beside how far exports were read; there is nothing to go on from. */
export async function readStanding(tx: AccountTransaction): Promise<SchedulesStanding> {
  const row = await tx
    .selectFrom('sync_cursor')
    .select(['current_at', 'trouble'])
    .where('export', '=', 'schedules')
    .executeTakeFirst()
  return { readAt: row?.current_at ?? null, troubles: JSON.parse(row?.trouble ?? '[]') }
}

export async function keepStanding(
  tx: AccountTransaction,
  accountId: number,
  { readAt, troubles }: SchedulesStanding,
): Promise<void> {
  const trouble = troubles.length === 0 ? null : JSON.stringify(troubles)
  await sql`
    insert into sync_cursor (account_id, export, start_at, current_at, trouble)
    values (${accountId}, 'schedules', 0, ${readAt}, ${trouble})
    on conflict (account_id, export) do update set current_at = excluded.current_at, trouble = excluded.trouble
  `.execute(tx)
}
