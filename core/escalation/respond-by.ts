import { deadlineAfter } from '../clock/business-time.ts'
import { ScheduleExhausted } from '../clock/calendar.ts'
import type { ClockPlan } from '../clock/plan.ts'
import { budgetMs, type CalendarOf, calendarFor } from '../clock/sla.ts'
import type { Instant } from '../units.ts'

/** When the tier's first response is due if it takes over at `from`; null without a target. */
export function respondByOf({ clocks }: ClockPlan, from: Instant, calendarOf: CalendarOf): Instant | null {
  const planned = clocks['first-response']
  if (!planned) return null
  const schedule = planned.target.counts === 'business' ? planned.schedule : null
  try {
    return deadlineAfter(calendarFor(schedule, calendarOf), from, budgetMs(planned.target))
  } catch (error) {
    if (error instanceof ScheduleExhausted) return null
    throw error
  }
}
