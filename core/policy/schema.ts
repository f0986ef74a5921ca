import { z } from 'zod'
import { Priority, Severity } from '../severity.ts'
import { ChannelsEntry } from './channels-schema.ts'
import {
  AutoEscalationEntry,
  ClocksEntry,
  EngineeringTargets,
  Level,
  NoticesEntry,
  OpeningHoursEntry,
  Targets,
  TimerEntry,
} from './clocks-schema.ts'
import { CustomerEntry } from './customer-schema.ts'
import { Id, Label, Labels, oneOrMore } from './entries.ts'
import { KnowledgeEntry } from './knowledge-schema.ts'
import { AgeingEntry, ApprovalEntry, TierLifeShape } from './life-schema.ts'
import { MeasureTargetsEntry } from './measure-targets.ts'
import { NotificationsEntry } from './notifications-schema.ts'
import { OnCallEntry } from './on-call-schema.ts'
import { MajorIncidentEntry, ReviewsEntry } from './review-schema.ts'

/** Zendesk's operators, as far as a decision about one ticket at one instant can use them. */
export const OPERATORS = [
  'is',
  'is_not',
  'less_than',
  'less_than_equal',
  'greater_than',
  'greater_than_equal',
  'includes',
  'not_includes',
  'includes_words',
  'not_includes_words',
  'includes_string',
  'not_includes_string',
  'present',
  'not_present',
  'within_previous_n_days',
  'within_next_n_days',
] as const
export const Operator = z.enum(OPERATORS)
export type Operator = z.infer<typeof Operator>

/** What may start an escalation. */
export const TRIGGER_MODELS = ['sla', 'manual', 'severity', 'customer_tier'] as const
export const TriggerModel = z.enum(TRIGGER_MODELS)
export type TriggerModel = z.infer<typeof TriggerModel>

const Tag = z
  .string()
  .max(100, 'At most 100 characters')
  .regex(/^[a-z0-9_\-/.:]+$/, 'A tag is lower case and has no spaces')
const Tags = z.array(Tag).max(50, 'At most 50 tags')

export const ConditionValue = z.custom<string | number | boolean | null | (string | number)[]>(
  (given) =>
    given === null ||
    ['string', 'number', 'boolean'].includes(typeof given) ||
    (Array.isArray(given) && given.every((item) => typeof item === 'string' || typeof item === 'number')),
  'Write a text, a number, true, false or a list of texts',
)
export type ConditionValue = z.infer<typeof ConditionValue>

/** One condition in Zendesk's grammar. `value` is left out for `present` and `not_present`. */
export const Condition = z.strictObject({ field: Label, operator: Operator, value: ConditionValue.optional() })
export type Condition = z.infer<typeof Condition>

const Conditions = z.array(Condition).max(100, 'At most 100 conditions')

export const SlaVariant = z.strictObject({
  severity: oneOrMore(Severity).optional(),
  customer_tier: oneOrMore(Label).optional(),
  ...Targets,
  ...EngineeringTargets,
})

export const TierEntry = z.strictObject({
  level: Level,
  name: Label,
  /** Becomes the tier's only queue, and its Zendesk group, when no queue is given for the tier. */
  team: Label.optional(),
  capabilities: Labels.optional(),
  /** Id of the schedule its people work by. */
  schedule: Id.optional(),
  sla: z
    .strictObject({ ...Targets, ...EngineeringTargets, variants: z.array(SlaVariant).max(50).optional() })
    .optional(),
  escalation_criteria: Labels.optional(),
  /** The next tier up, where that is not simply the next level. */
  escalates_to: Level.optional(),
  stakeholders: Labels.optional(),
  ...TierLifeShape,
})

export const SeverityOverride = z.strictObject({
  severity: Severity,
  description: Label.optional(),
  route_to: Level,
  notification: Label.optional(),
})

export const QueueEntry = z.strictObject({
  id: Id,
  name: Label,
  tier: Level,
  /** Name of the Zendesk group. */
  group: Label,
  tags: Tags.optional(),
  /** Ids of components this queue looks after in its tier. */
  components: z.array(Id).max(500).optional(),
  /** Takes what no component, category or rule sends elsewhere in the tier. */
  default: z.boolean().optional(),
})

export const ComponentEntry = z.strictObject({
  id: Id,
  name: Label,
  queue: Id.optional(),
  owners: Labels.optional(),
  /** Words that make it the guess when the note names no component. */
  keywords: Labels.optional(),
})

