import type { Priority } from '../severity.ts'

/** One safe update of the ticket that carries a decision: group, priority, tags, fields and a private explanation. */
export type RouteTicket = {
  kind: 'route-ticket'
  /** Same inputs, same id: doing it twice is doing it once. */
  id: string
  escalationId: string
  ticketId: number
  /** The audit it follows from; the one it leaves comes later. */
  afterAuditId: number
  /** Name of the Zendesk group that takes over, with nobody assigned; null leaves group and assignee as they are. */
  group: string | null
  /** At least this; a higher one the ticket already has is kept. */
  priority: Priority
  addTags: string[]
  removeTags: string[]
  /** Keys of Baton's own ticket fields (`tier`, `queue`, `stage`, `severity`, `urgency`, `escalation_id`) → value. */
  fields: Record<string, string>
  /** Private, always. */
  comment: string
}

/** A private comment that tells a person why their command was refused. */
export type ExplainRefusal = {
  kind: 'explain-refusal'
  id: string
  escalationId: string | null
  ticketId: number
  afterAuditId: number
  /** Private, always. */
  comment: string
}

export type Effect = RouteTicket | ExplainRefusal
