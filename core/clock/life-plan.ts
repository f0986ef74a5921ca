import { cadenceFor } from '../customer/cadence.ts'
import { type Policy, tierAt } from '../policy/policy.ts'
import type { Minutes } from '../units.ts'
import type { LifePlan, PlannedTimer } from './plan.ts'
import type { PlanWanted } from './plan-for.ts'

type Wanted = Pick<PlanWanted, 'tier' | 'severity'>

/** What the policy says about the life of an escalation of this severity in this tier. */
export function lifePlanFor(policy: Policy, { tier: level, severity }: Wanted): LifePlan {
  const tier = tierAt(policy, level)
  const { customer, life } = policy
  return {
    monitoring: tier?.monitoring ?? null,
    criteria: tier?.deescalation ?? [],
    cadence: cadenceFor(customer, severity),
    onRejected: life.onRejected,
  }
}

/** Reminders of what got stuck: nothing was reported for too long, or it has been going on for too long. */
export function ageingTimers(policy: Policy, wanted: Wanted): PlannedTimer[] {
  const { stalledAfter, agedAfter, remindEvery } = policy.life.ageing
  const { cadence } = lifePlanFor(policy, wanted)
  const stalled = stalledAfter === null || cadence === null ? null : Math.round(stalledAfter * cadence.every)
  const aged = agedAfter[wanted.severity]
  const isAroundTheClock = policy.clocks.aroundTheClock.includes(wanted.severity)
  const schedule = isAroundTheClock ? null : (tierAt(policy, wanted.tier)?.schedule ?? null)
  return [
    ...(stalled === null || cadence === null
      ? []
      : [reminder('stalled', 'No progress has been reported', 'progress', stalled, stalled, cadence.schedule)]),
    ...(aged === undefined
      ? []
      : [reminder('aged', 'The escalation is getting old', 'escalation', aged, remindEvery, schedule)]),
  ]
}

function reminder(
  id: string,
  title: string,
  of: PlannedTimer['of'],
  after: Minutes,
  every: Minutes | null,
  schedule: string | null,
): PlannedTimer {
  // No timer of a policy has an id with a dot.
  // biome-ignore lint/suspicious/noThenProperty: a word of the policy, never awaited
  return { id: `ageing.${id}`, title, of, after, every, schedule, then: 'remind' }
}
