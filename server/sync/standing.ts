import { type Clock, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { type ExportCursor, type ExportName, readExportCursor } from './export-cursor.ts'

export type ExportStanding = {
  /** `denied`: a person must give the integration user the role of an admin, or its token the scope `read`. */
  state: 'current' | 'behind' | 'denied' | 'never'
  /** Since there was last nothing left to read; null before the first look. */
  lagMs: number | null
}

/** A few looks that failed one after the other. */
const BEHIND_AFTER_MS: Record<ExportName, number> = { tickets: 5 * MINUTE_MS, 'ticket-metric-events': 20 * MINUTE_MS }

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

function judge(cursor: ExportCursor | null, now: Instant, behindAfterMs: number): ExportStanding {
  if (cursor === null) return { state: 'never', lagMs: null }
  const lagMs = now - (cursor.currentAt ?? cursor.startAt)
  if (cursor.trouble === 'denied') return { state: 'denied', lagMs }
  if (cursor.currentAt === null) return { state: 'never', lagMs }
  return { state: lagMs > behindAfterMs ? 'behind' : 'current', lagMs }
}
