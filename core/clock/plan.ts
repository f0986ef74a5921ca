import type { Criterion } from '../escalation/criteria.ts'
import type { StepOutcome } from '../oncall/steps.ts'
import type { Severity } from '../severity.ts'
import type { Instant, Minutes } from '../units.ts'
import type { ClockTarget } from './clock-event.ts'
import type { ClockName } from './targets.ts'

/** What a clock counts against, and the schedule it counts by: its id in the policy, null where every hour counts. */
export type PlannedClock = { target: ClockTarget; schedule: string | null }

/**
 * What a timer measures: time without anybody accepting, in one stage, since the ticket was created, without a word,
 * since the last report of progress, since the escalation was asked for.
 */
export const TIMER_SPANS = ['queue', 'stage', 'age', 'silence', 'progress', 'escalation'] as const
export type TimerSpan = (typeof TIMER_SPANS)[number]

/** A timer of the policy that fits this escalation. */
export type PlannedTimer = {
  id: string
  title: string
  of: TimerSpan
  after: Minutes
  /** Repeats after so much more, as often as it takes; null for once. */
  every: Minutes | null
  schedule: string | null
  then: 'remind' | 'escalate'
}

/** When the policy takes an escalation to the next tier by itself. */
export type AutoEscalation = {
  /** A warning counts only while the escalation has no resolution path. */
  at: readonly ('warning' | 'breach')[]
  clocks: readonly ClockName[]
}

/** What the policy says about the life of an escalation in a tier. */
export type LifePlan = {
  /** How long a fix is watched before the escalation goes back; null for not at all. */
  monitoring: Minutes | null
  /** What must hold before it goes back. */
  criteria: readonly Criterion[]
  /** How often the customer is to hear from us; null where the policy promises nothing. */
  cadence: { every: Minutes; schedule: string | null } | null
  /** What becomes of an escalation whose approval is refused. */
  onRejected: 'stays' | 'ends'
}

/**
 * What the policy says about the time of one hand-over. It is data, fixed when the policy answered and kept with the
 * escalation, so that a clock can always be worked out again by what held then.
 */
export type ClockPlan = {
  policyVersion: string
  tier: number
  severity: Severity
  customerTier: string | null
  /** Only the clocks that have a target. */
  clocks: Readonly<Partial<Record<ClockName, PlannedClock>>>
  timers: readonly PlannedTimer[]
  autoEscalation: AutoEscalation
  /** Schedule within whose open hours people are told; null for any hour. */
  noticeHours: string | null
  /** What the on-call steps of the queue do as long as nobody accepts, resolved for the hand-over. */
  onCall: readonly StepOutcome[]
  /** Left out by plans that were made before policies said anything of it. */
  life?: LifePlan
  /** When the policy answered. */
  at: Instant
}

const NO_LIFE: LifePlan = { monitoring: null, criteria: [], cadence: null, onRejected: 'stays' }

export function lifeOf({ life = NO_LIFE }: ClockPlan): LifePlan {
  return life
}
