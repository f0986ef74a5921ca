import { z } from 'zod'
import { Priority, Severity } from '../severity.ts'

/** A value a condition can look at. */
export const Observed = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])
export type Observed = z.infer<typeof Observed>

/**
 * Everything a policy may look at, by the names its conditions use. Built by `gatherFacts`; an unknown value is
 * `null`, never absent by accident.
 */
export type DecisionFacts = Readonly<Record<string, Observed>>

/** One condition as it was tried: what it asked, what it saw, whether it held. */
export const ConditionTrace = z.strictObject({
  field: z.string(),
  operator: z.string(),
  value: Observed,
  observed: Observed,
  held: z.boolean(),
})
export type ConditionTrace = z.infer<typeof ConditionTrace>

/** One rule as it was tried. `skipped` says why its conditions were not even looked at, if so. */
export const RuleTrace = z.strictObject({
  rule: z.string(),
  title: z.string(),
  matched: z.boolean(),
  /** What the rule set, for a rule that matched: `{ tier: '2', queue: 'identity' }`. */
  set: z.record(z.string(), z.string()),
  all: z.array(ConditionTrace),
  any: z.array(ConditionTrace),
  skipped: z.string().nullable(),
})
export type RuleTrace = z.infer<typeof RuleTrace>

/** One named part of the urgency score; anyone can add them up. */
export const UrgencyPoint = z.strictObject({ id: z.string(), title: z.string(), points: z.number() })
export type UrgencyPoint = z.infer<typeof UrgencyPoint>

export const Urgency = z.strictObject({
  /** Sum of `points`, held between 0 and 100. */
  score: z.number(),
  points: z.array(UrgencyPoint),
  /** What did not score, so that one can see what would have. */
  missed: z.array(UrgencyPoint),
})
export type Urgency = z.infer<typeof Urgency>

/** What a policy answered, and everything needed to see why. */
export const Decision = z.strictObject({
  tier: z.int().min(1).max(4),
  tierName: z.string(),
  /** Id of a queue of the policy. */
  queue: z.string(),
  queueName: z.string(),
  /** Name of the Zendesk group the queue maps to. */
  group: z.string(),
  severity: Severity,
  urgency: Urgency,
  priority: Priority,
  /** Tags to add; never includes tags that are not Baton's or the policy's own. */
  tags: z.array(z.string()),
  /** Minutes from the hand-over. */
  targets: z.strictObject({ firstResponse: z.number().nullable(), resolution: z.number().nullable() }),
  /** Channel the severity override names, such as `pagerduty`; null when none does. */
  notification: z.string().nullable(),
  stakeholders: z.array(z.string()),
  /** Short sentences, most important first: "Severity P1 goes to tier 3". */
  reasons: z.array(z.string()),
  policyVersion: z.string(),
  trace: z.array(RuleTrace),
})
export type Decision = z.infer<typeof Decision>
