import { accept } from './accept.ts'
import { endEscalation } from './end.ts'
import type { Means, TicketFact } from './facts.ts'
import { momentOf, recorded } from './moments.ts'
import { openEscalation, type TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'

/**
 * The ticket was changed. What moves its clocks is kept whether or not an escalation is open, as one may come later; the
 * end of the ticket is the end of its escalation.
 */
export function evolveTicket(state: TicketState, fact: TicketFact, means: Means): Step {
  const { at, author, auditId, change } = fact
  const by = author && { id: author.id, name: author.name }
  const moment = momentOf(fact)

  switch (change.what) {
    case 'created':
      return unchanged(recorded(state, { ...moment, what: 'created', status: change.status }))
    case 'status': {
      const { to } = change
      if (to !== 'closed' && to !== 'deleted')
        return unchanged(recorded(state, { ...moment, what: 'status', status: to }))
      return endEscalation(state, { ...moment, auditId, person: by, why: to }, means)
    }
    case 'merged':
      return endEscalation(state, { ...moment, auditId, person: by, why: 'merged' }, means)
    case 'comment':
      return unchanged(
        recorded(state, { ...moment, what: change.signal === 'agent-replied' ? 'replied' : 'customer-spoke' }),
      )
    case 'follow-up': {
      const { moments, status } = change
      const goesOn = recorded(
        { ...state, moments: [...moments, ...state.moments] },
        { ...moment, what: 'follow-up', status },
      )
      return unchanged(goesOn)
    }
    case 'assigned':
      return change.to === null ? unchanged(state) : accept(state, fact)
    case 'group': {
      const open = openEscalation(state)
      if (!open) return unchanged(state)
      const event = { kind: 'moved' as const, at, escalationId: open.id, by, auditId, toGroupId: change.to }
      return { state, events: [event], effects: [] }
    }
  }
}
