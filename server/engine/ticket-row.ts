import { newTicketState, type TicketState } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** What Baton knows of a ticket; of one it never looked at, nothing. */
export async function readTicketState(tx: AccountTransaction, ticketId: number): Promise<TicketState> {
  const row = await tx.selectFrom('ticket').select('state').where('ticket_id', '=', ticketId).executeTakeFirst()
  return { ...newTicketState(ticketId), ...(row?.state as Partial<TicketState>) }
}

/** The same, held until the transaction ends, so that facts of one ticket are folded one after the other. */
export async function lockTicketState(
  tx: AccountTransaction,
  accountId: number,
  ticketId: number,
  now: Instant,
): Promise<TicketState> {
  await tx
    .insertInto('ticket')
    .values({ account_id: accountId, ticket_id: ticketId, state: '{}', last_audit_id: 0, updated_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx
    .selectFrom('ticket')
    .select('state')
    .where('ticket_id', '=', ticketId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { ...newTicketState(ticketId), ...(row.state as Partial<TicketState>) }
}

export async function writeTicketState(tx: AccountTransaction, state: TicketState, now: Instant): Promise<void> {
  await tx
    .updateTable('ticket')
    .set({ state: JSON.stringify(state), last_audit_id: state.lastAuditId, updated_at: now })
    .where('ticket_id', '=', state.ticketId)
    .execute()
}
