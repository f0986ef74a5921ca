import { deadlineAfter } from '../../core/clock/business-time.ts'
import { ScheduleExhausted } from '../../core/clock/calendar.ts'
import type { ClockPlan, PlannedClock } from '../../core/clock/plan.ts'
import { budgetMs, type CalendarOf, calendarFor, foldClock } from '../../core/clock/sla.ts'
import { clocksOf } from '../../core/escalation/clocks.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'

/**
 * The instant by which the tier should have answered if the note were sent now; null when the plan has no such target.
 * An escalation that stays with its tier keeps the time it has counted; with another tier, or anew, it counts from now.
 */
export function respondByOf(state: TicketState, plan: ClockPlan, calendarOf: CalendarOf, now: Instant): Instant | null {
  const planned = plan.clocks['first-response']
  if (!planned) return null
  const open = openEscalation(state)
  const index = (open?.handOvers.length ?? 0) - 1
  const handOver = open?.handOvers[index]
  if (!open || handOver?.tier !== plan.tier) return deadlineFrom(now, planned, calendarOf)

  const clock = clocksOf(state).find(
    (one) => one.escalationId === open.id && one.handOver === index && one.name === 'first-response',
  )
  if (!clock) return deadlineFrom(handOver.at, planned, calendarOf)
  const { target, schedule } = planned
  const last = { at: now, order: Number.MAX_SAFE_INTEGER }
  const amended = foldClock(
    [...clock.events, { ...last, kind: 'schedule', schedule }, { ...last, kind: 'target', target }],
    calendarOf,
    now,
  )
  return amended.breachedAt ?? amended.deadline ?? open.respondBy
}

function deadlineFrom(start: Instant, { target, schedule }: PlannedClock, calendarOf: CalendarOf): Instant | null {
  const calendar = calendarFor(target.counts === 'business' ? schedule : null, calendarOf)
  try {
    return deadlineAfter(calendar, start, budgetMs(target))
  } catch (error) {
    if (error instanceof ScheduleExhausted) return null
    throw error
  }
}
