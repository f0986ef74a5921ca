/** Makes the problem ticket of a major incident, unless it was made already. Private: its first comment is not public. */
export type OpenProblem = {
  kind: 'open-problem'
  id: string
  incidentId: string
  escalationId: string
  /** The ticket it began with; the problem is another one. */
  ticketId: number
  afterAuditId: number
}

/** Makes a ticket an incident of the problem, or no longer one, and says so in a private comment. */
export type LinkIncident = {
  kind: 'link-incident' | 'unlink-incident'
  id: string
  incidentId: string
  escalationId: string
  ticketId: number
  afterAuditId: number
  /** Private, always. */
  comment: string
}

/** Solves the problem ticket, if none of its incidents is open any more: Zendesk solves those with it. */
export type SolveProblem = {
  kind: 'solve-problem'
  id: string
  incidentId: string
  escalationId: string
  /** The problem. */
  ticketId: number
  afterAuditId: number
  /** Private, always. */
  comment: string
}

/** What is done in Zendesk for a major incident. */
export type IncidentEffect = OpenProblem | LinkIncident | SolveProblem
