import type { TellCustomer } from '../../core/customer/effect.ts'
import type { TellTicket } from '../../core/escalation/effects.ts'
import type { IncidentEffect } from '../../core/incident/effects.ts'
import { type Incident, type IncidentTicket, linkedComment } from '../../core/incident/incident.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { keepEffects } from '../engine/record.ts'
import type { Jobs } from '../jobs/jobs.ts'

export type Keeping = { accountId: number; now: Instant; jobs: Pick<Jobs, 'enqueueAll'> }

/** Keeps effects and queues them, in the caller's transaction. */
export async function keepAll(
  tx: AccountTransaction,
  effects: readonly (IncidentEffect | TellTicket | TellCustomer)[],
  { accountId, now, jobs }: Keeping,
): Promise<void> {
  if (effects.length === 0) return
  await keepEffects(tx, effects, { accountId, now })
  await jobs.enqueueAll(
    tx,
    'act',
    effects.map(({ id }) => ({ accountId, effectId: id })),
  )
}

/** Links tickets with the problem of their incident; with none yet, whoever makes that does it. */
export async function keepLinks(
  tx: AccountTransaction,
  incident: Incident,
  tickets: readonly IncidentTicket[],
  keeping: Keeping,
): Promise<void> {
  const { problemTicketId } = incident
  if (problemTicketId === null) return
  const links: IncidentEffect[] = []
  for (const { ticketId, escalationId, linkedAt, linkedBy } of tickets) {
    links.push({
      kind: 'link-incident',
      id: `${incident.id}.link.${ticketId}.${linkedAt}`,
      ...{ incidentId: incident.id, escalationId, ticketId, afterAuditId: await lastAuditOf(tx, ticketId) },
      comment: linkedComment(incident, { problemTicketId, by: linkedBy }),
    })
  }
  await keepAll(tx, links, keeping)
}

/** What an effect leaves in a ticket comes after this. */
export async function lastAuditOf(tx: AccountTransaction, ticketId: number): Promise<number> {
  const row = await tx.selectFrom('ticket').select('last_audit_id').where('ticket_id', '=', ticketId).executeTakeFirst()
  return row?.last_audit_id ?? 0
}
