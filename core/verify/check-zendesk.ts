import { openMsBetween } from '../clock/business-time.ts'
import { type CalendarOf, calendarFor } from '../clock/sla.ts'
import type { ClockState } from '../clock/sla-state.ts'
import type { ZendeskMetricEvent } from '../clock/zendesk-metric-event.ts'
import { foldZendeskClocks, type ZendeskClock } from '../clock/zendesk-sla.ts'
import type { TicketMoment } from '../escalation/state.ts'
import { type Instant, MINUTE_MS } from '../units.ts'
import { RECKONED, type ReckonedMetric, reckonAsZendesk } from './as-zendesk.ts'

/** What is compared of one of Zendesk's clocks. */
export type CheckedPart = 'phase' | 'start' | 'used-up' | 'calendar-time' | 'business-time'

/** A part in which Zendesk's own events and our reckoning by Zendesk's rules do not meet to the minute. */
export type PartDifference = { part: CheckedPart; theirs: string | number | null; ours: string | number | null }

/** Why a clock cannot be reckoned, or may come out otherwise. The words are stable. */
export type CheckReason =
  /** Merging closes a ticket; what that does to SLA maths, Zendesk does not say. */
  | 'merged'
  /** A deleted ticket's clocks stand still without a word. */
  | 'deleted'
  /** It counts business time, and no schedule is known by which. */
  | 'no-schedule'
  /** It is one of those that need what the record does not keep: groups, every word to the customer. */
  | 'not-reckoned'

export type ZendeskCheck = Pick<ZendeskClock, 'metric' | 'instance'> & {
  verdict: 'agrees' | 'explained' | 'unexplained' | 'not-comparable'
  reason: CheckReason | null
  differences: PartDifference[]
  /** The schedule that was counted by, and whether by what it says today alone, as Zendesk does. */
  countedBy: { schedule: string; lastOnly: boolean } | null
  clock: ZendeskClock
}

/** The schedules Zendesk may count a ticket by: as they are today, and each as it was while it was in force. */
export type ZendeskSchedules = { ids: readonly string[]; lastOnly: CalendarOf; inForce: CalendarOf }

/**
 * Reckons each of Zendesk's clocks of a ticket again, by Zendesk's rules, from what happened to the ticket, and holds the
 * outcome beside what Zendesk's own events say. Both as of `asOf`.
 */
export function checkZendeskClocks(
  moments: readonly TicketMoment[],
  events: readonly ZendeskMetricEvent[],
  schedules: ZendeskSchedules,
  asOf: Instant,
): ZendeskCheck[] {
  return foldZendeskClocks(events, asOf).map((clock) => {
    const { metric, instance } = clock
    const own = events.filter((event) => event.metric === metric && event.instance === instance)
    return { metric, instance, clock, ...check(clock, own, moments, schedules, asOf) }
  })
}

type Outcome = Pick<ZendeskCheck, 'verdict' | 'reason' | 'differences' | 'countedBy'>

function check(
  clock: ZendeskClock,
  events: readonly ZendeskMetricEvent[],
  moments: readonly TicketMoment[],
  schedules: ZendeskSchedules,
  asOf: Instant,
): Outcome {
  if (!isReckoned(clock.metric)) return outcome('not-comparable', 'not-reckoned')
  const { metric } = clock
  const ended = moments.findLast((moment) => moment.what === 'ended')
  if (ended?.why === 'deleted') return outcome('not-comparable', 'deleted')
  if (clock.target?.counts === 'business' && schedules.ids.length === 0) return outcome('not-comparable', 'no-schedule')

  let best: { differences: PartDifference[]; countedBy: ZendeskCheck['countedBy'] } | null = null
  for (const { calendarOf, countedBy } of waysToCount(schedules)) {
    const ours = reckonAsZendesk(metric, moments, events, countedBy?.schedule ?? null, calendarOf, asOf)
    const differences = compare(clock, ours, countedBy?.schedule ?? null, calendarOf)
    if (differences.length === 0) return { ...outcome('agrees', null), countedBy }
    if (!best || differences.length < best.differences.length) best = { differences, countedBy }
  }
  const why = ended?.why === 'merged' ? outcome('explained', 'merged') : outcome('unexplained', null)
  return { ...why, ...best }
}

function isReckoned(metric: ZendeskClock['metric']): metric is ReckonedMetric {
  return RECKONED.some((one) => one === metric)
}

function outcome(verdict: Outcome['verdict'], reason: CheckReason | null): Outcome {
  return { verdict, reason, differences: [], countedBy: null }
}

type Way = { calendarOf: CalendarOf; countedBy: ZendeskCheck['countedBy'] }

function waysToCount({ ids, lastOnly, inForce }: ZendeskSchedules): Way[] {
  if (ids.length === 0) return [{ calendarOf: lastOnly, countedBy: null }]
  return ids.flatMap((schedule) => [
    { calendarOf: lastOnly, countedBy: { schedule, lastOnly: true } },
    { calendarOf: inForce, countedBy: { schedule, lastOnly: false } },
  ])
}

const PHASES: Readonly<Record<ClockState['phase'], ZendeskClock['phase']>> = {
  waiting: 'waiting',
  running: 'running',
  paused: 'paused',
  stopped: 'fulfilled',
  cancelled: 'fulfilled',
}

function compare(
  theirs: ZendeskClock,
  ours: ClockState | null,
  schedule: string | null,
  calendarOf: CalendarOf,
): PartDifference[] {
  if (ours === null) return [{ part: 'start', theirs: theirs.activatedAt, ours: null }]
  const found: PartDifference[] = []
  const phase = PHASES[ours.phase]
  // One that waits for its first event has no phase to compare.
  if (theirs.phase !== 'waiting' && theirs.phase !== phase)
    found.push({ part: 'phase', theirs: theirs.phase, ours: phase })
  at('start', theirs.activatedAt, ours.startedAt)
  if (theirs.target) at('used-up', theirs.breachedAt ?? theirs.breachesAt, usedUpAt(ours))
  if (theirs.phase === 'fulfilled' && theirs.told) {
    lasted('calendar-time', theirs.told.calendarMs, counted(ours, null, calendarOf))
    if (schedule !== null) lasted('business-time', theirs.told.businessMs, counted(ours, schedule, calendarOf))
  }
  return found

  function at(part: CheckedPart, their: Instant | null, our: Instant | null): void {
    const isSame = their === null || our === null ? their === our : Math.abs(their - our) < MINUTE_MS
    if (!isSame) found.push({ part, theirs: their, ours: our })
  }

  /** Zendesk tells whole minutes. */
  function lasted(part: CheckedPart, their: number, our: number): void {
    if (Math.abs(their - our) > MINUTE_MS) found.push({ part, theirs: their, ours: our })
  }
}

/** The first target of one that was reckoned stands for none. */
function usedUpAt({ deadline, targets, breachedAt }: ClockState): Instant | null {
  return targets.length < 2 ? null : (breachedAt ?? deadline)
}

function counted({ spans }: ClockState, schedule: string | null, calendarOf: CalendarOf): number {
  const calendar = calendarFor(schedule, calendarOf)
  return spans
    .filter(({ phase }) => phase === 'running')
    .reduce((sum, { from, to }) => sum + openMsBetween(calendar, from, to), 0)
}
