import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { type ExportCursor, moveExportCursor, openExportCursor, readExportCursor } from './export-cursor.ts'
import { type HistoryName, LIVE_OF } from './exports.ts'

/** How far back tickets are kept, in milliseconds: `Infinity` for all there are. Null keeps none but those escalated. */
export type HistorySpan = number | null

export function historyBegin(span: number, now: Instant): Instant {
  return Math.max(0, span === Number.POSITIVE_INFINITY ? 0 : now - span)
}

/** The cursor of a history: the first time, one from `begin` to where the stream it is the past of stands. */
export async function openHistory(
  tx: AccountTransaction,
  name: HistoryName,
  begin: Instant,
  now: Instant,
): Promise<ExportCursor> {
  const known = await readExportCursor(tx, name)
  if (known) return known
  const { startAt } = await openExportCursor(tx, LIVE_OF[name], now)
  return openExportCursor(tx, name, now, { at: Math.min(begin, startAt), untilAt: startAt })
}

/**
 * Has a history begin at `begin` instead of later; answers false when it began as early already. What was read stays:
 * from a finished one only the time before it is read, one that is under way begins anew and goes as far as before.
 */
export async function extendHistory(
  tx: AccountTransaction,
  name: HistoryName,
  begin: Instant,
  now: Instant,
): Promise<boolean> {
  const isNew = (await readExportCursor(tx, name)) === null
  const from = await openHistory(tx, name, begin, now)
  const beganAt = from.beganAt ?? from.startAt
  if (isNew || begin >= beganAt) return isNew
  const untilAt = from.doneAt === null ? from.untilAt : beganAt
  const again = { startAt: begin, beganAt: begin, untilAt, cursor: null, doneAt: null, trouble: null, pages: 0 }
  return moveExportCursor(tx, name, from, again)
}

/** Since when tickets are kept without a gap; null before the first was read. */
export async function completeSince(tx: AccountTransaction): Promise<Instant | null> {
  const history = await readExportCursor(tx, 'tickets-history')
  if (!history) return null
  return history.doneAt === null ? history.untilAt : history.beganAt
}
