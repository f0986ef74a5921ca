import type { AutoEscalation, PlannedTimer } from '../clock/plan.ts'
import type { Schedule as OpeningHours } from '../clock/schedule.ts'
import type { ClockName } from '../clock/targets.ts'
import type { CompiledCondition } from '../decide/conditions.ts'
import type { UrgencyPoint } from '../decide/decision.ts'
import type { Criterion } from '../escalation/criteria.ts'
import type { Email, Schedule } from '../oncall/schedule.ts'
import type { Step } from '../oncall/steps.ts'
import type { Priority, Severity } from '../severity.ts'
import type { Minutes } from '../units.ts'
import type { CustomerSettings } from './customer-policy.ts'
import type { KnowledgeSettings } from './knowledge-policy.ts'
import type { LifeSettings } from './life-policy.ts'
import type { MeasureTargets } from './measure-targets.ts'
import type { ChannelSettings, NotificationSettings } from './notification-policy.ts'
import type { MajorIncidentSettings, ReviewSettings } from './review-policy.ts'
import type { TriggerModel } from './schema.ts'

export type TargetMinutes = { firstResponse: Minutes | null; resolution: Minutes | null }

/** Clocks of a tier besides first response and resolution, for engineering. */
export type EngineeringClock = 'acknowledge' | 'investigate' | 'fix' | 'fix-to-customer'
export type EngineeringMinutes = Readonly<Record<EngineeringClock, Minutes | null>>

/** Opening hours by an id of the policy: written in it, or Zendesk's schedule of that name (null: the account's first). */
export type PolicySchedule = { id: string; name: string } & (
  | { from: 'policy'; schedule: OpeningHours }
  | { from: 'zendesk'; zendeskName: string | null }
)

/** How one kind of clock counts. */
export type ClockRules = {
  pausedIn: readonly string[]
  warnAt: readonly number[]
  counts: 'business' | 'calendar'
  /** Null: that of the tier. */
  schedule: string | null
}

export type CustomerTargetVariant = {
  severities: readonly Severity[]
  customerTiers: readonly string[]
  target: Minutes
}

/** Something to do when an escalation has waited too long. Empty lists mean any. */
export type PolicyTimer = Omit<PlannedTimer, 'schedule'> & {
  counts: 'business' | 'calendar'
  severities: readonly Severity[]
  customerTiers: readonly string[]
  tiers: readonly number[]
  queues: readonly string[]
}

/** Targets for some severities and customer tiers; an empty list means any. */
export type TargetVariant = TargetMinutes & {
  engineering: EngineeringMinutes
  severities: readonly Severity[]
  customerTiers: readonly string[]
}

export type Tier = {
  level: number
  name: string
  capabilities: readonly string[]
  criteria: readonly string[]
  stakeholders: readonly string[]
  targets: TargetMinutes
  engineering: EngineeringMinutes
  /** Id of the schedule its people work by; null where every hour counts. */
  schedule: string | null
  /** How long a fix is watched; null for not at all. */
  monitoring: Minutes | null
  /** What must hold before an escalation goes back. */
  deescalation: readonly Criterion[]
  /** Tried in order; the first that fits and names a target gives it. */
  variants: readonly TargetVariant[]
  /** The tier that an escalation from here goes to unless something sends it higher; null at the top. */
  next: number | null
  /** Id of the queue that takes what nothing sends elsewhere. */
  defaultQueue: string
}

export type Queue = {
  id: string
  name: string
  tier: number
  /** Name of the Zendesk group. */
  group: string
  tags: readonly string[]
  components: readonly string[]
  /** Where the group is written in the policy: `escalation.queues[2].group`. */
  writtenAt: string
}

export type Component = {
  id: string
  name: string
  owners: readonly string[]
  keywords: readonly string[]
  /** Tier level → id of the queue that looks after it there. */
  queues: Readonly<Record<number, string>>
  /** One pattern for each keyword, in their order. */
  patterns: readonly RegExp[]
}

export type Category = { id: string; severity: Severity | null; queue: string | null }

export type Conditions = { all: readonly CompiledCondition[]; any: readonly CompiledCondition[] }

export type Rule = Conditions & {
  id: string
  title: string
  active: boolean
  set: {
    tier: number | null
    queue: string | null
    severity: Severity | null
    priority: Priority | null
    tags: readonly string[]
    targets: TargetMinutes
    approval: string | null
  }
}

export type UrgencyRule = Conditions & { point: UrgencyPoint }

