import type { Instant } from '../units.ts'
import type { Update } from './update.ts'

/** What may move a clock without moving the problem. */
export const PATTERNS = ['solve-reopen', 'silent-pending', 'priority-flip', 'stop-comment', 'out-and-back'] as const
export type Pattern = (typeof PATTERNS)[number]

/** An update that shows it: which, when, by whom, and what it did, in a few words. */
export type Evidence = { auditId: number; at: Instant; byId: number | null; what: string }

/** A place in a ticket that is worth a look. It says what happened, not why. */
export type Finding = {
  pattern: Pattern
  ticketId: number
  byId: number
  evidence: Evidence[]
  /** While it lasted: the stretch in which clocks stood still, counted to another target, or had a word less to wait for. */
  from: Instant
  to: Instant
  /** What is not known, where that matters to what it means. */
  caveat: string | null
}

/** A moment at which a target was, or would have been, used up. */
export type Deadline = { at: Instant; clock: string; isForReply: boolean }

/** What the rules look at besides the updates of a ticket. */
export type AuditMeans = {
  ticketId: number
  /** One of ours, who is no business rule and not Baton itself. */
  isAgent(byId: number | null): boolean
  deadlines: readonly Deadline[]
  /** Up to when the history is known. */
  now: Instant
}

/** What one rule found, and how often it could have: every update to which it might have applied, by whoever made it. */
export type RuleOutcome = { findings: Finding[]; chances: { byId: number; at: Instant }[] }

export type Rule = (updates: readonly Update[], means: AuditMeans) => RuleOutcome

export function evidenceOf({ auditId, at, byId }: Update, what: string): Evidence {
  return { auditId, at, byId, what }
}
