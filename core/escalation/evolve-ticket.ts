import { tellsOfFix } from '../customer/words.ts'
import { assigned } from './accept.ts'
import { evolveMove } from './bare-move.ts'
import { endEscalation } from './end.ts'
import type { Means, TicketFact } from './facts.ts'
import { momentOf, recorded } from './moments.ts'
import type { TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'
import { toldCustomer } from './told-customer.ts'

/**
 * The ticket was changed. What moves its clocks is kept whether or not an escalation is open, as one may come later; the
 * end of the ticket is the end of its escalation.
 */
export function evolveTicket(state: TicketState, fact: TicketFact, means: Means): Step {
  const { author, auditId, change } = fact
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
      return change.signal === 'agent-replied'
        ? toldCustomer(recorded(state, { ...moment, what: 'replied' }), fact)
        : unchanged(recorded(state, { ...moment, what: 'customer-spoke' }))
    case 'told': {
      const told = recorded(state, { ...moment, what: 'told' })
      return tellsOfFix(change.message) ? toldCustomer(told, fact) : unchanged(told)
    }
    case 'follow-up': {
      const { moments, status } = change
      const goesOn = recorded(
        { ...state, moments: [...moments, ...state.moments] },
        { ...moment, what: 'follow-up', status },
      )
      return unchanged(goesOn)
    }
    case 'assigned':
      return assigned(state, fact, change.to, change.name)
    case 'group':
      return evolveMove(state, fact, change.to, means, change.move)
  }
}
