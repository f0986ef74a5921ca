import type { Priority } from '../severity.ts'
import type { Instant } from '../units.ts'

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

/** A private comment that tells the ticket's people what fell due, all of one look in one comment. */
export type TellTicket = {
  kind: 'tell-ticket'
  id: string
  escalationId: string
  ticketId: number
  afterAuditId: number
  /** Private, always. */
  comment: string
  /** Not before this instant, because nobody is at work; null for at once. */
  notBefore: Instant | null
}

export type Effect = RouteTicket | ExplainRefusal | TellTicket
