import type { Means, SaidFact } from './facts.ts'
import type { TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'

export function evolveSaid(state: TicketState, _fact: SaidFact, _means: Means): Step {
  return unchanged(state)
}
