import type { UrgencyRule } from '../policy/policy.ts'
import type { DecisionFacts, RuleTrace, Urgency, UrgencyPoint } from './decision.ts'
import { matches, traceMatch } from './match.ts'

/** Adds up the named points that apply; the sum is held between 0 and 100. */
export function urgencyOf(rules: readonly UrgencyRule[], facts: DecisionFacts, trace: RuleTrace[] | null): Urgency {
  const points: UrgencyPoint[] = []
  const missed: UrgencyPoint[] = []
  let sum = 0
  for (const rule of rules) {
    const { id, title, points: worth } = rule
    const tried = trace && traceMatch(rule, facts)
    const matched = tried ? tried.matched : matches(rule, facts)
    const target = matched ? points : missed
    target.push({ id, title, points: worth })
    if (matched) sum += worth
    if (tried) {
      trace.push({
        rule: `urgency:${id}`,
        title,
        ...tried,
        set: matched ? { points: String(worth) } : {},
        skipped: null,
      })
    }
  }
  return { score: Math.min(100, Math.max(0, sum)), points, missed }
}
