import { openEscalation } from '../../core/escalation/state.ts'
import {
  closedComment,
  type Incident,
  type IncidentUpdate,
  keepsOpen,
  unlinkedComment,
  updateComment,
} from '../../core/incident/incident.ts'
import { componentOf, titleOf } from '../../core/incident/join.ts'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { currentPolicy } from '../policy/store.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { begin, join } from './join-incidents.ts'
import { type Keeping, keepAll, lastAuditOf } from './keep-effects.ts'
import { addIncident, lockIncidents, readIncident } from './store.ts'
import { tellAll, tellCustomers } from './tell-tickets.ts'

export type IncidentManagement = ReturnType<typeof manageIncidents>

/** What people do with major incidents by hand. Everything throws with a message for whoever asked. */
export function manageIncidents(
  accountId: number,
  deps: { db: Database; clock: Clock; jobs: Pick<Jobs, 'enqueueAll'>; calendars: Calendars },
) {
  const { db, clock, jobs, calendars } = deps
  return { open, link, unlink, update, close }

  /** Begins one with a ticket whose escalation is open. */
  async function open(ticketId: number, { title, by }: { title: string | null; by: string }): Promise<string> {
    const now = clock.now()
    const { majorIncident } = await currentPolicy(db, accountId, now)
    return inAccount(db, accountId, async (tx) => {
      await lockIncidents(tx, accountId, now)
      const escalation = await escalationOf(tx, ticketId)
      await refuseLinked(tx, ticketId)
      const { severity } = escalation.decision
      const wanted = { title: title ?? titleOf(escalation), component: componentOf(escalation), severity, openedBy: by }
      const bridgeUrl = majorIncident?.bridgeUrl ?? null
      const id = await addIncident(tx, accountId, { ...wanted, bridgeUrl }, now)
      await begin(tx, id, { ticketId, escalation, by }, keeping(now))
      return id
    })
  }

  async function link(id: string, ticketId: number, by: string): Promise<void> {
    const now = clock.now()
    await inAccount(db, accountId, async (tx) => {
      await running(tx, id)
      const escalation = await escalationOf(tx, ticketId)
      await refuseLinked(tx, ticketId)
      await join(tx, id, { ticketId, escalation, by }, keeping(now))
    })
  }

  /** Takes a ticket out; it is not put back by itself. */
  async function unlink(id: string, ticketId: number, by: string): Promise<void> {
    const now = clock.now()
    await inAccount(db, accountId, async (tx) => {
      const incident = await running(tx, id)
      const ticket = incident.tickets.find((one) => one.ticketId === ticketId)
      if (!ticket) throw new Error(`Ticket ${ticketId} is not part of ${id}.`)
      await tx
        .updateTable('incident_ticket')
        .set({ unlinked_at: now, unlinked_by: by })
        .where('incident_id', '=', id)
        .where('ticket_id', '=', ticketId)
        .execute()
      if (incident.problemTicketId === null) return
      const effect = {
        ...{ kind: 'unlink-incident' as const, id: `${id}.unlink.${ticketId}.${now}`, incidentId: id },
        ...{ escalationId: ticket.escalationId, ticketId, afterAuditId: await lastAuditOf(tx, ticketId) },
        comment: unlinkedComment(incident, by),
      }
      await keepAll(tx, [effect], keeping(now))
    })
  }

  /**
   * Tells all tickets of the incident, and its problem. The words go to people who work here; customers, if asked for, are
   * told by the template of an update, each in their language. @returns its number
   */
  async function update(id: string, { text, toCustomers, by }: Pick<IncidentUpdate, 'text' | 'toCustomers' | 'by'>) {
    const now = clock.now()
    if (text.trim() === '') throw new Error('An update says something.')
    return inAccount(db, accountId, async (tx) => {
      const incident = await running(tx, id)
      const number = (incident.updates.at(-1)?.number ?? 0) + 1
      const row = {
        account_id: accountId,
        incident_id: id,
        number,
        text,
        to_customers: toCustomers,
        by_name: by,
        at: now,
      }
      await tx.insertInto('incident_update').values(row).execute()
      const comment = updateComment(incident, { number, text, toCustomers, by, at: now })
      const told = await tellAll(tx, incident, `${id}.update.${number}`, comment)
      const customers = toCustomers ? await tellCustomers(tx, incident, `${id}.update.${number}`, telling(now)) : []
      await keepAll(tx, [...told, ...customers], keeping(now))
      return { number, tickets: told.length, customers: customers.length }
    })
  }

  /** Closes it once nothing in it is worked on any more, or by force; the problem is solved if none of its incidents is open. */
  async function close(
    id: string,
    { closing, force, by }: { closing: string; force: boolean; by: string },
  ): Promise<void> {
    const now = clock.now()
    if (closing.trim() === '') throw new Error('Say how it ended.')
    await inAccount(db, accountId, async (tx) => {
      const incident = await running(tx, id)
      const open = keepsOpen(incident)
      if (open.length > 0 && !force) {
        const tickets = open.map(({ ticketId, escalationId }) => `#${ticketId} (${escalationId})`).join(', ')
        throw new Error(
          `${id} is not over: ${tickets} ${open.length === 1 ? 'is' : 'are'} not resolved. Add --force to close it all the same.`,
        )
      }
      await tx.updateTable('incident').set({ closed_at: now, closed_by: by, closing }).where('id', '=', id).execute()
      const comment = closedComment(incident, by, closing)
      const { problemTicketId } = incident
      const told = (await tellAll(tx, incident, `${id}.closed`, comment)).filter(
        ({ ticketId }) => ticketId !== problemTicketId,
      )
      const solve =
        problemTicketId === null
          ? []
          : [
              {
                ...{ kind: 'solve-problem' as const, id: `${id}.solve`, incidentId: id, escalationId: id, comment },
                ...{ ticketId: problemTicketId, afterAuditId: 0 },
              },
            ]
      await keepAll(tx, [...told, ...solve], keeping(now))
    })
  }

  async function running(tx: AccountTransaction, id: string): Promise<Incident> {
    const incident = await readIncident(tx, id, { lock: true })
    if (!incident) throw new Error(`There is no incident ${id}.`)
    if (incident.closedAt === null) return incident
    throw new Error(`${id} was closed on ${new Date(incident.closedAt).toISOString()} by ${incident.closedBy}.`)
  }

  function telling(now: number) {
    return { accountId, now, db, calendars }
  }

  function keeping(now: number): Keeping {
    return { accountId, now, jobs }
  }
}

async function escalationOf(tx: AccountTransaction, ticketId: number) {
  const escalation = openEscalation(await readTicketState(tx, ticketId))
  if (escalation) return escalation
  throw new Error(`Ticket ${ticketId} has no open escalation. Escalate it first.`)
}

async function refuseLinked(tx: AccountTransaction, ticketId: number): Promise<void> {
  const row = await tx
    .selectFrom('incident_ticket')
    .select('incident_id')
    .where('ticket_id', '=', ticketId)
    .where('unlinked_at', 'is', null)
    .executeTakeFirst()
  if (row) throw new Error(`Ticket ${ticketId} is part of ${row.incident_id} already.`)
}
