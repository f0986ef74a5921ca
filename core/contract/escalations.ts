import { z } from 'zod'
import { Severity } from '../severity.ts'
import { ClockView, EscalationView, RefusedCommand, Stage, TimelineEntry } from './api.ts'

/** Several values with commas between them, or the parameter given several times. */
function listOf<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .union([z.string().max(2000), z.array(z.string().max(200)).max(50)])
    .transform((given) => [given].flat().flatMap((some) => some.split(',')))
    .pipe(z.array(item).min(1).max(50))
    .optional()
}

const Whole = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'Must be a whole number')
  .transform(Number)
const Instant = z.iso.datetime({ offset: true, error: 'Must be an instant (ISO 8601)' }).transform(Date.parse)

/** Query of `GET /api/v1/escalations`. */
export const EscalationsQuery = z.strictObject({
  stage: listOf(Stage),
  /** Open ones alone, or those alone that are over. */
  open: z
    .enum(['true', 'false'])
    .transform((word) => word === 'true')
    .optional(),
  tier: listOf(z.enum(['1', '2', '3', '4'], 'Tiers are 1 to 4')),
  queue: listOf(z.string().min(1).max(200)),
  severity: listOf(Severity),
  ticketId: Whole.optional(),
  /** Asked for at that instant or later. */
  requestedFrom: Instant.optional(),
  /** Asked for before that instant. */
  requestedTo: Instant.optional(),
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, 'Must be 1 to 100')
    .transform(Number)
    .default(25),
  /** As the answer before gave it. */
  cursor: z.string().max(200).optional(),
})
export type EscalationsQuery = z.infer<typeof EscalationsQuery>

export const EscalationSummary = z.strictObject({
  id: z.string(),
  ticketId: z.int(),
  stage: Stage,
  tier: z.int(),
  queue: z.string(),
  severity: Severity,
  urgency: z.int(),
  requestedAt: z.string(),
  respondBy: z.string().nullable(),
  /** When time has something to tell of it next; null when nothing is to come. */
  nextDueAt: z.string().nullable(),
})
export type EscalationSummary = z.infer<typeof EscalationSummary>

/** `GET /api/v1/escalations`, newest first. */
export const EscalationsResponse = z.strictObject({
  escalations: z.array(EscalationSummary),
  /** Null on the last page. */
  nextCursor: z.string().nullable(),
})
export type EscalationsResponse = z.infer<typeof EscalationsResponse>

/** `GET /api/v1/escalations/:id` and `GET /api/v1/tickets/:id/escalation`. */
export const EscalationStory = z.strictObject({
  ticketId: z.int(),
  /** With its decision and the decision's trace. */
  escalation: EscalationView,
  clocks: z.array(ClockView),
  timeline: z.array(TimelineEntry),
  refused: z.array(RefusedCommand),
  asOf: z.string(),
})
export type EscalationStory = z.infer<typeof EscalationStory>
