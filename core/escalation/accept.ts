import type { TicketFact } from './facts.ts'
import { momentOf } from './moments.ts'
import { openEscalation, type RoutingState, type TicketState, withEscalation } from './state.ts'
import { type Step, unchanged } from './step.ts'

/**
 * Somebody was made responsible for a ticket that has arrived where it was sent: the tier has accepted it. Before it
 * arrived, an assignee says nothing about the tier.
 */
export function accept(state: TicketState, fact: TicketFact): Step {
  const { at, author, auditId } = fact
  const open = openEscalation(state)
  if (open?.stage !== 'requested' || !hasArrived(open.routing)) return unchanged(state)
  if (!author || author.role === 'end-user') return unchanged(state)

  const signals = [...open.signals, { ...momentOf(fact), signal: 'accepted' as const }]
  const by = { id: author.id, name: author.name }
  return {
    state: withEscalation(state, { ...open, stage: 'accepted', stageSince: at, signals }),
    events: [{ kind: 'accepted', at, escalationId: open.id, by, auditId }],
    effects: [],
  }
}

function hasArrived({ state }: RoutingState): boolean {
  return state === 'done' || state === 'differs'
}
