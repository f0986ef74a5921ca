import { sql } from 'kysely'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import { ENDED, type TicketState } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { readTicketStates } from '../engine/ticket-row.ts'

/** Tickets with an escalation that is under way. */
export async function openTickets(tx: AccountTransaction): Promise<TicketState[]> {
  const rows = await tx
    .selectFrom('escalation')
    .select('ticket_id')
    .distinct()
    .where('stage', 'not in', [...ENDED])
    .execute()
  return readTicketStates(
    tx,
    rows.map(({ ticket_id }) => ticket_id),
  )
}

/** Tickets with an escalation that was asked for in [from, to). */
export async function ticketsAskedFor(tx: AccountTransaction, from: Instant, to: Instant): Promise<TicketState[]> {
  return readTicketStates(tx, await ticketIdsAskedFor(tx, from, to))
}

/** Their ids alone, ascending: of a long time they are read some at a time. */
export async function ticketIdsAskedFor(tx: AccountTransaction, from: Instant, to: Instant): Promise<number[]> {
  const rows = await tx
    .selectFrom('escalation')
    .select('ticket_id')
    .distinct()
    .where('requested_at', '>=', from)
    .where('requested_at', '<', to)
    .orderBy('ticket_id')
    .execute()
  return rows.map(({ ticket_id }) => ticket_id)
}

/** Tickets with an escalation that has ended and was asked for since. */
export async function endedTickets(tx: AccountTransaction, since: Instant): Promise<TicketState[]> {
  const rows = await tx
    .selectFrom('escalation')
    .select('ticket_id')
    .distinct()
    .where('stage', '=', 'closed')
    .where('requested_at', '>=', since)
    .execute()
  return readTicketStates(
    tx,
    rows.map(({ ticket_id }) => ticket_id),
  )
}

/** Kinds of events that change the stage of an escalation. */
const STAGE_KINDS = [
  ...['requested', 'registered', 'raised', 'handed-on', 'came-back', 'accepted', 'progressed', 'fix-available'],
  ...['returned', 'resolved', 'monitoring-ended', 'deescalated', 'withdrawn', 'ticket-ended', 'moved', 'rejected'],
]

/** What changed stages, of escalations asked for since, oldest first. */
export async function stageEvents(tx: AccountTransaction, since: Instant): Promise<EscalationEvent[]> {
  const rows = await tx
    .selectFrom('event')
    .innerJoin('escalation', (join) =>
      join.onRef('escalation.account_id', '=', 'event.account_id').onRef('escalation.id', '=', 'event.escalation_id'),
    )
    .select(['event.kind', 'event.at', 'event.escalation_id', 'event.by_id', 'event.by_name', 'event.audit_id'])
    .select(sql<object>`event.data`.as('data'))
    .where('escalation.requested_at', '>=', since)
    .where('event.kind', 'in', STAGE_KINDS)
    .orderBy('event.id')
    .execute()
  return rows.map(({ kind, at, escalation_id, by_id, by_name, audit_id, data }) => {
    const by = by_id === null ? null : { id: by_id, name: by_name ?? '' }
    return { kind, at, escalationId: escalation_id, by, auditId: audit_id, ...data } as EscalationEvent
  })
}
