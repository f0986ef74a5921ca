import { sql } from 'kysely'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { SyncCursorTable } from '../db/schema.ts'

/** One of Zendesk's exports, of which we keep how far it was read. */
export type ExportName = Exclude<SyncCursorTable['export'], 'schedules'>

/** How far an export was read. */
export type ExportCursor = {
  /** Where to begin without a cursor: at first before the account was made, later at the newest row that was read. */
  startAt: Instant
  cursor: string | null
  /** When the end was last reached, null before that. */
  currentAt: Instant | null
  /** Why Zendesk could not be asked last time, null when it could. */
  trouble: string | null
}

/** An account that was made long ago and has no cursor yet begins this far back. */
const FIRST_LOOK_BACK_MS = HOUR_MS
/** Zendesk refuses a start within its last minute, and its clock is not ours. */
export const START_BEFORE_MS = 2 * MINUTE_MS

/** The cursor of an export of the account; the first time, one that begins where the account did. */
export async function openExportCursor(tx: AccountTransaction, name: ExportName, now: Instant): Promise<ExportCursor> {
  await sql`
    insert into sync_cursor (account_id, export, start_at)
    select id, ${name}::text, greatest(created_at, ${now - FIRST_LOOK_BACK_MS}::bigint) - ${START_BEFORE_MS}::bigint
    from account
    on conflict do nothing`.execute(tx)
  return (await readExportCursor(tx, name))!
}

/** Null before the first look. */
export async function readExportCursor(tx: AccountTransaction, name: ExportName): Promise<ExportCursor | null> {
  const row = await tx.selectFrom('sync_cursor').selectAll().where('export', '=', name).executeTakeFirst()
  if (!row) return null
  return { startAt: row.start_at, cursor: row.cursor, currentAt: row.current_at, trouble: row.trouble }
}

/** Answers false, and changes nothing, when somebody else has moved the cursor since `from` was read. */
export async function moveExportCursor(
  tx: AccountTransaction,
  name: ExportName,
  from: ExportCursor,
  to: Partial<ExportCursor>,
): Promise<boolean> {
  const { startAt, cursor, currentAt, trouble } = { ...from, ...to }
  const { numUpdatedRows } = await tx
    .updateTable('sync_cursor')
    .set({ start_at: startAt, cursor, current_at: currentAt, trouble })
    .where('export', '=', name)
    .where('cursor', 'is not distinct from', from.cursor)
    .where('start_at', '=', from.startAt)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
