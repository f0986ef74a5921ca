import { type Policy, type Tier, tierAt, topTier } from '../policy/policy.ts'
import type { TriggerModel } from '../policy/schema.ts'
import { Severity } from '../severity.ts'
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
  const heedsSeverity = policy.triggerModel.includes('severity')
  for (const name of Severity.options) {
    const override = policy.severityOverrides[name]
    if (!override) continue
    const matched = heedsSeverity && override.severity === severity
    if (!matched && trace === null) continue
    const reason = `Severity ${override.severity} goes to tier ${override.routeTo}`
    if (matched) floors.push({ level: override.routeTo, reason })
    if (trace === null) continue
    const rule = `severity-override:${override.severity}`
    if (!heedsSeverity) trace.push(unheeded(rule, reason, 'severity'))
    else {
      const set: Record<string, string> = { tier: String(override.routeTo) }
      if (override.notification) set.notification = override.notification
      trace.push(compared(rule, reason, 'severity', override.severity, severity, set))
    }
  }

  const category = facts['note.category'] ?? null
  for (const { id, severity: least, queue: queueId } of policy.categories) {
    if (category !== id && trace === null) continue
    const queue = queueId === null ? undefined : policy.queueById[queueId]
    if (least === null && !queue) continue
    const reason = queue ? `Category ${id} belongs to ${queue.name}` : `Category ${id} is at least ${least}`
    if (category === id && queue) floors.push({ level: queue.tier, reason })
    const set: Record<string, string> = {}
    if (least) set.severity = least
    if (queue) set.queue = queue.id
    trace?.push(compared(`category:${id}`, reason, 'note.category', id, category, set))
  }

  const customerTier = facts['customer.tier'] ?? null
  const heedsCustomer = policy.triggerModel.includes('customer_tier')
  for (const { id, name, atLeastTier } of policy.customerTiers) {
    if (atLeastTier === null) continue
    const matched = heedsCustomer && customerTier === id
    if (!matched && trace === null) continue
    const reason = `${name} customers go to tier ${atLeastTier} at least`
    if (matched) floors.push({ level: atLeastTier, reason })
    const rule = `customer-tier:${id}`
    if (!heedsCustomer) trace?.push(unheeded(rule, reason, 'customer_tier'))
    else trace?.push(compared(rule, reason, 'customer.tier', id, customerTier, { tier: String(atLeastTier) }))
  }
  return floors
}

/** What `is` a value sets; traced as a rule of one condition. */
function compared(
  rule: string,
  title: string,
  field: string,
  value: string,
  observed: Observed,
  set: Record<string, string>,
): RuleTrace {
  const held = observed === value
  const all = [{ field, operator: 'is', value, observed, held }]
  return { rule, title, matched: held, set: held ? set : {}, all, any: [], skipped: null }
}

function unheeded(rule: string, title: string, trigger: TriggerModel): RuleTrace {
  const skipped = `The trigger model does not name "${trigger}"`
  return { rule, title, matched: false, set: {}, all: [], any: [], skipped }
}
