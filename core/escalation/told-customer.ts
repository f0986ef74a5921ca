import { withSignal } from './enter-stage.ts'
import type { TicketFact } from './facts.ts'
import { momentOf } from './moments.ts'
import { isCustomerUntold } from './promises.ts'
import { openEscalation, type TicketState, withEscalation } from './state.ts'
import { type Step, unchanged } from './step.ts'

/** A public word after the fix could be had: the customer knows. */
export function toldCustomer(state: TicketState, fact: TicketFact): Step {
  const open = openEscalation(state)
  if (!open || !isCustomerUntold(open)) return unchanged(state)
  const { at, author, auditId } = fact
  const by = author && { id: author.id, name: author.name }
  return {
    state: withEscalation(state, withSignal(open, momentOf(fact), 'customer-told')),
    events: [{ kind: 'customer-told', at, escalationId: open.id, by, auditId }],
    effects: [],
  }
}