export const CategoryEntry = z.preprocess(
  (given) => (typeof given === 'string' ? { id: given } : given),
  z.strictObject({
    id: Id,
    /** At least this severe, whatever the note says. */
    severity: Severity.optional(),
    queue: Id.optional(),
  }),
)

export const SeverityEntry = z.strictObject({
  severity: Severity,
  description: Label.optional(),
  priority: Priority.optional(),
})

export const CustomerTierEntry = z.strictObject({
  name: Label.optional(),
  /** Other values of the customer's field that mean this tier. */
  aliases: Labels.optional(),
  at_least_tier: Level.optional(),
  at_least_priority: Priority.optional(),
})

export const RuleEntry = z.strictObject({
  id: Id,
  title: Label,
  active: z.boolean().optional(),
  all: Conditions.optional(),
  any: Conditions.optional(),
  set: z.strictObject({
    tier: Level.optional(),
    queue: Id.optional(),
    severity: Severity.optional(),
    priority: Priority.optional(),
    tags: Tags.optional(),
    sla: z.strictObject(Targets).optional(),
    /** Who must agree before the rule takes effect. */
    approval: Label.optional(),
  }),
})

export const UrgencyEntry = z.strictObject({
  id: Id,
  title: Label,
  points: z.number().min(-100, 'Points are -100 to 100').max(100, 'Points are -100 to 100'),
  all: Conditions.optional(),
  any: Conditions.optional(),
})

const FieldKeys = oneOrMore(z.string().regex(/^[a-zA-Z0-9_]+$/, 'Write the key of the field, such as customer_tier'))

/** The policy as an admin writes it. The escalation workflow template (`tiers`, `severity_overrides`) is a part of it. */
export const PolicyDocument = z.strictObject({
  escalation: z.strictObject({
    name: Label.optional(),
    description: z.string().max(5000).optional(),
    trigger_model: oneOrMore(TriggerModel).optional(),
    /** Names of the Zendesk groups whose agents may escalate; none means any agent. */
    escalators: Labels.optional(),
    tiers: z.array(TierEntry).min(2, 'A policy needs at least two tiers').max(4, 'At most four tiers'),
    severity_overrides: z.array(SeverityOverride).max(4, 'At most one for each severity').optional(),
    severities: z.array(SeverityEntry).max(4).optional(),
    categories: z.array(CategoryEntry).max(100).optional(),
    queues: z.array(QueueEntry).max(200, 'At most 200 queues').optional(),
    components: z.array(ComponentEntry).max(1000, 'At most 1000 components').optional(),
    customer_tiers: z.record(Id, CustomerTierEntry).optional(),
    customer_fields: z
      .strictObject({
        tier: FieldKeys.optional(),
        arr: FieldKeys.optional(),
        health_score: FieldKeys.optional(),
        segment: FieldKeys.optional(),
        sentiment: FieldKeys.optional(),
      })
      .optional(),
    rules: z.array(RuleEntry).max(1000, 'At most 1000 rules').optional(),
    urgency: z.array(UrgencyEntry).max(200, 'At most 200 named points').optional(),
    note: z
      .strictObject({
        weights: z.record(z.string(), z.number().min(0, 'Must not be negative').max(100, 'At most 100')).optional(),
        bar: z.number().min(0, 'The bar is 0 to 100').max(100, 'The bar is 0 to 100').optional(),
        sent_at_once: z.array(Severity).optional(),
      })
      .optional(),
    schedules: z.array(OpeningHoursEntry).max(50, 'At most 50 schedules').optional(),
    clocks: ClocksEntry.optional(),
    auto_escalation: AutoEscalationEntry.optional(),
    timers: z.array(TimerEntry).max(100, 'At most 100 timers').optional(),
    notices: NoticesEntry.optional(),
    ageing: AgeingEntry.optional(),
    approval: ApprovalEntry.optional(),
    channels: ChannelsEntry.optional(),
    notifications: NotificationsEntry.optional(),
    customer: CustomerEntry.optional(),
    reviews: ReviewsEntry.optional(),
    targets: MeasureTargetsEntry.optional(),
    major_incident: MajorIncidentEntry.optional(),
    knowledge: KnowledgeEntry.optional(),
    on_call: OnCallEntry.optional(),
  }),
})
export type PolicyDocument = z.infer<typeof PolicyDocument>
export type EscalationEntry = PolicyDocument['escalation']
