import { writeInstant } from '../../core/escalation/write-instant.ts'
import type { Incident } from '../../core/incident/incident.ts'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { listIncidents, readIncident } from '../incident/store.ts'
import { table } from './table.ts'

type Shape = { json: boolean }

export async function showIncidents(
  { db, account }: Context,
  { all, json }: Shape & { all: boolean },
): Promise<string> {
  const incidents = await inAccount(db, account.id, (tx) => listIncidents(tx, { all }))
  if (json) return JSON.stringify(incidents, null, 2)
  if (incidents.length === 0) return all ? 'There was no major incident yet.' : 'No major incident is open.'
  const rows = incidents.map((one) => [
    ...[
      one.id,
      one.severity,
      String(one.tickets.length),
      problemOf(one),
      writeInstant(one.openedAt),
      stateOf(one),
      one.title,
    ],
  ])
  return table(['INCIDENT', 'SEVERITY', 'TICKETS', 'PROBLEM', 'SINCE', 'STATE', 'TITLE'], rows)
}

/** @throws with a message for whoever named one that is none */
export async function showIncident({ db, account }: Context, id: string, { json }: Shape): Promise<string> {
  const incident = await inAccount(db, account.id, (tx) => readIncident(tx, id))
  if (!incident) throw new Error(`There is no incident ${id}. baton incident list --all names those there were.`)
  if (json) return JSON.stringify(incident, null, 2)
  const tickets = incident.tickets.map((one) => [
    ...[`#${one.ticketId}`, one.escalationId, one.stage ?? 'unknown', writeInstant(one.linkedAt), one.linkedBy],
  ])
  const updates = incident.updates.map(({ number, at, by, text, toCustomers }) => [
    ...[String(number), writeInstant(at), by, toCustomers ? 'yes' : 'no', text.replace(/\s+/g, ' ')],
  ])
  return [
    `${incident.id} (${incident.severity}): ${incident.title}`,
    `Since ${writeInstant(incident.openedAt)}, opened by ${incident.openedBy}; problem ${problemOf(incident)}; ${stateOf(incident)}`,
    ...(incident.bridgeUrl === null ? [] : [`Bridge: ${incident.bridgeUrl}`]),
    ...(incident.closing === null ? [] : [`Closed by ${incident.closedBy}: ${incident.closing}`]),
    '',
    table(['TICKET', 'ESCALATION', 'STAGE', 'LINKED', 'BY'], tickets),
    ...(updates.length > 0 ? ['', table(['UPDATE', 'AT', 'BY', 'CUSTOMERS', 'TEXT'], updates)] : []),
  ].join('\n')
}

function problemOf({ problemTicketId }: Incident): string {
  return problemTicketId === null ? 'not made yet' : `#${problemTicketId}`
}

function stateOf({ closedAt }: Incident): string {
  return closedAt === null ? 'open' : `closed ${writeInstant(closedAt)}`
}
