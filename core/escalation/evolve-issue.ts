import type { IssueFact } from '../engineering/issue-fact.ts'
import type { TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'

export function evolveIssue(state: TicketState, _fact: IssueFact): Step {
  return unchanged(state)
}
