import { type Policy, type Tier, tierAt, topTier } from '../policy/policy.ts'
import type { Severity } from '../severity.ts'
import type { Verdict } from './apply-rules.ts'
import type { DecisionFacts, Observed, RuleTrace } from './decision.ts'

export type TierChoice = { tier: Tier; reasons: string[] }

/** Something that asks for a tier of at least some level. */
type Floor = { level: number; reason: string }

/**
 * Chooses the tier. A rule, or else the step up from the current tier, proposes; severity overrides, the queue of the
 * category and the customer's tier can only raise it, which is how tiers are skipped. The answer is always above the
 * current tier, except at the top, where the ticket stays.
 */
export function chooseTier(
  policy: Policy,
  facts: DecisionFacts,
  severity: Severity,
  verdict: Verdict,
  trace: RuleTrace[] | null,
): TierChoice {
  const top = topTier(policy)
  const current = typeof facts.current_tier === 'number' ? facts.current_tier : policy.tiers[0]!.level
  const here = tierAt(policy, current)
  const step = here ? here.next : (policy.tiers.find(({ level }) => level > current)?.level ?? null)
  if (step === null) {
    collectFloors(policy, facts, severity, trace)
    return { tier: top, reasons: [`Tier ${top.level} is the highest; the ticket stays there`] }
  }

  const floors = collectFloors(policy, facts, severity, trace)
  const reasons: string[] = []
  let level = step
  if (verdict.tier !== null && verdict.tier > current) {
    level = verdict.tier
    floors.push({ level, reason: `"${verdict.by.tier!.title}" sends it to tier ${level}` })
  }
  for (const floor of floors) level = Math.max(level, floor.level)

  for (const floor of floors) if (floor.level === level) reasons.push(floor.reason)
  if (reasons.length === 0) reasons.push(`Tier ${current} hands over to tier ${level}`)
  return { tier: tierAt(policy, level) ?? top, reasons }
}

function collectFloors(policy: Policy, facts: DecisionFacts, severity: Severity, trace: RuleTrace[] | null): Floor[] {
  const floors: Floor[] = []
  for (const override of Object.values(policy.severityOverrides)) {
    const isUsed = policy.triggerModel.includes('severity')
    const matched = isUsed && override.severity === severity
    const reason = `Severity ${override.severity} goes to tier ${override.routeTo}`
    if (matched) floors.push({ level: override.routeTo, reason })
    if (!trace) continue
    const set: Record<string, string> = matched ? { tier: String(override.routeTo) } : {}
    if (matched && override.notification) set.notification = override.notification
    trace.push(
      entry(`severity-override:${override.severity}`, reason, 'severity', override.severity, severity, matched, set, {
        skipped: isUsed ? null : 'The trigger model does not name "severity"',
      }),
    )
  }

  const category = facts['note.category'] ?? null
  for (const { id, severity: least, queue: queueId } of policy.categories) {
    const queue = queueId === null ? undefined : policy.queueById[queueId]
    if (least === null && !queue) continue
    const matched = category === id
    const reason = queue ? `Category ${id} belongs to ${queue.name}` : `Category ${id} is at least ${least}`
    if (matched && queue) floors.push({ level: queue.tier, reason })
    if (!trace) continue
    const set: Record<string, string> = {}
    if (matched && least) set.severity = least
    if (matched && queue) set.queue = queue.id
    trace.push(entry(`category:${id}`, reason, 'note.category', id, category, matched, set))
  }

  const customerTier = facts['customer.tier'] ?? null
  for (const { id, name, atLeastTier } of policy.customerTiers) {
    if (atLeastTier === null) continue
    const isUsed = policy.triggerModel.includes('customer_tier')
    const matched = isUsed && customerTier === id
    const reason = `${name} customers go to tier ${atLeastTier} at least`
    if (matched) floors.push({ level: atLeastTier, reason })
    if (!trace) continue
    trace.push(
      entry(
        `customer-tier:${id}`,
        reason,
        'customer.tier',
        id,
        customerTier,
        matched,
        matched ? { tier: String(atLeastTier) } : {},
        {
          skipped: isUsed ? null : 'The trigger model does not name "customer_tier"',
        },
      ),
    )
  }
  return floors
}

function entry(
  rule: string,
  title: string,
  field: string,
  value: Observed,
  observed: Observed,
  matched: boolean,
  set: Record<string, string>,
  { skipped = null }: { skipped?: string | null } = {},
): RuleTrace {
  const all = skipped === null ? [{ field, operator: 'is', value, observed, held: matched }] : []
  return { rule, title, matched, set, all, any: [], skipped }
}
