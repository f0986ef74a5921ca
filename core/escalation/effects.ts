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
  /** Name of the Zendesk group that takes over; null leaves the group as it is. */
  group: string | null
  /** Who is to have it there; `keep` leaves that as it is. Somebody who is no longer in the group is left out. */
  assignee: number | null | 'keep'
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

/** Baton's own fields of the ticket follow the escalation, without a word: whoever changed it has said all. */
export type ShowStage = {
  kind: 'show-stage'
  id: string
  escalationId: string
  ticketId: number
  afterAuditId: number
  /** As for `route-ticket`. */
  fields: Record<string, string>
  /** Whoever took it over just now: they are assigned where nobody is, if they are in the ticket's group. */
  owner?: number
  comment?: never
}

export type Effect = RouteTicket | ExplainRefusal | TellTicket | ShowStage

/** Effects that say something in the ticket. */
export type SpokenEffect = Exclude<Effect, ShowStage>
