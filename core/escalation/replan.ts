import { deadlineMoves } from './deadlines.ts'
import type { Means, ReplanFact } from './facts.ts'
import { withPlan } from './hand-over.ts'
import { momentAfter } from './moments.ts'
import { respondByOf } from './respond-by.ts'
import { openEscalation, presentHandOver, type TicketState, withEscalation } from './state.ts'
import { type Step, unchanged } from './step.ts'

/**
 * The open escalation counts by a newer policy from now on: what was counted stays, what is decided stays decided, and
 * each old deadline is kept in the record. A plan for another tier than the one that has it says nothing here.
 */
export function evolveReplan(state: TicketState, { at, by, plan }: ReplanFact, means: Means): Step {
  const open = openEscalation(state)
  if (!open) return unchanged(state)
  const present = presentHandOver(open)
  const planned = withPlan(present, plan, momentAfter(state, at, by))
  if (present.tier !== plan.tier || planned === present) return unchanged(state)

  const after = withEscalation(state, {
    ...open,
    handOvers: [...open.handOvers.slice(0, -1), planned],
    respondBy: respondByOf(plan, present.at, means.calendarOf),
  })
  const why = `Policy ${plan.policyVersion}, applied to open escalations by ${by}`
  return { ...unchanged(after), events: deadlineMoves(state, after, at, means.calendarOf, why) }
}
