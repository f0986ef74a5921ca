import { fingerprint } from '../policy/fingerprint.ts'
import type { Instant } from '../units.ts'
import type { Schedule } from './schedule.ts'
import { budgetMs, type CalendarOf, calendarFor } from './sla.ts'
import { type ClockPhase, type ClockSpan, type ClockState, type Pause, scheduleOf } from './sla-state.ts'

/** A schedule as it stood: a change of hours or holidays is another version. */
export type ScheduleVersion = {
  id: string | null
  name: string | null
  timezone: string
  effectiveFrom: Instant | null
  version: string
}

/** A stretch [from, to) that was counted, or was not and why. `schedule` is a version, null where every hour counts. */
export type ExplainedStretch = { from: Instant; to: Instant; schedule: string | null } & (
  | { kind: 'counted' | 'closed' | 'stopped' | 'cancelled' }
  | { kind: 'holiday'; name: string }
  | ({ kind: 'paused' } & Pause)
)

/** Where a clock's deadline comes from; or, where it has none now, what was counted so far. */
export type Explanation = {
  clock: string
  phase: ClockPhase
  startedAt: Instant
  /** The end of the last stretch: the breach, the deadline, or the instant up to which it was counted. */
  until: Instant
  endsAt: 'breach' | 'deadline' | 'rest'
  breachedBy: ClockState['breachedBy']
  budgetMs: number
  /** The sum of the counted stretches: the budget to the millisecond, unless a shorter target was used up at once. */
  countedMs: number
  policyVersion: string | null
  targetsBefore: { since: Instant; minutes: number; policyVersion: string | null }[]
  schedules: ScheduleVersion[]
  stretches: ExplainedStretch[]
}

/**
 * Explains a clock that has started: every stretch from its start, in order, without holes. A pause is shown where it
 * cost open time; hours in which nobody works are closed, paused or not, because they would not have counted anyway.
 *
 * @param now the instant the clock was folded for
 */
export function explain(name: string, clock: ClockState, calendarOf: CalendarOf, now: Instant): Explanation | null {
  const present = clock.breached ?? clock.targets.at(-1)
  if (!present || clock.startedAt === null) return null

  const until = endOf(clock, now)
  const schedules = new Map<Schedule, ScheduleVersion>()
  const stretches = spansUntil(clock, now, until).flatMap((span) => stretchesOfSpan(span, calendarOf, schedules))
  const versions = clock.targets.slice(0, clock.targets.indexOf(present))
  return {
    clock: name,
    phase: clock.phase,
    startedAt: clock.startedAt,
    until,
    endsAt: clock.breachedAt !== null ? 'breach' : clock.deadline !== null ? 'deadline' : 'rest',
    breachedBy: clock.breachedBy,
    budgetMs: budgetMs(present.target),
    countedMs: stretches.reduce((sum, { kind, from, to }) => (kind === 'counted' ? sum + to - from : sum), 0),
    policyVersion: present.target.policyVersion,
    targetsBefore: versions.map((old) => ({
      since: old.since,
      minutes: old.target.minutes,
      policyVersion: old.target.policyVersion,
    })),
    schedules: [...schedules.values()],
    stretches: joined(stretches),
  }
}

function endOf(clock: ClockState, now: Instant): Instant {
  const ended = clock.phase === 'stopped' || clock.phase === 'cancelled' ? clock.since : null
  return clock.breachedAt ?? clock.deadline ?? ended ?? now
}

/** What has passed, cut at the end or, while the clock runs, drawn on to it. */
function spansUntil(clock: ClockState, now: Instant, until: Instant): ClockSpan[] {
  const passed = clock.spans.flatMap((span) => (span.from < until ? [{ ...span, to: Math.min(span.to, until) }] : []))
  if (until <= now) return passed
  return [...passed, { from: now, to: until, phase: clock.phase, schedule: scheduleOf(clock), pause: null }]
}

function stretchesOfSpan(
  { from, to, phase, schedule, pause }: ClockSpan,
  calendarOf: CalendarOf,
  schedules: Map<Schedule, ScheduleVersion>,
): ExplainedStretch[] {
  return calendarFor(schedule, calendarOf)
    .stretches(from, to)
    .map((stretch): ExplainedStretch => {
      const part = { from: stretch.from, to: stretch.to, schedule: versionOf(stretch.schedule, schedules) }
      if (!stretch.isOpen) {
        return stretch.reason === 'holiday'
          ? { ...part, kind: 'holiday', name: stretch.holiday }
          : { ...part, kind: 'closed' }
      }
      if (phase === 'paused') return { ...part, kind: 'paused', ...(pause ?? { status: null, why: null, by: null }) }
      return { ...part, kind: phase === 'stopped' || phase === 'cancelled' ? phase : 'counted' }
    })
}

function versionOf(schedule: Schedule | null, schedules: Map<Schedule, ScheduleVersion>): string | null {
  if (!schedule) return null
  let known = schedules.get(schedule)
  if (!known) {
    const { id, name, timezone, effectiveFrom } = schedule
    known = { id, name, timezone, effectiveFrom, version: fingerprint(JSON.stringify(schedule)) }
    schedules.set(schedule, known)
  }
  return known.version
}

/** Neighbours that differ in nothing but their instants are one stretch. */
function joined(stretches: readonly ExplainedStretch[]): ExplainedStretch[] {
  const result: ExplainedStretch[] = []
  for (const stretch of stretches) {
    const last = result.at(-1)
    if (last && last.to === stretch.from && sameBut(last, stretch)) last.to = stretch.to
    else result.push({ ...stretch })
  }
  return result
}

function sameBut(a: ExplainedStretch, b: ExplainedStretch): boolean {
  return JSON.stringify({ ...a, from: 0, to: 0 }) === JSON.stringify({ ...b, from: 0, to: 0 })
}
