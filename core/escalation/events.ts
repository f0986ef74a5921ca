import type { Instant } from '../units.ts'
import type { Author, Difference } from './facts.ts'

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
)
