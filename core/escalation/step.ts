import type { Effect } from './effects.ts'
import type { EscalationEvent } from './events.ts'
import type { TicketState } from './state.ts'

/** What one fact does: the state after it, what to record, what to do outside. */
export type Step = { state: TicketState; events: EscalationEvent[]; effects: Effect[] }

/** A fact that changes nothing. */
export function unchanged(state: TicketState): Step {
  return { state, events: [], effects: [] }
}
