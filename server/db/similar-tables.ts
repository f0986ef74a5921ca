/** Last number given to a change of a case, per account. */
export type SimilarNumberTable = { account_id: number; last: number }

/** An escalation that was resolved, as others are likened to it. */
export type SimilarCaseTable = {
  account_id: number
  escalation_id: string
  /** Of its last change; a server that has read up to a number has missed nothing before it. */
  number: number
  ticket_id: number
  summary: string
  body: string
  errors: string
  component: string | null
  category: string | null
  severity: string
  tier: number
  queue: string
  code: string
  root_cause: string
  fix: string
  article: string
  article_url: string | null
  could_be_lower: boolean | null
  requested_at: number
  resolved_at: number
  resolved_by: string
  /** Its ticket was deleted; the texts are empty then. */
  is_gone: boolean
}

/** What an agent said of what was shown in a ticket, the last word on each. */
export type SimilarAnswerTable = {
  account_id: number
  ticket_id: number
  /** Id of a past escalation, or `component`, `severity`, `tier` for a suggestion. */
  subject: string
  answer: 'not-same' | 'taken' | 'refused'
  /** What was suggested. */
  suggested: string | null
  at: number
}

/** Somebody found that a ticket has the problem of a past escalation. */
export type SameProblemTable = {
  account_id: number
  ticket_id: number
  command_id: string
  /** The past one. */
  escalation_id: string
  /** No escalation was open, and none was begun: deflected. */
  stopped: boolean
  by_id: number
  by_name: string
  at: number
}
