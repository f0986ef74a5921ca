import { deadlineAfter, openMsBetween } from '../clock/business-time.ts'
import { ScheduleExhausted } from '../clock/calendar.ts'
import type { PlannedTimer } from '../clock/plan.ts'
import { type CalendarOf, calendarFor } from '../clock/sla.ts'
import { type Instant, MINUTE_MS } from '../units.ts'
import type { Due } from './countdowns.ts'
import { creationOf } from './customer-clock.ts'
import { statusAt } from './moments.ts'
import { type Escalation, isWorkedOn, presentHandOver, presentPlan, type TicketState } from './state.ts'

/**
 * What the timers of the policy wait for. A timer is about how things stand: one whose reason has gone has nothing to
 * tell, even if nobody looked in time. Of several repetitions that are due only the latest is told.
 */
export function timerDues(state: TicketState, open: Escalation, calendarOf: CalendarOf, now: Instant): Due[] {
  if (isResting(state, open, now)) return []
  return presentPlan(open).timers.flatMap((timer): Due[] => {
    const since = sinceOf(timer, state, open)
    if (since === null) return []
    try {
      return dueOf(timer, since, state, open, calendarOf, now)
    } catch (error) {
      if (error instanceof ScheduleExhausted) return []
      throw error
    }
  })
}

/** What the last number in a timer's countdown stands behind: the same wait has the same, however often it repeats. */
export function seriesOf({ id }: PlannedTimer, escalation: Escalation, since: Instant): string {
  return `${escalation.id}/timer/${id}/${since}/`
}

/** Nobody waits for anything while the ticket is solved. */
export function isResting(state: TicketState, { stage }: Escalation, now: Instant): boolean {
  return stage === 'resolved' || stage === 'monitoring' || statusAt(state, now) === 'solved'
}

function dueOf(
  timer: PlannedTimer,
  since: Instant,
  { told }: TicketState,
  open: Escalation,
  calendarOf: CalendarOf,
  now: Instant,
): Due[] {
  const { after, every, schedule } = timer
  const calendar = calendarFor(schedule, calendarOf)
  const series = seriesOf(timer, open, since)
  const last = Math.max(0, ...told.filter((id) => id.startsWith(series)).map((id) => Number(id.slice(series.length))))
  if (last > 0 && every === null) return []

  const overMs = openMsBetween(calendar, since, now) - after * MINUTE_MS
  const reached = overMs < 0 ? 0 : every === null ? 1 : 1 + Math.floor(overMs / (every * MINUTE_MS))
  const times = Math.max(reached, last + 1)
  const leftMs = (after + (times - 1) * (every ?? 0)) * MINUTE_MS
  const at = deadlineAfter(calendar, since, leftMs)
  const counted = schedule === null || times === reached ? null : { schedule, from: since, leftMs }
  return [{ id: series + times, at, counted, what: 'timer', timer, since, missed: times - 1 - last }]
}

/** Null when what it measures is not going on. */
function sinceOf({ of }: PlannedTimer, state: TicketState, open: Escalation): Instant | null {
  switch (of) {
    case 'queue':
      return open.stage === 'requested' ? presentHandOver(open).at : null
    case 'stage':
      return open.stageSince
    case 'age':
      return creationOf(state)?.at ?? open.requestedAt
    case 'silence':
      return lastWord(state, open)
    case 'progress':
      return isWorkedOn(open) ? lastProgress(open) : null
    case 'escalation':
      return open.requestedAt
  }
}

/** The tier took it over, or took it on, or told how it goes. */
function lastProgress(open: Escalation): Instant {
  const { progress, issues, release, fix, stageSince } = open
  const reports = [...progress, ...issues, ...(release ? [release] : []), ...(fix ? [fix] : [])]
  return Math.max(stageSince, presentHandOver(open).at, ...reports.map(({ at }) => at))
}

/** The note that asked for the escalation was a word as well. */
function lastWord({ moments }: TicketState, { requestedAt }: Escalation): Instant {
  const words = moments.filter(({ what }) => what === 'replied' || what === 'customer-spoke')
  return Math.max(requestedAt, ...words.map(({ at }) => at))
}
