import { sql } from 'kysely'
import type { Incident } from '../../core/incident/incident.ts'
import type { OpenIncident } from '../../core/incident/join.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** Escalations that are part of a major incident. */
export async function majorEscalations(tx: AccountTransaction): Promise<Set<string>> {
  const rows = await tx.selectFrom('incident_ticket').select('escalation_id').where('unlinked_at', 'is', null).execute()
  return new Set(rows.map(({ escalation_id }) => escalation_id))
}

/**
 * Holds the account's incidents until the transaction ends, so that two notes at once find one incident and do not begin
 * two. @returns the year's last number
 */
export async function lockIncidents(tx: AccountTransaction, accountId: number, now: Instant): Promise<number> {
  const year = new Date(now).getUTCFullYear()
  const { last } = await tx
    .insertInto('incident_number')
    .values({ account_id: accountId, year, last: 0 })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'year']).doUpdateSet({ last: sql<number>`incident_number.last` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

export async function openIncidents(tx: AccountTransaction): Promise<OpenIncident[]> {
  const rows = await tx
    .selectFrom('incident')
    .select(['id', 'component', 'opened_at'])
    .where('closed_at', 'is', null)
    .execute()
  return rows.map(({ id, component, opened_at }) => ({ id, component, openedAt: opened_at }))
}

export type NewIncident = Pick<Incident, 'title' | 'component' | 'severity' | 'bridgeUrl' | 'openedBy'>

/** @returns its id. The caller holds `lockIncidents`. */
export async function addIncident(
  tx: AccountTransaction,
  accountId: number,
  { title, component, severity, bridgeUrl, openedBy }: NewIncident,
  now: Instant,
): Promise<string> {
  const year = new Date(now).getUTCFullYear()
  const last = (await lockIncidents(tx, accountId, now)) + 1
  await tx.updateTable('incident_number').set({ last }).where('year', '=', year).execute()
  const id = `INC-${year}-${String(last).padStart(4, '0')}`
  await tx
    .insertInto('incident')
    .values({
      ...{ account_id: accountId, id, title, component, severity, bridge_url: bridgeUrl },
      ...{ opened_at: now, opened_by: openedBy },
    })
    .execute()
  return id
}

export type NewLink = { incidentId: string; ticketId: number; escalationId: string; by: string }

/** False when the ticket is in an incident already. */
export async function addTicket(
  tx: AccountTransaction,
  accountId: number,
  { incidentId, ticketId, escalationId, by }: NewLink,
  now: Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('incident_ticket')
    .values({
      ...{ account_id: accountId, ticket_id: ticketId, incident_id: incidentId, escalation_id: escalationId },
      ...{ linked_at: now, linked_by: by },
    })
    // Put back in after it was taken out.
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'incident_id', 'ticket_id'])
        .doUpdateSet({
          escalation_id: escalationId,
          linked_at: now,
          linked_by: by,
          unlinked_at: null,
          unlinked_by: null,
        })
        .where('incident_ticket.unlinked_at', 'is not', null),
    )
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Whether a ticket is in an incident, or was taken out of one by somebody: then it is not put into another unasked. */
export async function isSettled(tx: AccountTransaction, ticketId: number, escalationId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('incident_ticket')
    .select('incident_id')
    .where('ticket_id', '=', ticketId)
    .where((where) => where.or([where('unlinked_at', 'is', null), where('escalation_id', '=', escalationId)]))
    .executeTakeFirst()
  return row !== undefined
}

/** @param lock held until the transaction ends */
export async function readIncident(
  tx: AccountTransaction,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<Incident | null> {
  const query = tx.selectFrom('incident').selectAll().where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) return null
  const tickets = await tx
    .selectFrom('incident_ticket')
    .leftJoin('escalation', (join) =>
      join
        .onRef('escalation.account_id', '=', 'incident_ticket.account_id')
        .onRef('escalation.id', '=', 'incident_ticket.escalation_id'),
    )
    .select(['incident_ticket.ticket_id', 'incident_ticket.escalation_id', 'linked_at', 'linked_by', 'stage'])
    .where('incident_id', '=', id)
    .where('unlinked_at', 'is', null)
    .orderBy('linked_at')
    .orderBy('incident_ticket.ticket_id')
    .execute()
  const updates = await tx
    .selectFrom('incident_update')
    .select(['number', 'text', 'to_customers', 'by_name', 'at'])
    .where('incident_id', '=', id)
    .orderBy('number')
    .execute()
  return {
    ...{ id, title: row.title, component: row.component, severity: row.severity, bridgeUrl: row.bridge_url },
    ...{ problemTicketId: row.problem_ticket_id, openedAt: row.opened_at, openedBy: row.opened_by },
    ...{ closedAt: row.closed_at, closedBy: row.closed_by, closing: row.closing },
    tickets: tickets.map((one) => ({
      ...{
        ticketId: one.ticket_id,
        escalationId: one.escalation_id,
        stage: one.stage as Incident['tickets'][0]['stage'],
      },
      ...{ linkedAt: one.linked_at, linkedBy: one.linked_by },
    })),
    updates: updates.map(({ number, text, to_customers, by_name, at }) => ({
      ...{ number, text, toCustomers: to_customers, by: by_name, at },
    })),
  }
}

/** The newest first. */
export async function listIncidents(tx: AccountTransaction, { all }: { all: boolean }): Promise<Incident[]> {
  const query = tx.selectFrom('incident').select('id').orderBy('opened_at', 'desc').limit(200)
  const rows = await (all ? query : query.where('closed_at', 'is', null)).execute()
  const incidents: Incident[] = []
  for (const { id } of rows) incidents.push((await readIncident(tx, id))!)
  return incidents
}
