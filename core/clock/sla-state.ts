import type { Instant } from '../units.ts'
import type { CancelReason, ClockTarget } from './clock-event.ts'

export type ClockPhase = 'waiting' | 'running' | 'paused' | 'stopped' | 'cancelled'

/** Why a clock rests: the status of the ticket, or a pause somebody set. */
export type Pause = { status: string | null; why: string | null; by: string | null }

/** A stretch [from, to) in which a clock was in one phase and counted by one schedule, null for every hour. */
export type ClockSpan = { from: Instant; to: Instant; phase: ClockPhase; schedule: string | null; pause: Pause | null }

/** `at` is the true instant once reached, the expected one while the clock runs, and null when it does not run. */
export type Warning = { percent: number; at: Instant | null; isReached: boolean }

/** A target as it counted from an instant on. */
export type TargetSince = { since: Instant; target: ClockTarget; by: string | null }

/** A clock at an instant; the fold of its events. */
export type ClockState = {
  phase: ClockPhase
  /** When it came into that phase. */
  since: Instant | null
  startedAt: Instant | null
  /** The status of the ticket, as far as it was told. */
  status: string | null
  pause: Pause | null
  stoppedBy: string | null
  cancelledFor: CancelReason | null
  /** Time counted against the target so far. */
  elapsedMs: number
  /** Every target it had, the present one last. */
  targets: TargetSince[]
  /** Id of the schedule it counts by; null for every hour. */
  schedule: string | null
  /**
   * While it runs: when the target is used up if nothing changes, or was. Null while it does not run, and when that lies
   * beyond the years that schedules are known for.
   */
  deadline: Instant | null
  /** One for each percentage of the present target, lowest first. */
  warnings: Warning[]
  /** When the target was used up. Never taken back, whatever happens afterwards. */
  breachedAt: Instant | null
  /** Whether time ran out, or a shorter target found it used up already. */
  breachedBy: 'time' | 'target' | null
  /** The target that was used up. */
  breached: TargetSince | null
  /** All stretches from the start to the instant asked about. */
  spans: ClockSpan[]
}

/** The target in force; null before the clock has one. */
export function targetOf(clock: ClockState): ClockTarget | null {
  return clock.targets.at(-1)?.target ?? null
}

/** Id of the schedule that counts; a target in calendar time has none. */
export function scheduleOf(clock: ClockState): string | null {
  return targetOf(clock)?.counts === 'business' ? clock.schedule : null
}

/** A stopped clock is met or missed for good, unless the ticket is reopened; a running one can only be missed yet. */
export function verdictOf(clock: ClockState): 'met' | 'breached' | null {
  if (clock.breachedAt !== null) return 'breached'
  return clock.phase === 'stopped' ? 'met' : null
}
