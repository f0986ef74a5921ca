import { type Clock, HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { exportCallsSince } from './export-calls.ts'
import { type ExportCursor, type ExportName, readExportCursor, readExportCursors } from './export-cursor.ts'
import { EXPORTS, isHistory, PACES } from './exports.ts'
import { completeSince } from './history.ts'
import { lastReconcile, type ReconcilePass } from './reconcile.ts'

export type ExportStanding = {
  /** `denied`: a person must give the integration user the role of an admin, or its token the scope `read`. */
  state: 'current' | 'behind' | 'denied' | 'never'
  /** Since there was last nothing left to read; null before the first look. */
  lagMs: number | null
}

/** How one export stands: `absent` has no endpoint here, `done` is a history that was read to its end. */
export type StreamStanding = {
  export: ExportName
  state: ExportStanding['state'] | 'absent' | 'reading' | 'done'
  lagMs: number | null
  /** Up to when it was read. */
  readTo: Instant | null
  kept: number
  /** Of a history: how much of its time was read, 0 to 1. */
  progress: number | null
}

export type SyncStanding = {
  exports: StreamStanding[]
  calls: {
    perMinute: number /** Of those that were allowed since the first of the last hour; null without any. */
    used: number | null
  }
  /** Until the histories are read, as fast as they were so far; null when none is under way. */
  leftMs: number | null
  /** Since when tickets are kept without a gap. */
  completeSince: Instant | null
  reconcile: ReconcilePass | null
}

/** A few looks that failed one after the other. */
const BEHIND_AFTER_MS: Record<ExportName, number> = {
  tickets: 5 * MINUTE_MS,
  'ticket-metric-events': 20 * MINUTE_MS,
  'ticket-events': 15 * MINUTE_MS,
  users: HOUR_MS,
  organizations: HOUR_MS,
  groups: 3 * HOUR_MS,
  articles: HOUR_MS,
  'tickets-history': Number.POSITIVE_INFINITY,
  'ticket-events-history': Number.POSITIVE_INFINITY,
}
/** Zendesk holds back what happened in the last minute. */
const HELD_BACK_MS = MINUTE_MS

/** The instant up to which the tickets that are kept are as they were in Zendesk; null before the first were read to the end. */
export async function syncedTo(tx: AccountTransaction): Promise<Instant | null> {
  const cursor = await readExportCursor(tx, 'tickets')
  return cursor?.currentAt == null ? null : cursor.currentAt - HELD_BACK_MS
}

/** How well webhooks that never came are made up for. */
export function catchUpStanding(db: Database, accountId: number, clock: Clock): Promise<ExportStanding> {
  return exportStanding(db, accountId, 'tickets', clock)
}

/** How far behind one of Zendesk's exports is read. */
export async function exportStanding(
  db: Database,
  accountId: number,
  name: ExportName,
  clock: Clock,
): Promise<ExportStanding> {
  const cursor = await inAccount(db, accountId, (tx) => readExportCursor(tx, name))
  return judge(cursor, clock.now(), BEHIND_AFTER_MS[name])
}

/** How reading the whole account stands. */
export async function syncStanding(tx: AccountTransaction, now: Instant): Promise<SyncStanding> {
  const cursors = await readExportCursors(tx)
  const { perMinute, calls, firstAt } = await exportCallsSince(tx, now - HOUR_MS)
  const made = [...calls.values()].reduce((sum, count) => sum + count, 0)
  const allowed = firstAt === null ? 0 : perMinute * Math.max(1, (now - firstAt) / MINUTE_MS)
  return {
    exports: EXPORTS.map((name) => streamOf(name, cursors.get(name) ?? null, now)),
    calls: { perMinute, used: allowed === 0 ? null : Math.min(1, made / allowed) },
    leftMs: leftOf(
      [...cursors].flatMap(([name, cursor]) => (isHistory(name) ? [cursor] : [])),
      perMinute,
    ),
    completeSince: await completeSince(tx),
    reconcile: await lastReconcile(tx),
  }
}

function streamOf(name: ExportName, cursor: ExportCursor | null, now: Instant): StreamStanding {
  const { state, lagMs } = judge(cursor, now, BEHIND_AFTER_MS[name])
  const isPast = isHistory(name)
  return {
    export: name,
    state: cursor === null ? state : stateOf(cursor, state, isPast),
    lagMs: isPast ? null : lagMs,
    readTo: cursor?.startAt ?? null,
    kept: cursor?.kept ?? 0,
    progress: cursor && isPast ? progressOf(cursor) : null,
  }
}

function stateOf(cursor: ExportCursor, state: ExportStanding['state'], isPast: boolean): StreamStanding['state'] {
  if (cursor.trouble === 'denied') return 'denied'
  if (cursor.trouble === 'not-found') return 'absent'
  if (cursor.doneAt !== null) return 'done'
  if (cursor.trouble !== null) return state === 'never' ? 'behind' : state
  return cursor.pages > 0 && (isPast || cursor.currentAt === null) ? 'reading' : state
}

function progressOf({ startAt, beganAt, untilAt, doneAt }: ExportCursor): number {
  if (doneAt !== null) return 1
  if (beganAt === null || untilAt === null || untilAt <= beganAt) return 0
  return Math.min(1, Math.max(0, (startAt - beganAt) / (untilAt - beganAt)))
}

/** By the pages it took so far for the time that was read, and the calls that live readers leave. */
function leftOf(histories: readonly ExportCursor[], perMinute: number): number | null {
  const open = histories.filter(({ doneAt }) => doneAt === null)
  if (open.length === 0) return null
  const live = Object.values(PACES).filter(({ lane }) => lane === 'live')
  const taken = live.reduce((sum, { lookMs }) => sum + MINUTE_MS / lookMs, 0)
  const pages = open.reduce((sum, cursor) => {
    const read = progressOf(cursor)
    return read === 0 ? Number.NaN : sum + cursor.pages * (1 / read - 1)
  }, 0)
  return Number.isNaN(pages) ? null : (pages / Math.max(1, perMinute - taken)) * MINUTE_MS
}

function judge(cursor: ExportCursor | null, now: Instant, behindAfterMs: number): ExportStanding {
  if (cursor === null) return { state: 'never', lagMs: null }
  const lagMs = now - (cursor.currentAt ?? cursor.startAt)
  if (cursor.trouble === 'denied') return { state: 'denied', lagMs }
  if (cursor.currentAt === null) return { state: 'never', lagMs }
  return { state: lagMs > behindAfterMs ? 'behind' : 'current', lagMs }
}
