import { sql } from 'kysely'
import { restored, type TicketState } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** What Baton knows of a ticket; of one it never looked at, nothing. */
export async function readTicketState(tx: AccountTransaction, ticketId: number): Promise<TicketState> {
  const row = await tx.selectFrom('ticket').select('state').where('ticket_id', '=', ticketId).executeTakeFirst()
  return toState(ticketId, row?.state)
}

/** The same of many. Tickets that were never looked at are left out. */
export async function readTicketStates(tx: AccountTransaction, ticketIds: readonly number[]): Promise<TicketState[]> {
  const rows = await tx
    .selectFrom('ticket')
    .select(['ticket_id', 'state'])
    .where('ticket_id', '=', sql<number>`any(${ticketIds}::bigint[])`)
    .execute()
  return rows.map((row) => toState(row.ticket_id, row.state))
}

/**
 * What Baton knows of these tickets, held until the transaction ends, so that facts of one ticket are folded one after
 * the other.
 */
export async function lockTicketStates(
  tx: AccountTransaction,
  accountId: number,
  ticketIds: readonly number[],
  now: Instant,
): Promise<Map<number, TicketState>> {
  // Everybody takes several tickets in the same order, so that two never wait for each other.
  const ids = ticketIds.toSorted((a, b) => a - b)
  await sql`
    insert into ticket (account_id, ticket_id, state, last_audit_id, updated_at)
    select ${accountId}::bigint, id, '{}', 0, ${now}::bigint from unnest(${ids}::bigint[]) as wanted (id)
    on conflict do nothing`.execute(tx)
  const rows = await tx
    .selectFrom('ticket')
    .select(['ticket_id', 'state'])
    .where('ticket_id', '=', sql<number>`any(${ids}::bigint[])`)
    .orderBy('ticket_id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.ticket_id, toState(row.ticket_id, row.state)]))
}

/** A state to keep; `seenAt`: when the newest audit was made that it was folded from, null when none was read. */
export type WrittenState = { state: TicketState; seenAt: Instant | null }

export async function writeTicketStates(
  tx: AccountTransaction,
  written: readonly WrittenState[],
  now: Instant,
): Promise<void> {
  if (written.length === 0) return
  const states = written.map(({ state }) => state)
  await sql`
    update ticket set
      state = changed.state::jsonb, last_audit_id = changed.last_audit_id, updated_at = ${now}::bigint,
      seen_at = greatest(ticket.seen_at, changed.seen_at)
    from unnest(
      ${states.map(({ ticketId }) => ticketId)}::bigint[],
      ${states.map((state) => JSON.stringify(state))}::text[],
      ${states.map(({ lastAuditId }) => lastAuditId)}::bigint[],
      ${written.map(({ seenAt }) => seenAt)}::bigint[]
    ) as changed (ticket_id, state, last_audit_id, seen_at)
    where ticket.ticket_id = changed.ticket_id`.execute(tx)
}

function toState(ticketId: number, stored: unknown): TicketState {
  return restored(ticketId, (stored ?? {}) as Partial<TicketState>)
}
