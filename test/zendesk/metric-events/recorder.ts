import { deadlineAfter, openMsBetween } from '../../../core/clock/business-time.ts'
import { type Calendar, calendarTime } from '../../../core/clock/calendar.ts'
import { type Instant, MINUTE_MS } from '../../../core/units.ts'
import type { SlaTarget } from '../slas/policy.ts'
import type { State } from '../state/model.ts'
import { type EventType, METRICS, type MetricEvent, type MetricName, policyMetricOf } from './metric-event.ts'
import type { Moment } from './moments.ts'

type Span = { from: Instant; to: Instant | null }

export type Phase = 'idle' | 'running' | 'paused' | 'fulfilled'

/** More events than one audit gives one metric. */
const MOST_EVENTS = 12

export type Recorder = ReturnType<typeof createRecorder>

/**
 * Writes down the events of one metric of one ticket: instances, the time that ran, and breaches, which are foreseen
 * and taken back. Moments must come in order, and `settle` must end each.
 */
export function createRecorder(state: State, ticketId: number, metric: MetricName) {
  const events: MetricEvent[] = []
  let spans: Span[] = []
  let instance = 0
  let phase: Phase = 'idle'
  let isHalted = false
  /** The audit that last told a target. */
  let toldAt: number | null = null
  /** Events so far at one audit, for ids that stay the same however long the ticket lives. */
  let numbered = { auditId: 0, count: 0 }

  return {
    events,
    measure: (moment: Moment) => void record(moment, 'measure', { instance_id: 0 }),
    begin,
    run,
    pause,
    fulfill,
    settle,
    phase: () => phase,
    isActive: () => phase === 'running' || phase === 'paused',
    instance: () => instance,
    usedMs,
    standingBreach,
  }

  /** A new instance, whose time starts at nothing. */
  function begin(moment: Moment): void {
    instance++
    spans = []
    phase = 'idle'
    run(moment)
  }

  /** Starts, resumes, or goes on after a reopening; the time so far stays. */
  function run(moment: Moment): void {
    if (phase === 'running') return
    if (instance === 0) instance = 1
    const isStart = phase !== 'paused'
    phase = 'running'
    spans.push({ from: moment.at, to: null })
    record(moment, 'activate')
    if (isStart && targetAt(moment)) applySla(moment)
  }

  function pause(moment: Moment): void {
    if (phase !== 'running') return
    stop(moment.at)
    phase = 'paused'
    record(moment, 'pause')
  }

  function fulfill(moment: Moment): void {
    if (phase !== 'running' && phase !== 'paused') return
    stop(moment.at)
    phase = 'fulfilled'
    withdraw(moment.at)
    record(moment, 'fulfill')
    const minutesOf = (calendar: Calendar) => Math.floor(usedMs(moment.at, calendar) / MINUTE_MS)
    record(moment, 'update_status', {
      status: { calendar: minutesOf(calendarTime), business: minutesOf(moment.calendar) },
    })
  }

  /** After a moment: new targets are told, and a breach is foreseen, kept or taken back. */
  function settle(moment: Moment): void {
    halt(moment)
    const name = policyMetricOf(metric, instance)
    const isNew = name !== null && moment.newTargets.has(name) && toldAt !== moment.auditId
    if (isNew && (phase === 'running' || phase === 'paused')) applySla(moment)
    foresee(moment)
  }

  /** A deleted ticket's clocks stand still without a word, and go on when it is restored. */
  function halt(moment: Moment): void {
    if (moment.status === 'deleted') {
      stop(moment.at)
      isHalted = true
    } else if (isHalted) {
      isHalted = false
      if (phase === 'running' && spans.at(-1)?.to !== null) spans.push({ from: moment.at, to: null })
    }
  }

  function foresee(moment: Moment): void {
    const target = targetAt(moment)
    if (phase !== 'running' || isHalted || !target) {
      withdraw(moment.at)
      return
    }
    const calendar = target.in_business_hours ? moment.calendar : calendarTime
    const leftMs = target.minutes * MINUTE_MS - usedMs(moment.at, calendar)
    const standing = standingBreach()
    // A breach is never dated back: what is used up already counts from now, unless it was a breach before.
    if (leftMs <= 0 && standing && standing.at <= moment.at) return
    const at = leftMs <= 0 ? moment.at : deadlineAfter(calendar, moment.at, leftMs)
    if (standing?.at === at) return
    withdraw(moment.at)
    record(moment, 'breach', { at })
  }

  function withdraw(at: Instant): void {
    const breach = standingBreach()
    if (breach && breach.at > at) breach.deletedAt = at
  }

  function standingBreach(): MetricEvent | null {
    const isStanding = (event: MetricEvent) => event.type === 'breach' && event.deletedAt === undefined
    return events.findLast((event) => isStanding(event) && event.instance_id === instance) ?? null
  }

  function applySla(moment: Moment): void {
    toldAt = moment.auditId
    const target = targetAt(moment)
    const { policy } = moment
    const description = policy ? (state.sla_policies[policy.id]?.description ?? '') : ''
    const sla = {
      target: target ? Math.floor(target.minutes) : null,
      target_in_seconds: target ? Math.round(target.minutes * 60) : null,
      business_hours: target?.in_business_hours ?? null,
      policy: policy && { ...policy, description },
    }
    record(moment, 'apply_sla', { sla })
  }

  function targetAt(moment: Moment): SlaTarget | null {
    const name = policyMetricOf(metric, instance)
    return (name && moment.targets[name]) ?? null
  }

  function usedMs(at: Instant, calendar: Calendar): number {
    return spans.reduce((sum, { from, to }) => sum + openMsBetween(calendar, from, Math.min(to ?? at, at)), 0)
  }

  function stop(at: Instant): void {
    const span = spans.at(-1)
    if (span && span.to === null) span.to = at
  }

  function record(moment: Moment, type: EventType, given: Partial<MetricEvent> = {}): void {
    if (numbered.auditId !== moment.auditId) numbered = { auditId: moment.auditId, count: 0 }
    const place = METRICS.indexOf(metric) * MOST_EVENTS + numbered.count++
    events.push({
      ...{ id: moment.auditId * 100 + place, ticket_id: ticketId, metric, instance_id: instance, type },
      ...{ at: moment.at, knownAt: moment.at },
      ...given,
    })
  }
}
