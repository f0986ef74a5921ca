import { sql } from 'kysely'
import type { Bounced } from '../../core/patterns/deflectable.ts'
import type { Stop } from '../../core/patterns/opportunity.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** Sent back for these, an escalation was the first tier's own. */
const FOR_THE_FIRST_TIER = ['below_tier', 'known_issue', 'duplicate']
/** What is sent back was asked for not much before. */
const ASKED_BEFORE_MS = 90 * DAY_MS

/** Time with specialists, without what it was returned for, by escalation; of those that were measured. */
export async function readWorked(tx: AccountTransaction, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; ms: number }>`
    select escalation_id as id, sum(to_at - from_at)::bigint as ms from measure_stay
    where escalation_id = any(${ids}::text[]) and tier > 1 and standing = 'with-tier' and to_at is not null
    group by escalation_id`.execute(tx)
  return new Map(rows.map(({ id, ms }) => [id, ms]))
}

/** Sent back to the first tier in [from, to) and not worked on by anybody. */
export async function readBounced(tx: AccountTransaction, from: Instant, to: Instant): Promise<Bounced[]> {
  const { rows } = await sql<{ id: string; at: number }>`
    select sent.escalation_id as id, max(sent.at)::bigint as at
    from escalation one join event sent on sent.account_id = one.account_id and sent.ticket_id = one.ticket_id
      and sent.escalation_id = one.id and sent.kind = 'returned'
    where one.requested_at >= ${from - ASKED_BEFORE_MS} and one.requested_at < ${to}
      and one.stage in ('returned', 'closed', 'rejected')
      and sent.at >= ${from} and sent.at < ${to} and sent.data->>'reason' = any(${FOR_THE_FIRST_TIER}::text[])
      and not exists (
        select from event work where work.account_id = one.account_id and work.ticket_id = one.ticket_id
          and work.escalation_id = one.id and work.kind in ('accepted', 'progressed', 'resolved'))
    group by sent.escalation_id order by 1`.execute(tx)
  return rows.map(({ id, at }) => ({ escalationId: id, at }))
}

/** Escalations that were not begun, because somebody found a past one with the same problem. */
export async function readStops(tx: AccountTransaction): Promise<Stop[]> {
  const rows = await tx.selectFrom('same_problem').select(['escalation_id', 'at']).where('stopped', '=', true).execute()
  return rows.map(({ escalation_id, at }) => ({ escalationId: escalation_id, at }))
}
