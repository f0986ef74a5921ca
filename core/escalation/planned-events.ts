import type { ClockEvent } from '../clock/clock-event.ts'
import type { PlannedClock } from '../clock/plan.ts'
import { compareMoments } from './moments.ts'
import type { Moment } from './state.ts'

/** What one plan says about a clock; null when it has no target for it. */
export type PlannedSince = Moment & { planned: PlannedClock | null }

/**
 * What plans, in order, make of a clock that begins at `begin`: its start, then each change of target or schedule. One
 * that only a later plan brings starts with that plan, as nobody could have kept a target that was not there.
 *
 * @returns null when no plan has a target for it
 */
export function plannedEvents(
  plans: readonly PlannedSince[],
  begin: Moment,
): { schedule: string | null; events: ClockEvent[] } | null {
  const inForce = plans.findLastIndex((plan) => compareMoments(plan, begin) <= 0)
  const first = plans.findIndex(({ planned }, index) => index >= inForce && planned !== null)
  if (first < 0) return null

  let { target, schedule } = plans[first]!.planned!
  const events: ClockEvent[] = [
    { ...stampOf(first <= inForce ? begin : plans[first]!), kind: 'start', target, schedule },
  ]
  for (const plan of plans.slice(first + 1)) {
    if (!plan.planned) {
      events.push({ ...stampOf(plan), kind: 'cancel', why: 'withdrawn' })
      continue
    }
    target = plan.planned.target
    events.push({ ...stampOf(plan), kind: 'target', target })
    if (plan.planned.schedule === schedule) continue
    schedule = plan.planned.schedule
    events.push({ ...stampOf(plan), kind: 'schedule', schedule })
  }
  return { schedule, events }
}

/** What an event takes over from the moment it follows from. */
export function stampOf({ at, order, by }: Moment): Pick<ClockEvent, 'at' | 'order' | 'by'> {
  return by === null ? { at, order } : { at, order, by }
}
