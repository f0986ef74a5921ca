import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** An escalation with something to tell, and up to when its ticket was read. */
export type Due = { escalationId: string; ticketId: number; dueAt: Instant; seenAt: Instant | null }

/** So many are told in one transaction; also the most that one look at Zendesk takes. */
export const BATCH = 100

/** What fell due first, without holding it; `aside` are tickets that are left alone for now. */
export async function findDue(tx: AccountTransaction, now: Instant, aside: readonly number[]): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select ${columns} from escalation_clocks as clocks
    join ticket using (account_id, ticket_id)
    where clocks.next_due_at <= ${now} and clocks.ticket_id <> all(${aside}::bigint[])
    order by clocks.next_due_at, clocks.escalation_id limit ${BATCH}`.execute(tx)
  return rows
}

/**
 * Those of `tickets` with something due that nobody else holds, held until the transaction ends. The ticket's row is
 * what is held, never that of its clocks: whoever changes either holds the ticket's first.
 */
export async function lockDue(tx: AccountTransaction, now: Instant, tickets: readonly number[]): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select ${columns} from escalation_clocks as clocks
    join ticket using (account_id, ticket_id)
    where clocks.next_due_at <= ${now} and ticket.ticket_id = any(${tickets}::bigint[])
    order by clocks.next_due_at, clocks.escalation_id
    for update of ticket skip locked`.execute(tx)
  return rows
}

const columns = sql`
  clocks.escalation_id as "escalationId", ticket.ticket_id as "ticketId",
  clocks.next_due_at as "dueAt", ticket.seen_at as "seenAt"`
