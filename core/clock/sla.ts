import { type Instant, MINUTE_MS } from '../units.ts'
import { deadlineAfter, openMsBetween } from './business-time.ts'
import { type Calendar, calendarTime, ScheduleExhausted } from './calendar.ts'
import { type CancelReason, type ClockEvent, type ClockTarget, inOrder } from './clock-event.ts'
import { isSame } from './same.ts'
import { type ClockPhase, type ClockState, type Pause, scheduleOf, targetOf, type Warning } from './sla-state.ts'

/** Gives the calendar of a schedule by its id. */
export type CalendarOf = (schedule: string) => Calendar

/**
 * What the events up to `now` make of a clock. Later events are left out, so any instant of the past can be asked about.
 *
 * A target is used up, and the clock breached, at the very instant its last millisecond is: a stop at that instant comes
 * too late. Warnings and breach carry the instants at which they happened, however late anybody looks.
 */
export function foldClock(events: readonly ClockEvent[], calendarOf: CalendarOf, now: Instant): ClockState {
  const fold = newFold(calendarOf)
  for (const event of inOrder(events)) {
    if (event.at > now) break
    advance(fold, event.at)
    apply(fold, event)
  }
  advance(fold, now)
  return { ...fold.clock, ...expected(fold, now) }
}

/** Open time of a target in milliseconds; a percentage of it is reached with its last started millisecond. */
export function budgetMs({ minutes }: ClockTarget, percent = 100): number {
  const wholeMs = Math.round(minutes * MINUTE_MS)
  return percent === 100 ? wholeMs : Math.ceil((wholeMs * percent) / 100)
}

/** The calendar of a stretch; without a schedule every hour counts. */
export function calendarFor(schedule: string | null, calendarOf: CalendarOf): Calendar {
  return schedule === null ? calendarTime : calendarOf(schedule)
}

type Fold = {
  clock: ClockState
  calendarOf: CalendarOf
  /** Counted up to here. */
  upTo: Instant
  isStopped: boolean
  /** Set for good once a clock that does not reopen has stopped. */
  isOver: boolean
  /** Why the ticket has no clocks any more, and how this one ended: what had stopped before stays stopped. */
  end: { why: CancelReason; as: 'stopped' | 'cancelled' } | null
  /** A pause that somebody set, until it is ended. */
  setPause: Pause | null
  /** Who brought the ticket into its status. */
  statusBy: string | null
  /** A target that came while the clock was stopped or cancelled; it counts when the clock goes on. */
  waitingTarget: { target: ClockTarget; by: string | null } | null
}

function newFold(calendarOf: CalendarOf): Fold {
  const clock: ClockState = {
    phase: 'waiting',
    since: null,
    startedAt: null,
    status: null,
    pause: null,
    stoppedBy: null,
    cancelledFor: null,
    elapsedMs: 0,
    targets: [],
    schedule: null,
    deadline: null,
    warnings: [],
    breachedAt: null,
    breachedBy: null,
    breached: null,
    spans: [],
  }
  return {
    clock,
    calendarOf,
    upTo: Number.NEGATIVE_INFINITY,
    isStopped: false,
    isOver: false,
    end: null,
    setPause: null,
    statusBy: null,
    waitingTarget: null,
  }
}

/** Lets time pass. What is reached on the way is reached at its own instant. */
function advance(fold: Fold, to: Instant): void {
  const { clock, upTo: from } = fold
  fold.upTo = to
  if (clock.phase === 'waiting' || from >= to) return
  const { phase, pause } = clock
  const schedule = scheduleOf(clock)
  const last = clock.spans.at(-1)
  if (last && last.phase === phase && last.schedule === schedule && last.pause === pause) last.to = to
  else clock.spans.push({ from, to, phase, schedule, pause })
  if (phase !== 'running') return

  const calendar = calendarFor(scheduleOf(clock), fold.calendarOf)
  const elapsedMs = clock.elapsedMs + openMsBetween(calendar, from, to)
  markReached(clock, elapsedMs, (leftMs) => deadlineAfter(calendar, from, leftMs), 'time')
  clock.elapsedMs = elapsedMs
}

/** @param at the instant at which so many milliseconds more than `clock.elapsedMs` have passed */
function markReached(
  clock: ClockState,
  elapsedMs: number,
  at: (leftMs: number) => Instant,
  by: 'time' | 'target',
): void {
  const target = targetOf(clock)
  if (!target || clock.breachedAt !== null) return
  for (const warning of clock.warnings) {
    const wantedMs = budgetMs(target, warning.percent)
    if (warning.isReached || elapsedMs < wantedMs) continue
    warning.isReached = true
    warning.at = at(wantedMs - clock.elapsedMs)
  }
  const wantedMs = budgetMs(target)
  if (elapsedMs < wantedMs) return
  clock.breachedAt = at(wantedMs - clock.elapsedMs)
  clock.breachedBy = by
  clock.breached = clock.targets.at(-1)!
}

