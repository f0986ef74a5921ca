import { raiseOf } from '../../core/decide/raise.ts'
import type { Raise } from '../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'

/** Where the escalation would go by itself, by the policy that its time is counted by. */
export async function raiseFor(
  state: TicketState,
  at: Instant,
  policyOf: (version: string) => Promise<Policy>,
): Promise<Raise | null> {
  const open = openEscalation(state)
  const plan = open?.handOvers.at(-1)?.plans.at(-1)?.plan
  if (!open || !plan) return null
  return raiseOf(await policyOf(plan.policyVersion), { decision: open.decision, plan }, at)
}
