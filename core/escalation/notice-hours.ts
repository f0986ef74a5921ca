import { deadlineAfter } from '../clock/business-time.ts'
import { ScheduleExhausted } from '../clock/calendar.ts'
import type { ClockPlan } from '../clock/plan.ts'
import type { CalendarOf } from '../clock/sla.ts'
import type { Instant } from '../units.ts'
import type { Due } from './countdowns.ts'

/**
 * When people may be told: null for at once. Notices wait for the hours of the policy, except to somebody on call, who is
 * there to be told.
 */
export function noticeAt(
  { noticeHours }: ClockPlan,
  dues: readonly Due[],
  now: Instant,
  calendarOf: CalendarOf,
): Instant | null {
  if (noticeHours === null || dues.some((due) => due.what === 'on-call' && due.outcome.told.length > 0)) return null
  const hours = calendarOf(noticeHours)
  if (hours.isOpen(now)) return null
  try {
    // The first open millisecond ends one after the opening.
    return deadlineAfter(hours, now, 1) - 1
  } catch (error) {
    if (error instanceof ScheduleExhausted) return null
    throw error
  }
}
