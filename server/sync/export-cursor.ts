import { sql } from 'kysely'
import { HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { ExportName } from './exports.ts'

export type { ExportName } from './exports.ts'

/** How far an export was read. */
export type ExportCursor = {
  /** Where to begin without a cursor: at first before the account was made, later at the newest row that was read. */
  startAt: Instant
  cursor: string | null
  /** When the end was last reached, null before that. */
  currentAt: Instant | null
  /** Why Zendesk could not be asked last time, null when it could. */
  trouble: string | null
  /** Where it began; null for one that is older than this was kept. */
  beganAt: Instant | null
  /** A history ends there. */
  untilAt: Instant | null
  /** When a history was read to its end. */
  doneAt: Instant | null
  /** When the next page is to be read. */
  nextAt: Instant | null
  /** So many rows are asked for; null for as many as there are. */
  pageSize: number | null
  /** Read so far, and rows kept of them. */
  pages: number
  kept: number
}

/** An account that was made long ago and has no cursor yet begins this far back. */
const FIRST_LOOK_BACK_MS = HOUR_MS
/** Zendesk refuses a start within its last minute, and its clock is not ours. */
export const START_BEFORE_MS = 2 * MINUTE_MS

/**
 * The cursor of an export of the account; the first time, one that begins where the account did.
 *
 * @param begin where one that is not there yet begins instead
 */
export async function openExportCursor(
  tx: AccountTransaction,
  name: ExportName,
  now: Instant,
  begin: { at: Instant; untilAt?: Instant | null } | null = null,
): Promise<ExportCursor> {
  await sql`
    insert into sync_cursor (account_id, export, start_at, began_at, until_at)
    select id, ${name}::text, start.at, start.at, ${begin?.untilAt ?? null}::bigint
    from account, lateral (
      select coalesce(
        ${begin === null ? null : Math.max(0, begin.at)}::bigint,
        greatest(created_at, ${now - FIRST_LOOK_BACK_MS}::bigint) - ${START_BEFORE_MS}::bigint
      ) as at
    ) as start
    on conflict do nothing`.execute(tx)
  return (await readExportCursor(tx, name))!
}

/** Null before the first look. */
export async function readExportCursor(tx: AccountTransaction, name: ExportName): Promise<ExportCursor | null> {
  return (await readExportCursors(tx)).get(name) ?? null
}

export async function readExportCursors(tx: AccountTransaction): Promise<Map<ExportName, ExportCursor>> {
  const rows = await tx.selectFrom('sync_cursor').selectAll().where('export', '<>', 'schedules').execute()
  return new Map(
    rows.map((row) => [
      row.export as ExportName,
      {
        ...{ startAt: row.start_at, cursor: row.cursor, currentAt: row.current_at, trouble: row.trouble },
        ...{ beganAt: row.began_at, untilAt: row.until_at, doneAt: row.done_at, nextAt: row.next_at },
        ...{ pageSize: row.page_size, pages: row.pages, kept: row.kept },
      },
    ]),
  )
}

/** Answers false, and changes nothing, when somebody else has moved the cursor since `from` was read. */
export async function moveExportCursor(
  tx: AccountTransaction,
  name: ExportName,
  from: ExportCursor,
  to: Partial<ExportCursor>,
): Promise<boolean> {
  const { startAt, cursor, currentAt, trouble, beganAt, untilAt, doneAt, nextAt, pageSize, pages } = { ...from, ...to }
  const { numUpdatedRows } = await tx
    .updateTable('sync_cursor')
    .set({
      ...{ start_at: startAt, cursor, current_at: currentAt, trouble },
      ...{ began_at: beganAt, until_at: untilAt, done_at: doneAt, next_at: nextAt, page_size: pageSize, pages },
    })
    .where('export', '=', name)
    .where('cursor', 'is not distinct from', from.cursor)
    .where('start_at', '=', from.startAt)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Counts rows that were kept, in the transaction that keeps them. */
export async function countKept(tx: AccountTransaction, name: ExportName, rows: number): Promise<void> {
  if (rows === 0) return
  await tx
    .updateTable('sync_cursor')
    .set((set) => ({ kept: set('kept', '+', rows) }))
    .where('export', '=', name)
    .execute()
}
