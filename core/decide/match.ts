import type { Conditions } from '../policy/policy.ts'
import type { CompiledCondition } from './conditions.ts'
import type { ConditionTrace, DecisionFacts, Observed, RuleTrace } from './decision.ts'

/** As Zendesk: every `all` holds and, when there are any, at least one `any`. */
export function matches({ all, any }: Conditions, facts: DecisionFacts): boolean {
  for (const condition of all) if (!condition.holds(facts)) return false
  if (any.length === 0) return true
  for (const condition of any) if (condition.holds(facts)) return true
  return false
}

/** The same answer, with every condition tried and what it saw. */
export function traceMatch({ all, any }: Conditions, facts: DecisionFacts): Pick<RuleTrace, 'matched' | 'all' | 'any'> {
  const tracedAll = all.map((condition) => traceCondition(condition, facts))
  const tracedAny = any.map((condition) => traceCondition(condition, facts))
  const matched = tracedAll.every(({ held }) => held) && (any.length === 0 || tracedAny.some(({ held }) => held))
  return { matched, all: tracedAll, any: tracedAny }
}

function traceCondition(condition: CompiledCondition, facts: DecisionFacts): ConditionTrace {
  const { field, operator, value } = condition
  return { field, operator, value, observed: shown(facts[field] ?? null), held: condition.holds(facts) }
}

const MAX_SHOWN = 200

/** A long text is cut for the trace, and says so; the condition saw all of it. */
function shown(observed: Observed): Observed {
  if (typeof observed !== 'string' || observed.length <= MAX_SHOWN) return observed
  return `${observed.slice(0, MAX_SHOWN)}… (${observed.length} characters)`
}
