import type { GoneFact, TicketFact } from './facts.ts'
import { openEscalation, type TicketState, withEscalation } from './state.ts'
import { type Step, unchanged } from './step.ts'

const ENDS = ['closed', 'deleted']

/** The ticket moved, closed, or was merged away. Only matters while an escalation is open. */
export function evolveTicket(state: TicketState, { at, author, auditId, change }: TicketFact): Step {
  const open = openEscalation(state)
  if (!open) return unchanged(state)
  const by = author && { id: author.id, name: author.name }

  switch (change.what) {
    case 'group':
      return {
        state,
        events: [{ kind: 'moved', at, escalationId: open.id, by, auditId, toGroupId: change.to }],
        effects: [],
      }
    case 'merged':
      return end(state, { at, by, auditId, status: 'merged' })
    case 'status':
      return ENDS.includes(change.to) ? end(state, { at, by, auditId, status: change.to }) : unchanged(state)
  }
}

/** Zendesk no longer shows the ticket, so nothing more can come of its escalation. */
export function evolveGone(state: TicketState, { at }: GoneFact): Step {
  return end(state, { at, by: null, auditId: null, status: 'deleted' })
}

type Ending = { at: number; by: { id: number; name: string } | null; auditId: number | null; status: string }

/** Closes the open escalation; a route that has not arrived shows that it no longer can. */
function end(state: TicketState, ending: Ending): Step {
  const open = openEscalation(state)
  if (!open) return unchanged(state)
  const isUnderWay = open.routing.state === 'pending' || open.routing.state === 'failed'
  const routing = isUnderWay
    ? {
        ...open.routing,
        state: 'refused' as const,
        reason: `ticket-${ending.status}`,
        detail: `The ticket was ${ending.status} before it could be routed. Escalate from a follow-up ticket if it is still needed.`,
      }
    : open.routing
  return {
    state: withEscalation(state, { ...open, stage: 'closed', routing }),
    events: [{ kind: 'ticket-ended', escalationId: open.id, ...ending }],
    effects: [],
  }
}
