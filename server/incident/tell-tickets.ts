import type { TellCustomer } from '../../core/customer/effect.ts'
import { tellingId } from '../../core/customer/effect-id.ts'
import { datesOf } from '../../core/customer/tell.ts'
import type { TellTicket } from '../../core/escalation/effects.ts'
import type { Incident } from '../../core/incident/incident.ts'
import type { Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { policyFor } from '../observe/policy-for.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { lastAuditOf } from './keep-effects.ts'

/** A private comment in each ticket of an incident, and in its problem. */
export async function tellAll(
  tx: AccountTransaction,
  { id: incidentId, tickets, problemTicketId }: Incident,
  id: string,
  comment: string,
): Promise<TellTicket[]> {
  const problem = problemTicketId === null ? [] : [{ ticketId: problemTicketId, escalationId: incidentId }]
  const told: TellTicket[] = []
  for (const { ticketId, escalationId } of [...tickets, ...problem]) {
    const afterAuditId = await lastAuditOf(tx, ticketId)
    const what = { kind: 'tell-ticket' as const, id: `${id}.${ticketId}`, comment, notBefore: null }
    told.push({ ...what, escalationId, ticketId, afterAuditId })
  }
  return told
}

/** Each customer is told by the template of an update; no word of the incident is theirs to read. */
export async function tellCustomers(
  tx: AccountTransaction,
  { tickets }: Incident,
  id: string,
  { accountId, now, db, calendars }: { accountId: number; now: Instant; db: Database; calendars: Calendars },
): Promise<TellCustomer[]> {
  const { calendarOf } = await calendars.of(accountId)
  const told: TellCustomer[] = []
  for (const { ticketId, escalationId } of tickets) {
    const state = await readTicketState(tx, ticketId)
    const escalation = state.escalations.find((one) => one.id === escalationId)
    if (!escalation) continue
    const policy = await policyFor(db, accountId, escalation.decision.policyVersion, now)
    told.push({
      ...{ kind: 'tell-customer', id: tellingId(id, 'update', ticketId), escalationId, ticketId, message: 'update' },
      ...{ afterAuditId: state.lastAuditId, policyVersion: policy.version },
      dates: datesOf(escalation, policy, now, calendarOf),
    })
  }
  return told
}
