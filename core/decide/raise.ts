import type { ClockPlan } from '../clock/plan.ts'
import { planFor } from '../clock/plan-for.ts'
import { optionTag } from '../contract/option-tag.ts'
import type { Raise } from '../escalation/facts.ts'
import { resolveSteps, type StepOutcome } from '../oncall/steps.ts'
import { type Policy, type Queue, type TargetMinutes, type Tier, tierAt } from '../policy/policy.ts'
import { type Instant, MINUTE_MS } from '../units.ts'
import type { Decision, RuleTrace } from './decision.ts'
import { chooseQueue, type QueueChoice } from './queue.ts'
import { targetsOf } from './targets.ts'

/** Where an escalation stands: what was decided last, and what that meant for its time. */
export type Present = { decision: Decision; plan: ClockPlan }

/**
 * The next tier up for an escalation that waited too long where it is, or null at the top. Severity, urgency and
 * priority stay; the queue is the one that looks after the same matter there; a target that a rule set stays set.
 */
export function raiseOf(policy: Policy, present: Present, at: Instant): Raise | null {
  const { tier: level } = present.decision
  const tier = nextTier(policy, level)
  if (!tier) return null
  const because = `It waited too long in tier ${level}; tier ${tier.level} takes over`
  return toTier(policy, present, tier, { because, at })
}

/**
 * The same escalation in another place: severity, urgency and priority stay, the tier's own targets count, and a target
 * that a rule set stays set.
 */
export function toQueue(
  policy: Policy,
  { decision, plan }: Present,
  queue: Queue,
  { because, reasons = [], trace = [], at }: Handing & { reasons?: string[]; trace?: RuleTrace[] },
): Raise {
  const tier = tierAt(policy, queue.tier)!
  const { severity } = decision
  const { customerTier } = plan
  const targets = targetsOf(tier, severity, customerTier, targetsByRules(policy, decision.trace))
  const handed: Decision = {
    ...decision,
    tier: tier.level,
    tierName: tier.name,
    queue: queue.id,
    queueName: queue.name,
    group: queue.group,
    tags: tagsOf(policy, decision, tier, queue),
    targets,
    stakeholders: [...tier.stakeholders],
    reasons: [because, ...reasons, ...stakeholderReasons(tier), ...urgencyReasons(decision)],
    policyVersion: policy.version,
    trace: [traceOfStep(decision, tier, queue, because), ...trace, ...decision.trace.filter(isLasting)],
  }
  const wanted = { tier: tier.level, queue: queue.id, severity, targets, customerTier }
  return { decision: handed, plan: planFor(policy, wanted, at) }
}

/** The same in another tier, in the queue that looks after the same matter there. */
export function toTier(policy: Policy, present: Present, tier: Tier, handing: Handing): Raise {
  const trace: RuleTrace[] = []
  const { queue, reasons } = queueIn(policy, present.decision, tier, trace)
  return toQueue(policy, present, queue, { ...handing, reasons, trace })
}

/** Why it goes elsewhere, in a sentence, and when. */
export type Handing = { because: string; at: Instant }

/**
 * What a changed policy says about the time of an escalation that stays where it is; null when the policy does not have
 * its tier or its queue any more. On-call steps that were due by now stay as they were; the others follow from now on.
 */
export function replanOf(policy: Policy, { decision, plan }: Present, at: Instant): ClockPlan | null {
  const tier = tierAt(policy, decision.tier)
  if (!tier || policy.queueById[decision.queue]?.tier !== tier.level) return null
  const { severity, queue } = decision
  const { customerTier } = plan
  const targets = targetsOf(tier, severity, customerTier, targetsByRules(policy, decision.trace))
  const planned = planFor(policy, { tier: tier.level, queue, severity, targets, customerTier }, at)
  return { ...planned, onCall: stepsFromNow(policy, queue, plan.onCall, at) }
}

/** By the policy that counts now: a tier it does not have is left for the next higher one it has. */
function nextTier(policy: Policy, level: number): Tier | null {
  const here = tierAt(policy, level)
  if (!here) return policy.tiers.find((tier) => tier.level > level) ?? null
  return here.next === null ? null : tierAt(policy, here.next)
}

