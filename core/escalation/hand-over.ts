import type { ClockPlan } from '../clock/plan.ts'
import { isSame } from '../clock/same.ts'
import type { Decision } from '../decide/decision.ts'
import { type Escalation, type HandOver, type Moment, presentHandOver } from './state.ts'

/** A tier takes over: its clocks begin here. */
export function handOverTo(
  { tier, queue }: Decision,
  plan: ClockPlan,
  { at, order, by }: Moment,
  raisedFor: string | null = null,
): HandOver {
  return { at, order, by, tier, queue, raisedFor, plans: [{ at, order, by, plan }] }
}

/**
 * The hand-overs of an escalation whose policy answered anew. Another tier or queue takes over; the same one counts on
 * by the new plan, unless that says what the old one said.
 */
export function handOversAfter(
  escalation: Escalation,
  decision: Decision,
  plan: ClockPlan,
  moment: Moment,
): HandOver[] {
  const present = presentHandOver(escalation)
  const { handOvers } = escalation
  if (present.tier !== decision.tier || present.queue !== decision.queue) {
    return [...handOvers, handOverTo(decision, plan, moment)]
  }
  return [...handOvers.slice(0, -1), withPlan(present, plan, moment)]
}

/** Of two plans at one moment the later holds. On-call steps stay as they were resolved for the hand-over. */
export function withPlan(handOver: HandOver, plan: ClockPlan, { at, order, by }: Moment): HandOver {
  const last = handOver.plans.at(-1)!
  const { onCall } = last.plan
  if (isSame({ ...last.plan, at: 0 }, { ...plan, at: 0, onCall })) return handOver
  const before = last.at === at && last.order === order ? handOver.plans.slice(0, -1) : handOver.plans
  return { ...handOver, plans: [...before, { at, order, by, plan: { ...plan, onCall } }] }
}
