import type { MeasureId } from '../contract/report.ts'
import type { Severity } from '../severity.ts'
import type { Instant } from '../units.ts'

/** Why something is in no figure, though its event lies in the window. It is counted apart. */
export const EXCLUSIONS = ['merged', 'deleted', 'unresolved', 'cancelled', 'unsaid'] as const
export type Exclusion = (typeof EXCLUSIONS)[number]

/** The same as people read it. */
export const EXCLUSION_WORDS: Readonly<Record<Exclusion, string>> = {
  merged: 'The ticket was merged into another',
  deleted: 'The ticket was deleted',
  unresolved: 'Over without having been resolved',
  cancelled: 'Handed on, or over, before it came to this',
  unsaid: 'Nobody said',
}

/** What a case says of each dimension that is not time, in force at its event; null for nothing. */
export type Places = {
  tier: number | null
  queue: string | null
  component: string | null
  category: string | null
  /** The customer's tier by the policy's id of it. */
  segment: string | null
  severity: Severity | null
  /** Zendesk's id of whoever the measure is about. */
  agent: number | null
  reason: string | null
  origin: Origin | null
}

/** Asked for with a note; moved by hand, the note owed; moved or raised by a rule. */
export type Origin = 'manual' | 'move' | 'automatic'

/**
 * One thing that a measure counts: a figure is made of its cases and of nothing else, so it opens to them. It holds
 * no `now`: what is not decided yet is `open`.
 */
export type MeasureCase = Places & {
  measure: MeasureId
  escalationId: string
  /** Tells cases of one measure and escalation apart. */
  part: number
  ticketId: number
  /** The event that puts it into a window. */
  at: Instant
  /** Of what is no share, what counts is a `hit`. */
  outcome: 'hit' | 'miss' | 'open' | Exclusion
  /** Seconds of a duration, a number of a mean, whole; null of a share or count, and while open. */
  amount: number | null
  /** One to three words for the list behind the figure. */
  note: string
}

/** An escalation with one tier and queue, [from, to); `to` is null while it is there. For backlog, load and concurrency. */
export type TierStay = Omit<Places, 'agent' | 'tier' | 'queue'> & {
  escalationId: string
  part: number
  ticketId: number
  tier: number
  queue: string
  /** Whoever has it; null while nobody does. */
  owner: number | null
  /** `returned`: open, but it waits for the side it came from. */
  standing: 'with-tier' | 'returned'
  requestedAt: Instant
  from: Instant
  to: Instant | null
}
