import type { Conditions, Policy } from '../policy/policy.ts'
import type { CompiledCondition } from './conditions.ts'
import type { ConditionTrace, DecisionFacts, Observed, RuleTrace } from './decision.ts'

/** What a policy's conditions see, each field once; looking facts up by name for every condition costs twice as much. */
export type View = { facts: DecisionFacts; seen: readonly Observed[] }

export function viewOf(policy: Policy, facts: DecisionFacts): View {
  return { facts, seen: policy.fields.map((field) => facts[field] ?? null) }
}

/** As Zendesk: every `all` holds and, when there are any, at least one `any`. */
export function matches({ all, any }: Conditions, { facts, seen }: View): boolean {
  for (const condition of all) if (!condition.test(seen[condition.slot]!, facts)) return false
  if (any.length === 0) return true
  for (const condition of any) if (condition.test(seen[condition.slot]!, facts)) return true
  return false
}

/** The same answer, with every condition tried and what it saw. */
export function traceMatch({ all, any }: Conditions, view: View): Pick<RuleTrace, 'matched' | 'all' | 'any'> {
  const tracedAll: ConditionTrace[] = []
  const tracedAny: ConditionTrace[] = []
  let holdsAll = true
  let holdsAny = any.length === 0
  for (const condition of all) {
    const traced = traceCondition(condition, view)
    tracedAll.push(traced)
    if (!traced.held) holdsAll = false
  }
  for (const condition of any) {
    const traced = traceCondition(condition, view)
    tracedAny.push(traced)
    if (traced.held) holdsAny = true
  }
  return { matched: holdsAll && holdsAny, all: tracedAll, any: tracedAny }
}

function traceCondition(condition: CompiledCondition, { facts, seen }: View): ConditionTrace {
  const { field, slot, operator, value, test } = condition
  const observed = seen[slot]!
  return { field, operator, value, observed: shown(observed), held: test(observed, facts) }
}

const MAX_SHOWN = 200

/** A long text is cut for the trace, and says so; the condition saw all of it. */
function shown(observed: Observed): Observed {
  if (typeof observed !== 'string' || observed.length <= MAX_SHOWN) return observed
  return `${observed.slice(0, MAX_SHOWN)}… (${observed.length} characters)`
}
