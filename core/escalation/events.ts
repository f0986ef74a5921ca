import type { ClockName } from '../clock/targets.ts'
import type { Told } from '../oncall/steps.ts'
import type { Instant } from '../units.ts'
import type { Author, Difference } from './facts.ts'
import type { LifeEvent } from './life-events.ts'

/** What happened, for the record: written once, in the transaction that changed the state, never altered. */
export type EscalationEvent = {
  at: Instant
  escalationId: string | null
  by: Pick<Author, 'id' | 'name'> | null
  /** The audit it came from, null for an effect's outcome. */
  auditId: number | null
} & (
  | { kind: 'requested'; commandId: string; tier: number; queue: string; reasons: string[]; score: number }
  | { kind: 'amended'; commandId: string; score: number; owed: string[] }
  | { kind: 'refused'; commandId: string | null; reason: string; detail: string }
  | { kind: 'routed'; group: string | null; differences: Difference[] }
  | { kind: 'routing-refused'; reason: string; detail: string }
  | { kind: 'routing-delayed'; reason: string; detail: string; attempts: number }
  | { kind: 'routing-failed'; reason: string; detail: string; attempts: number }
  | { kind: 'comment-was-public'; effectId: string }
  | { kind: 'moved'; toGroupId: number | null }
  | { kind: 'ticket-ended'; status: string }
  /** `at` is the true instant of the warning, whenever it was noticed. */
  | ({ kind: 'clock-warned'; percent: number } & ClockMoment)
  | ({ kind: 'clock-breached'; breachedBy: 'time' | 'target' } & ClockMoment)
  /** Told as reached, but what became known later says otherwise. */
  | { kind: 'clock-corrected'; clockId: string; told: string }
  /** `missed`: repetitions before this one that nobody was there to tell. */
  | { kind: 'timer-fired'; timer: string; title: string; missed: number; lateMs: number }
  | {
      kind: 'raised'
      because: string
      fromTier: number
      tier: number
      queue: string
      reasons: string[]
      lateMs: number
    }
  | { kind: 'on-call-told'; step: number; queue: string; told: Told[]; lateMs: number }
  | { kind: 'nobody-notified'; step: number; queue: string; uncovered: string[]; lateMs: number }
  | { kind: 'notice-deferred'; until: Instant; what: string[] }
  | { kind: 'deadline-moved'; clockId: string; clock: ClockName; from: Instant | null; to: Instant | null; why: string }
  | LifeEvent
)

/**
 * `lateMs`: how long after `at` it was noticed, or after the hand-off for what had happened before: nobody could have
 * noticed that sooner. `tier` is null for the customer's clock.
 */
type ClockMoment = { clockId: string; clock: ClockName; tier: number | null; lateMs: number }
