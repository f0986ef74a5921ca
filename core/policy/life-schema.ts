import { z } from 'zod'
import { CRITERIA } from '../escalation/criteria.ts'
import { Severity } from '../severity.ts'
import { anyNumberOf, Span } from './entries.ts'

/** One span for every severity, or one for each that is named. */
export const SpanBySeverity = z.preprocess(
  (given) => (typeof given === 'string' ? Object.fromEntries(Severity.options.map((name) => [name, given])) : given),
  z.strictObject({ P0: Span.optional(), P1: Span.optional(), P2: Span.optional(), P3: Span.optional() }),
)
export type SpanBySeverity = z.infer<typeof SpanBySeverity>

/** Keys of a tier about the end of an escalation. */
export const TierLifeShape = {
  /** How long a fix is watched; every hour counts. */
  monitoring: Span.optional(),
  /** What must hold before an escalation goes back. */
  deescalation: anyNumberOf(z.enum(CRITERIA)).optional(),
}

const TIMES = 'Write how many times the cadence, 1 to 20'

export const AgeingEntry = z.strictObject({
  /** So many times the cadence without a report of progress. */
  stalled_after: z.number(TIMES).min(1, TIMES).max(20, TIMES).optional(),
  /** Since it was asked for. */
  aged_after: SpanBySeverity.optional(),
  remind_every: Span.optional(),
})

export const ApprovalEntry = z.strictObject({
  /** What becomes of an escalation whose approval is refused. */
  rejected: z.enum(['stays', 'ends']).optional(),
})
