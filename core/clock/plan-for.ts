import { engineeringTargetsOf, fits } from '../decide/targets.ts'
import { resolveSteps } from '../oncall/steps.ts'
import { type Policy, type TargetMinutes, tierAt } from '../policy/policy.ts'
import type { Severity } from '../severity.ts'
import type { Instant, Minutes } from '../units.ts'
import { ageingTimers, lifePlanFor } from './life-plan.ts'
import type { ClockPlan, PlannedClock, PlannedTimer } from './plan.ts'
import { CLOCK_KINDS, type ClockName, targetFor } from './targets.ts'

/** What a plan is for. `targets` are those of the decision, in which rules have had their say. */
export type PlanWanted = {
  tier: number
  queue: string
  severity: Severity
  targets: TargetMinutes
  /** Id of a customer tier of the policy. */
  customerTier: string | null
}

/**
 * What the policy says about the time of a hand-over at `at`. A clock counts by its own schedule, else its tier's; the
 * customer's by its own, else the lowest tier's. Where every hour counts, the plan names no schedule.
 */
export function planFor(policy: Policy, wanted: PlanWanted, at: Instant): ClockPlan {
  const { tier, queue, severity, customerTier } = wanted
  return {
    policyVersion: policy.version,
    tier,
    severity,
    customerTier,
    clocks: plannedClocks(policy, wanted),
    timers: [...plannedTimers(policy, wanted), ...ageingTimers(policy, wanted)],
    autoEscalation: policy.autoEscalation,
    noticeHours: policy.notices.aroundTheClock.includes(severity) ? null : policy.notices.hours,
    onCall: resolveSteps(policy.onCall.steps[queue] ?? [], policy.onCall.schedules, at),
    life: lifePlanFor(policy, wanted),
    at,
  }
}

function plannedClocks(policy: Policy, { tier: level, severity, targets, customerTier }: PlanWanted) {
  const tier = tierAt(policy, level)
  const { customer } = policy.clocks
  const minutes: Record<ClockName, Minutes | null> = {
    customer: customer.variants.find((variant) => fits(variant, severity, customerTier))?.target ?? customer.target,
    'first-response': targets.firstResponse,
    resolution: targets.resolution,
    ...(tier
      ? engineeringTargetsOf(tier, severity, customerTier)
      : { acknowledge: null, investigate: null, fix: null, 'fix-to-customer': null }),
  }
  // Whoever hears from us every so often hears of a fix as soon.
  minutes['fix-to-customer'] ??= policy.customer.cadence[severity]
  const clocks: Partial<Record<ClockName, PlannedClock>> = {}
  for (const name of Object.keys(CLOCK_KINDS) as ClockName[]) {
    const span = minutes[name]
    if (span === null) continue
    const rules = policy.clocks.kinds[name]
    const counts = policy.clocks.aroundTheClock.includes(severity) ? 'calendar' : rules.counts
    const schedule = rules.schedule ?? (name === 'customer' ? customer.schedule : (tier?.schedule ?? null))
    clocks[name] = {
      target: targetFor(CLOCK_KINDS[name], span, policy.version, { ...rules, counts }),
      schedule: counts === 'calendar' ? null : schedule,
    }
  }
  return clocks
}

function plannedTimers(policy: Policy, { tier, queue, severity, customerTier }: PlanWanted): PlannedTimer[] {
  const schedule = tierAt(policy, tier)?.schedule ?? null
  const isAroundTheClock = policy.clocks.aroundTheClock.includes(severity)
  return policy.timers
    .filter((timer) => fits(timer, severity, customerTier))
    .filter(({ tiers, queues }) => isAmong(tier, tiers) && isAmong(queue, queues))
    .map(({ id, title, of, after, every, counts, then }) => ({
      id,
      title,
      of,
      after,
      every,
      schedule: counts === 'calendar' || isAroundTheClock ? null : schedule,
      then,
    }))
}

/** An empty list is any. */
function isAmong<T>(item: T, list: readonly T[]): boolean {
  return list.length === 0 || list.includes(item)
}
