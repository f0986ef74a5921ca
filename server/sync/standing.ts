import { type Clock, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketCursor, type TicketCursor } from './ticket-cursor.ts'

export type CatchUpStanding = {
  /** `denied`: a person must give the integration user the role of an admin, or its token the scope `read`. */
  state: 'current' | 'behind' | 'denied' | 'never'
  /** Since there was last nothing left to read; null before the first look. */
  lagMs: number | null
}

/** A few looks that failed one after the other. */
const BEHIND_AFTER_MS = 5 * MINUTE_MS

/** How well webhooks that never came are made up for. */
export async function catchUpStanding(db: Database, accountId: number, clock: Clock): Promise<CatchUpStanding> {
  return judge(await inAccount(db, accountId, readTicketCursor), clock.now())
}

function judge(cursor: TicketCursor | null, now: Instant): CatchUpStanding {
  if (cursor === null) return { state: 'never', lagMs: null }
  const lagMs = now - (cursor.currentAt ?? cursor.startAt)
  if (cursor.trouble === 'denied') return { state: 'denied', lagMs }
  if (cursor.currentAt === null) return { state: 'never', lagMs }
  return { state: lagMs > BEHIND_AFTER_MS ? 'behind' : 'current', lagMs }
}
