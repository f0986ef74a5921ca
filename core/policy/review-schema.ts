import { z } from 'zod'
import { Severity } from '../severity.ts'
import { Level } from './clocks-schema.ts'
import { anyNumberOf, Label, oneOrMore, Span } from './entries.ts'

const BySeverity = z.partialRecord(Severity, Span)

export const ReviewsEntry = z.strictObject({
  aged: BySeverity.optional(),
  progress_every: BySeverity.optional(),
  stalled_after: z.number('Write how many times, such as 2').min(1, 'At least once').max(100, 'At most 100').optional(),
  least: z.int('Write a whole number').min(2, 'At least 2').max(1000, 'At most 1000').optional(),
  post: z.strictObject({ tiers: oneOrMore(Level).optional(), due: Span.optional() }).optional(),
})

export const MajorIncidentEntry = z.strictObject({
  severities: anyNumberOf(Severity).optional(),
  bridge_url: z
    .string()
    .max(500, 'At most 500 characters')
    .regex(/^https:\/\/[^\s]+$/, 'Write an address that begins with https://')
    .optional(),
  /** Name of the Zendesk group. */
  problem_group: Label.optional(),
  join_within: Span.optional(),
})