function apply(fold: Fold, event: ClockEvent): void {
  const { clock } = fold
  const by = event.by ?? null
  switch (event.kind) {
    case 'start':
      // A clock starts once: neither a reopened ticket nor a second hand-over sets it back.
      if (clock.startedAt !== null) return
      clock.startedAt = event.at
      clock.schedule = event.schedule
      if (event.status !== undefined) clock.status = event.status
      takeTarget(fold, event.at, event.target, by)
      break
    case 'status':
      clock.status = event.status
      fold.statusBy = by
      break
    case 'pause':
      fold.setPause ??= { status: null, why: event.why, by }
      break
    case 'resume':
      fold.setPause = null
      break
    case 'target':
      if (clock.startedAt === null) return
      if (hasEnded(clock)) fold.waitingTarget = { target: event.target, by }
      else takeTarget(fold, event.at, event.target, by)
      break
    case 'schedule':
      clock.schedule = event.schedule
      break
    case 'stop':
      if (clock.startedAt === null) return
      fold.isStopped = true
      clock.stoppedBy ??= event.why
      break
    case 'reopen':
      fold.isStopped = false
      break
    case 'cancel':
      fold.end ??= {
        why: event.why,
        as: clock.phase === 'stopped' && clock.since! < event.at ? 'stopped' : 'cancelled',
      }
      break
    case 'follow-up':
      clock.status = event.status
      fold.statusBy = by
      fold.isStopped = false
      // What was merged or deleted has no clock any more; a closed ticket has, when its customer comes back.
      if (fold.end?.why === 'closed') fold.end = null
      break
  }
  settle(fold, event.at)
}

/** The time counted stays. A target that is used up already is breached now: not in the past, and not later either. */
function takeTarget(fold: Fold, at: Instant, target: ClockTarget, by: string | null): void {
  const { clock } = fold
  const before = targetOf(clock)
  if (before && isSame(before, target)) return
  clock.targets.push({ since: at, target, by })
  if (clock.breachedAt !== null) return
  clock.warnings = warningsOf(clock, target)
  markReached(clock, clock.elapsedMs, () => at, 'target')
}

/** A warning that was given stays given as long as the new target agrees that so much is used up. */
function warningsOf({ warnings, elapsedMs }: ClockState, target: ClockTarget): Warning[] {
  const percents = [...new Set(target.warnAt)].toSorted((a, b) => a - b)
  return percents.map((percent) => {
    const given = warnings.find((warning) => warning.percent === percent && warning.isReached)
    return given && elapsedMs >= budgetMs(target, percent) ? given : { percent, at: null, isReached: false }
  })
}

/** Brings the phase into line with what is known, after an event. */
function settle(fold: Fold, at: Instant): void {
  const { clock } = fold
  const target = targetOf(clock)
  if (clock.startedAt === null || !target) return
  const hadEnded = hasEnded(clock)
  const pause = fold.setPause ?? pauseByStatus(fold, target)
  const phase = phaseOf(fold, target, pause)

  clock.pause = phase === 'paused' ? samePause(clock.pause, pause) : null
  clock.cancelledFor = phase === 'cancelled' ? fold.end!.why : null
  if (phase === 'stopped') clock.stoppedBy ??= clock.status
  else if (phase !== 'cancelled') clock.stoppedBy = null
  if (phase === 'stopped' && !target.reopens) fold.isOver = true
  if (phase === clock.phase) return
  clock.phase = phase
  clock.since = at

  const { waitingTarget } = fold
  if (!hadEnded || hasEnded(clock) || waitingTarget === null) return
  fold.waitingTarget = null
  takeTarget(fold, at, waitingTarget.target, waitingTarget.by)
  // The new target has statuses of its own.
  settle(fold, at)
}

function phaseOf({ clock, end, isOver, isStopped }: Fold, target: ClockTarget, pause: Pause | null): ClockPhase {
  if (end !== null) return end.as
  if (isOver || isStopped || (clock.status !== null && target.stopsIn.includes(clock.status))) return 'stopped'
  return pause === null ? 'running' : 'paused'
}

function hasEnded({ phase }: ClockState): boolean {
  return phase === 'stopped' || phase === 'cancelled'
}

function pauseByStatus({ clock: { status }, statusBy }: Fold, target: ClockTarget): Pause | null {
  return status !== null && target.pausedIn.includes(status) ? { status, why: null, by: statusBy } : null
}

/** Keeps the object while nothing about the pause changed, so that its span goes on. */
function samePause(before: Pause | null, now: Pause | null): Pause | null {
  if (before && now && before.status === now.status && before.why === now.why && before.by === now.by) return before
  return now
}

/** What is to come if nothing changes. */
function expected(fold: Fold, now: Instant): Pick<ClockState, 'deadline' | 'warnings'> {
  const { clock } = fold
  const target = targetOf(clock)
  if (!target || clock.phase !== 'running') return { deadline: null, warnings: clock.warnings }
  if (clock.breachedAt !== null) return { deadline: clock.breachedAt, warnings: clock.warnings }
  const calendar = calendarFor(scheduleOf(clock), fold.calendarOf)
  const after = (wantedMs: number) => instantOrNull(() => deadlineAfter(calendar, now, wantedMs - clock.elapsedMs))
  return {
    deadline: after(budgetMs(target)),
    warnings: clock.warnings.map((warning) =>
      warning.isReached ? warning : { ...warning, at: after(budgetMs(target, warning.percent)) },
    ),
  }
}

function instantOrNull(ask: () => Instant): Instant | null {
  try {
    return ask()
  } catch (error) {
    if (error instanceof ScheduleExhausted) return null
    throw error
  }
}
