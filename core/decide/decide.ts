import { optionTag } from '../contract/option-tag.ts'
import type { CustomerTier, Policy, Tier } from '../policy/policy.ts'
import { PRIORITIES, type Priority, Severity } from '../severity.ts'
import { applyRules, type Verdict } from './apply-rules.ts'
import type { Decision, DecisionFacts, RuleTrace } from './decision.ts'
import { viewOf } from './match.ts'
import { higher } from './orders.ts'
import { chooseQueue } from './queue.ts'
import { targetsOf } from './targets.ts'
import { chooseTier } from './tier.ts'
import { urgencyOf } from './urgency.ts'

/**
 * Decides where an escalation goes and how urgent it is. Pure: the same policy and facts always give the same answer.
 *
 * In order: severity (the worse of note and category, unless a rule sets it) → rules → tier (`chooseTier`) → queue
 * (`chooseQueue`) → urgency, with the severity that was settled → priority (of the severity or the rule; never below
 * what the ticket has or the customer is due) → targets.
 *
 * @param options.trace false leaves the trace empty, which is several times faster; the answer is the same
 */
export function decide(policy: Policy, facts: DecisionFacts, options: { trace?: boolean } = {}): Decision {
  const trace: RuleTrace[] | null = options.trace === false ? null : []
  const view = viewOf(policy, facts)
  const verdict = applyRules(policy, view, trace)
  const severity = verdict.severity ?? Severity.options.find((option) => option === facts.severity) ?? 'P3'
  const settled = severity === facts.severity ? facts : { ...facts, severity }

  const { tier, reasons: tierReasons } = chooseTier(policy, settled, severity, verdict, trace)
  const { queue, reasons: queueReasons } = chooseQueue(policy, settled, tier, verdict, trace)
  const urgency = urgencyOf(policy.urgency, settled === facts ? view : viewOf(policy, settled), trace)
  const customer = policy.customerTiers.find(({ id }) => id === facts['customer.tier'])
  const targets = targetsOf(tier, severity, customer?.id ?? null, verdict.targets)

  return {
    tier: tier.level,
    tierName: tier.name,
    queue: queue.id,
    queueName: queue.name,
    group: queue.group,
    severity,
    urgency,
    priority: priorityOf(policy, facts, severity, verdict, customer),
    tags: unique([optionTag('tier', tier.level), optionTag('queue', queue.id), ...queue.tags, ...verdict.tags]),
    targets,
    notification: policy.triggerModel.includes('severity')
      ? (policy.severityOverrides[severity]?.notification ?? null)
      : null,
    stakeholders: [...tier.stakeholders],
    reasons: unique([
      ...tierReasons,
      ...severityReasons(policy, facts, severity, verdict),
      ...queueReasons,
      ...otherReasons(tier, verdict),
      urgencyReason(urgency),
    ]),
    policyVersion: policy.version,
    trace: trace ?? [],
  }
}

function unique(texts: string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) === index)
}

function priorityOf(
  policy: Policy,
  facts: DecisionFacts,
  severity: Severity,
  verdict: Verdict,
  customer: CustomerTier | undefined,
): Priority {
  const now = PRIORITIES.find((priority) => priority === facts.priority) ?? null
  const due = verdict.priority ?? policy.severities[severity].priority
  return higher(higher(due, customer?.atLeastPriority ?? null), now)
}

function severityReasons(policy: Policy, facts: DecisionFacts, severity: Severity, verdict: Verdict): string[] {
  if (verdict.by.severity) return [`"${verdict.by.severity.title}" makes it ${severity}`]
  const category = policy.categories.find(({ id }) => id === facts['note.category'])
  if (category?.severity === severity && facts['note.severity'] !== severity) {
    return [`Category ${category.id} makes it at least ${severity}`]
  }
  if (facts['note.severity'] === null && !category?.severity)
    return [`No severity was named, so it counts as ${severity}`]
  return []
}

function otherReasons(tier: Tier, verdict: Verdict): string[] {
  const reasons: string[] = []
  for (const rule of verdict.waiting) reasons.push(`"${rule.title}" waits for the approval of ${rule.set.approval}`)
  const target = verdict.by.first_response ?? verdict.by.resolution_target
  if (target) reasons.push(`"${target.title}" sets its targets`)
  if (verdict.by.priority) reasons.push(`"${verdict.by.priority.title}" sets its priority`)
  if (tier.stakeholders.length > 0) reasons.push(`Stakeholders of tier ${tier.level}: ${tier.stakeholders.join(', ')}`)
  return reasons
}

function urgencyReason({ score, points }: Decision['urgency']): string {
  if (points.length === 0) return `Urgency ${score} of 100`
  const parts = points
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, 3)
    .map(({ title, points: worth }) => `${title} (${worth > 0 ? '+' : ''}${worth})`)
  return `Urgency ${score} of 100: ${parts.join(', ')}`
}
