import { sql } from 'kysely'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** Everything the record says of a ticket, in the order it was written. */
export async function eventsOfTicket(tx: AccountTransaction, ticketId: number): Promise<EscalationEvent[]> {
  const rows = await tx
    .selectFrom('event')
    .select(['kind', 'at', 'escalation_id', 'by_id', 'by_name', 'audit_id'])
    .select(sql<object>`data`.as('data'))
    .where('ticket_id', '=', ticketId)
    .orderBy('id')
    .execute()
  return rows.map(({ kind, at, escalation_id, by_id, by_name, audit_id, data }) => {
    const by = by_id === null ? null : { id: by_id, name: by_name ?? '' }
    return { kind, at, escalationId: escalation_id, by, auditId: audit_id, ...data } as EscalationEvent
  })
}
