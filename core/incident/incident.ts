import type { Stage } from '../contract/api.ts'
import type { Instant } from '../units.ts'

/** A ticket in a major incident, with where its escalation stands. */
export type IncidentTicket = {
  ticketId: number
  escalationId: string
  stage: Stage | null
  linkedAt: Instant
  linkedBy: string
}

export type IncidentUpdate = { number: number; text: string; toCustomers: boolean; by: string; at: Instant }

/** One major incident for many tickets. */
export type Incident = {
  /** `INC-2026-0001` */
  id: string
  title: string
  component: string
  severity: string
  bridgeUrl: string | null
  /** Null until Zendesk has made it. */
  problemTicketId: number | null
  openedAt: Instant
  openedBy: string
  closedAt: Instant | null
  closedBy: string | null
  closing: string | null
  tickets: IncidentTicket[]
  updates: IncidentUpdate[]
}

const AT_REST: readonly (Stage | null)[] = ['resolved', 'monitoring', 'closed', 'rejected', null]

/** What keeps an incident from being closed: tickets whose escalation nobody has resolved. */
export function keepsOpen({ tickets }: Pick<Incident, 'tickets'>): IncidentTicket[] {
  return tickets.filter(({ stage }) => !AT_REST.includes(stage))
}

/** Told in a ticket that becomes part of an incident. Private. */
export function linkedComment(
  { id, title, bridgeUrl }: Pick<Incident, 'id' | 'title' | 'bridgeUrl'>,
  { problemTicketId, by }: { problemTicketId: number; by: string },
): string {
  return [
    `This ticket is part of the major incident ${id}: ${title}`,
    '',
    `Problem ticket: #${problemTicketId}`,
    ...(bridgeUrl === null ? [] : [`Bridge: ${bridgeUrl}`]),
    `Linked by ${by}. If it is about something else: baton incident unlink ${id} --ticket <number>`,
  ].join('\n')
}

export function unlinkedComment({ id, title }: Pick<Incident, 'id' | 'title'>, by: string): string {
  return `This ticket is no longer part of the major incident ${id}: ${title}\n\nTaken out by ${by}.`
}

/** An update in each ticket. Private: customers are told by a template. */
export function updateComment({ id, bridgeUrl }: Pick<Incident, 'id' | 'bridgeUrl'>, update: IncidentUpdate): string {
  const bridge = bridgeUrl === null ? '' : `\n\nBridge: ${bridgeUrl}`
  return `${id}, update ${update.number} by ${update.by}:\n\n${update.text.trim()}${bridge}`
}

export function closedComment({ id }: Pick<Incident, 'id'>, by: string, closing: string): string {
  return `The major incident ${id} is closed, says ${by}:\n\n${closing.trim()}`
}

/** What the problem ticket says first. Private. */
export function problemComment({ id, title, severity, component, bridgeUrl }: Incident): string {
  return [
    `Major incident ${id}: ${title}`,
    '',
    `Severity: ${severity}`,
    `About: ${component.replace(/^queue:/, 'queue ')}`,
    ...(bridgeUrl === null ? [] : [`Bridge: ${bridgeUrl}`]),
    '',
    'Every ticket of the same component that is escalated meanwhile becomes an incident of this problem.',
  ].join('\n')
}
