import { type Calendar, calendarTime } from '../../../core/clock/calendar.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../core/units.ts'
import { iso } from '../http/times.ts'
import type { State, Ticket } from '../state/model.ts'
import { clocksOf } from './derive.ts'
import { METRICS, type MetricEvent, policyMetricOf } from './metric-event.ts'

export function presentMetricEvent(event: MetricEvent) {
  const { id, ticket_id, metric, instance_id, type, at, sla, status, deletedAt } = event
  return {
    ...{ id, ticket_id, metric, instance_id, type, time: iso(at) },
    ...(sla ? { sla } : {}),
    ...(status ? { status } : {}),
    ...(deletedAt === undefined ? {} : { deleted: true }),
  }
}

/** `include=metric_events`: the ticket's events by metric. */
export function metricEventsByMetric(state: State, ticket: Ticket) {
  const { recorders } = clocksOf(state, ticket.id)
  return Object.fromEntries(METRICS.map((metric) => [metric, recorders[metric].events.map(presentMetricEvent)]))
}

/**
 * `include=slas`: what the ticket is held to and how much is left, signed, in the largest unit that fits. The time left
 * is calendar time, even of targets in business hours.
 */
export function slaStatusOf(state: State, ticket: Ticket, now: Instant) {
  const { moments, recorders } = clocksOf(state, ticket.id)
  const last = moments.at(-1)
  const policy_metrics = METRICS.flatMap((metric) => {
    const recorder = recorders[metric]
    const name = policyMetricOf(metric, Math.max(1, recorder.instance()))
    const target = name ? last?.targets[name] : undefined
    const phase = recorder.phase()
    if (!name || !target || !last || phase === 'idle') return []
    if (phase === 'fulfilled') return [{ breach_at: null, stage: 'achieved', metric: name }]
    const calendar: Calendar = target.in_business_hours ? last.calendar : calendarTime
    const breachAt = phase === 'running' ? (recorder.standingBreach()?.at ?? null) : null
    const leftMs = breachAt === null ? target.minutes * MINUTE_MS - recorder.usedMs(now, calendar) : breachAt - now
    const breach_at = breachAt === null ? null : iso(breachAt)
    return [{ breach_at, stage: phase === 'running' ? 'active' : 'paused', metric: name, ...inLargestUnit(leftMs) }]
  })
  return { policy_metrics }
}

function inLargestUnit(ms: number): Record<string, number> {
  const [unit, sizeMs] =
    Math.abs(ms) >= DAY_MS ? ['days', DAY_MS] : Math.abs(ms) >= HOUR_MS ? ['hours', HOUR_MS] : ['minutes', MINUTE_MS]
  return { [unit]: Math.trunc(ms / sizeMs) }
}