/** What the decision looked at when it chose its queue is in its trace, so the same choice is made in another tier. */
function queueIn(policy: Policy, decision: Decision, tier: Tier, trace: RuleTrace[]): QueueChoice {
  const traced = (source: string) =>
    decision.trace.find(({ rule }) => rule.startsWith(`queue:${source}:`))?.rule.slice(`queue:${source}:`.length) ??
    null
  const rule = policy.rules.find(({ id }) => id === traced('rule'))
  const facts = { component: traced('component'), 'note.category': traced('category') }
  const verdict = { queue: rule?.set.queue ?? null, by: rule ? { queue: rule } : {} }
  const choice = chooseQueue(policy, facts, tier, verdict, trace)
  if (trace.at(-1)?.rule !== 'queue:default') return choice
  const successor = successorOf(policy, decision, tier)
  if (!successor) return choice
  const { queue, reasons } = successor
  trace[trace.length - 1] = matched(`queue:after:${decision.queue}`, reasons[0]!, { queue: queue.id })
  return successor
}

/** Where everything that the present queue looks after goes in that tier, when that is one queue. */
function successorOf(policy: Policy, { queue: id, queueName }: Decision, tier: Tier): QueueChoice | null {
  const here = policy.components.filter(({ queues }) => Object.values(queues).includes(id))
  const above = new Set(here.map(({ queues }) => queues[tier.level]))
  const only = above.size === 1 ? policy.queueById[[...above][0] ?? ''] : undefined
  return only ? { queue: only, reasons: [`${only.name} looks after all that ${queueName} does`] } : null
}

/** The targets that rules which matched set, as the policy words those rules now. */
function targetsByRules({ rules }: Policy, trace: readonly RuleTrace[]): TargetMinutes {
  const settingOf = (key: 'first_response' | 'resolution_target') => {
    const id = trace.find(({ matched, set }) => matched && key in set)?.rule
    return rules.find((rule) => rule.id === id)?.set.targets ?? null
  }
  return {
    firstResponse: settingOf('first_response')?.firstResponse ?? null,
    resolution: settingOf('resolution_target')?.resolution ?? null,
  }
}

function tagsOf(policy: Policy, decision: Decision, tier: Tier, queue: Queue): string[] {
  const left = [
    optionTag('tier', decision.tier),
    optionTag('queue', decision.queue),
    ...(policy.queueById[decision.queue]?.tags ?? []),
  ]
  const kept = decision.tags.filter((tag) => !left.includes(tag))
  return [...new Set([optionTag('tier', tier.level), optionTag('queue', queue.id), ...queue.tags, ...kept])]
}

function stakeholderReasons({ level, stakeholders }: Tier): string[] {
  return stakeholders.length > 0 ? [`Stakeholders of tier ${level}: ${stakeholders.join(', ')}`] : []
}

/** The score stays, and so does the sentence about it. */
function urgencyReasons({ reasons }: Decision): string[] {
  return reasons.filter((reason) => reason.startsWith('Urgency '))
}

function traceOfStep(decision: Decision, tier: Tier, queue: Queue, title: string): RuleTrace {
  const set = { tier: String(tier.level), queue: queue.id }
  return matched(`step:tier-${decision.tier}`, title, set)
}

function matched(rule: string, title: string, set: Record<string, string>): RuleTrace {
  return { rule, title, matched: true, set, all: [], any: [], skipped: null }
}

/** The queue is chosen anew in each tier; rules, overrides and points were tried once. Earlier steps stay. */
function isLasting({ rule }: RuleTrace): boolean {
  return !rule.startsWith('queue:')
}

function stepsFromNow(
  { onCall }: Policy,
  queue: string,
  before: readonly StepOutcome[],
  at: Instant,
): readonly StepOutcome[] {
  const steps = onCall.steps[queue] ?? []
  const done = before.filter((outcome) => outcome.at <= at)
  const last = done.at(-1)
  const wait = last?.event === 'notified' ? (steps[last.step]?.wait ?? 0) * MINUTE_MS : 0
  const next = last ? Math.max(at, last.at + wait) : at
  const rest = resolveSteps(steps.slice(done.length), onCall.schedules, next)
  return [...done, ...rest.map((outcome) => ({ ...outcome, step: outcome.step + done.length }))]
}