export type CustomerTier = {
  id: string
  name: string
  aliases: readonly string[]
  atLeastTier: number | null
  atLeastPriority: Priority | null
}

export type SeverityOverride = { severity: Severity; routeTo: number; notification: string | null }

/** Keys of organisation fields (or, failing those, of the requester's) that hold what Baton asks about a customer. */
export type CustomerFields = Record<'tier' | 'arr' | 'health_score' | 'segment' | 'sentiment', readonly string[]>

/** Somebody whom schedules and steps may name. `name` is the address when none is given. */
export type Person = { email: Email; name: string }

/** A policy that was checked: every reference holds, every default is filled in, nothing can be changed. */
export type Policy = {
  version: string
  name: string
  triggerModel: readonly TriggerModel[]
  /** Names of the groups whose agents may escalate; empty means any agent. */
  escalators: readonly string[]
  /** Lowest first. */
  tiers: readonly Tier[]
  queues: readonly Queue[]
  /** The same queues by their ids. */
  queueById: Readonly<Record<string, Queue>>
  components: readonly Component[]
  categories: readonly Category[]
  severities: Readonly<Record<Severity, { description: string; priority: Priority }>>
  severityOverrides: Readonly<Partial<Record<Severity, SeverityOverride>>>
  customerTiers: readonly CustomerTier[]
  customerFields: CustomerFields
  /** The facts that rules and urgency points look at, each once. */
  fields: readonly string[]
  rules: readonly Rule[]
  urgency: readonly UrgencyRule[]
  note: {
    /** Field path → points; they add up to 100. */
    weights: Readonly<Record<string, number>>
    bar: number
    sentAtOnce: readonly Severity[]
  }
  schedules: readonly PolicySchedule[]
  clocks: {
    kinds: Readonly<Record<ClockName, ClockRules>>
    /** Severities whose clocks count every hour, whatever the schedule. */
    aroundTheClock: readonly Severity[]
    /** What the customer was promised from the creation of the ticket; null for nothing. */
    customer: { target: Minutes | null; variants: readonly CustomerTargetVariant[]; schedule: string | null }
  }
  autoEscalation: AutoEscalation
  timers: readonly PolicyTimer[]
  notices: { hours: string | null; aroundTheClock: readonly Severity[] }
  life: LifeSettings
  channels: ChannelSettings
  notifications: NotificationSettings
  customer: CustomerSettings
  reviews: ReviewSettings
  measureTargets: MeasureTargets
  /** Null where the policy asks for none. */
  majorIncident: MajorIncidentSettings | null
  knowledge: KnowledgeSettings
  onCall: {
    people: readonly Person[]
    schedules: readonly Schedule[]
    /** Id of a queue → whom to tell, step by step. */
    steps: Readonly<Record<string, readonly Step[]>>
  }
}

/** The tier of that level, or null when the policy has none. */
export function tierAt(policy: Policy, level: number): Tier | null {
  return policy.tiers.find((tier) => tier.level === level) ?? null
}

export function topTier(policy: Policy): Tier {
  return policy.tiers.at(-1)!
}

/** The queue that maps to a Zendesk group; null for a group the policy does not name. */
export function queueOfGroup(policy: Policy, groupName: string | null): Queue | null {
  if (groupName === null) return null
  return policy.queues.find((queue) => queue.group === groupName) ?? null
}

/** The tier a ticket is in by its group. A group the policy does not name counts as the lowest tier. */
export function tierOfGroup(policy: Policy, groupName: string | null): number {
  return queueOfGroup(policy, groupName)?.tier ?? policy.tiers[0]!.level
}

/** The groups of the queues above the lowest tier, once each. A group that has a queue in the lowest tier too is not one. */
export function specialistGroupsOf({ queues, tiers }: Policy): string[] {
  const lowest = tiers[0]!.level
  const frontLine = queues.filter(({ tier }) => tier === lowest).map(({ group }) => group)
  const groups = queues.map(({ group }) => group).filter((group) => !frontLine.includes(group))
  return [...new Set(groups)]
}

/** Every Zendesk group the policy relies on, once each, with the path where it is written first. */
export function groupsOf(policy: Policy): { group: string; writtenAt: string }[] {
  const places = new Map<string, string>()
  for (const queue of policy.queues) {
    if (!places.has(queue.group)) places.set(queue.group, queue.writtenAt)
  }
  policy.escalators.forEach((group, index) => {
    if (!places.has(group)) places.set(group, `escalation.escalators[${index}]`)
  })
  return [...places].map(([group, writtenAt]) => ({ group, writtenAt }))
}
