import type { UrgencyRule } from '../policy/policy.ts'
import type { RuleTrace, Urgency, UrgencyPoint } from './decision.ts'
import { matches, traceMatch, type View } from './match.ts'

/** Adds up the named points that apply; the sum is held between 0 and 100. */
export function urgencyOf(rules: readonly UrgencyRule[], view: View, trace: RuleTrace[] | null): Urgency {
  const points: UrgencyPoint[] = []
  const missed: UrgencyPoint[] = []
  let sum = 0
  for (const rule of rules) {
    const { point } = rule
    const tried = trace === null ? null : traceMatch(rule, view)
    const matched = tried === null ? matches(rule, view) : tried.matched
    if (matched) {
      points.push(point)
      sum += point.points
    } else {
      missed.push(point)
    }
    if (!tried) continue
    const set: Record<string, string> = matched ? { points: String(point.points) } : {}
    trace!.push({
      rule: `urgency:${point.id}`,
      title: point.title,
      matched,
      set,
      all: tried.all,
      any: tried.any,
      skipped: null,
    })
  }
  return { score: Math.min(100, Math.max(0, sum)), points, missed }
}
