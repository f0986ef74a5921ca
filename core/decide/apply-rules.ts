import type { Policy, Rule, TargetMinutes } from '../policy/policy.ts'
import type { Priority, Severity } from '../severity.ts'
import type { DecisionFacts, RuleTrace } from './decision.ts'
import { matches, traceMatch, type View } from './match.ts'

/** What the rules set together, and which rule set it. */
export type Verdict = {
  tier: number | null
  queue: string | null
  severity: Severity | null
  priority: Priority | null
  targets: TargetMinutes
  tags: string[]
  /** What was set → the rule that set it. */
  by: Partial<Record<'tier' | 'queue' | 'severity' | 'priority' | 'first_response' | 'resolution_target', Rule>>
  /** Rules that matched but wait for somebody's approval. */
  waiting: Rule[]
}

/**
 * Tries every rule in the order of the policy. Each thing a rule may set (tier, queue, severity, priority, each of the
 * two targets) is set by the first matching rule that names it; a queue names its tier too. Tags of all matching rules
 * add up. A rule that needs an approval sets nothing until the facts' `approvals` name it.
 */
export function applyRules(policy: Policy, view: View, trace: RuleTrace[] | null): Verdict {
  const verdict: Verdict = {
    tier: null,
    queue: null,
    severity: null,
    priority: null,
    targets: { firstResponse: null, resolution: null },
    tags: [],
    by: {},
    waiting: [],
  }
  for (const rule of policy.rules) {
    const { id, title, active } = rule
    if (!active) {
      trace?.push({ rule: id, title, matched: false, set: {}, all: [], any: [], skipped: 'Not active' })
      continue
    }
    const tried = trace === null ? null : traceMatch(rule, view)
    if (tried === null ? !matches(rule, view) : !tried.matched) {
      if (tried)
        trace!.push({ rule: id, title, matched: false, set: {}, all: tried.all, any: tried.any, skipped: null })
      continue
    }
    const isWaiting = rule.set.approval !== null && !isApproved(rule, view.facts)
    if (isWaiting) verdict.waiting.push(rule)
    const set = isWaiting ? {} : setBy(rule, verdict)
    if (!tried) continue
    let skipped: string | null = null
    if (isWaiting) skipped = WAITS_FOR + rule.set.approval
    else if (Object.keys(set).length === 0) skipped = 'An earlier rule set all of this'
    trace!.push({ rule: id, title, matched: true, set, all: tried.all, any: tried.any, skipped })
  }
  return verdict
}

function isApproved(rule: Rule, facts: DecisionFacts): boolean {
  return Array.isArray(facts.approvals) && facts.approvals.includes(rule.id)
}

function setBy(rule: Rule, verdict: Verdict): Record<string, string> {
  const set: Record<string, string> = {}
  const { by } = verdict
  if (rule.set.tier !== null && verdict.tier === null) {
    verdict.tier = rule.set.tier
    by.tier = rule
    set.tier = String(rule.set.tier)
  }
  if (rule.set.queue !== null && verdict.queue === null) {
    verdict.queue = rule.set.queue
    by.queue = rule
    set.queue = rule.set.queue
  }
  if (rule.set.severity !== null && verdict.severity === null) {
    verdict.severity = rule.set.severity
    by.severity = rule
    set.severity = rule.set.severity
  }
  if (rule.set.priority !== null && verdict.priority === null) {
    verdict.priority = rule.set.priority
    by.priority = rule
    set.priority = rule.set.priority
  }
  const { firstResponse, resolution } = rule.set.targets
  if (firstResponse !== null && verdict.targets.firstResponse === null) {
    verdict.targets.firstResponse = firstResponse
    by.first_response = rule
    set.first_response = `${firstResponse}m`
  }
  if (resolution !== null && verdict.targets.resolution === null) {
    verdict.targets.resolution = resolution
    by.resolution_target = rule
    set.resolution_target = `${resolution}m`
  }
  if (rule.set.tags.length > 0) {
    verdict.tags.push(...rule.set.tags)
    set.tags = rule.set.tags.join(' ')
  }
  return set
}

const WAITS_FOR = 'Waits for the approval of '

/** The rules that fitted and wait for somebody to agree, as a trace tells. */
export function approvalsWaitedFor(trace: readonly RuleTrace[]): { rule: string; title: string; of: string }[] {
  return trace.flatMap(({ rule, title, skipped }) =>
    skipped?.startsWith(WAITS_FOR) ? [{ rule, title, of: skipped.slice(WAITS_FOR.length) }] : [],
  )
}
