import { sql } from 'kysely'
import { type Instant, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { Finding } from './findings.ts'

/** What is told so much after it fell due was not told in time. */
export const GRACE_MS = 30 * SECOND_MS
/** A comment that takes longer to reach the ticket is named, though the queue goes on trying. */
const DELIVERED_WITHIN_MS = 15 * MINUTE_MS
const MOST_NAMED = 100

/** What should have been told by now and was not. The longest overdue first, as many as can be read. */
export async function findOverdue(tx: AccountTransaction, now: Instant): Promise<Finding[]> {
  const { rows } = await sql<{ escalationId: string; what: string | null; since: Instant }>`
    select escalation_id as "escalationId", next_due_at as since,
      (select one->>0 from jsonb_array_elements(countdowns::jsonb) as one order by (one->>1)::bigint limit 1) as what
    from escalation_clocks where next_due_at < ${now - GRACE_MS}
    order by next_due_at limit ${MOST_NAMED}`.execute(tx)
  return rows.map((row) => ({ kind: 'overdue', foundAt: now, ...row }))
}

/** What was told, and whose comment is not in the ticket. One that waits for people's hours is not late. */
export async function findUndelivered(tx: AccountTransaction, now: Instant): Promise<Finding[]> {
  const late = now - DELIVERED_WITHIN_MS
  const { rows } = await sql<{ escalationId: string; what: string; since: Instant }>`
    select escalation_id as "escalationId", id as what,
      greatest(created_at, (payload->>'notBefore')::bigint) as since
    from effect
    where state = 'pending' and kind = 'tell-ticket' and created_at < ${late}
      and coalesce((payload->>'notBefore')::bigint, 0) < ${late}
    order by created_at limit ${MOST_NAMED}`.execute(tx)
  return rows.map((row) => ({ kind: 'undelivered', foundAt: now, ...row }))
}

/** Which of these escalations have something due now. */
export async function dueAmong(
  tx: AccountTransaction,
  escalationIds: readonly string[],
  now: Instant,
): Promise<Set<string>> {
  if (escalationIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select escalation_id as id from escalation_clocks
    where escalation_id = any(${escalationIds}::text[]) and next_due_at <= ${now}`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
