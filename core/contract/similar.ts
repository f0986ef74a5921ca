import { z } from 'zod'
import { Note } from '../note/note.ts'
import { SUGGESTED_FIELDS } from '../similar/suggest.ts'

/** A past escalation like the one asked about, and how it ended. Instants are ISO 8601, UTC. */
export const SimilarCard = z.strictObject({
  escalationId: z.string(),
  ticketId: z.int(),
  /** From 0 to 1. */
  score: z.number(),
  summary: z.string(),
  component: z.string().nullable(),
  category: z.string().nullable(),
  severity: z.string(),
  tier: z.int(),
  queue: z.string(),
  code: z.string(),
  rootCause: z.string(),
  fix: z.string(),
  articleUrl: z.string().nullable(),
  resolvedAt: z.string(),
  /** From the hand-off until it was resolved. */
  tookMs: z.number(),
  resolvedBy: z.string(),
  /** How many tickets were said to have the same problem. */
  sameProblems: z.int(),
})
export type SimilarCard = z.infer<typeof SimilarCard>

/** A value that past escalations speak for; whoever fills the form takes it or not. */
export const SuggestionView = z.strictObject({
  field: z.enum(SUGGESTED_FIELDS),
  value: z.string(),
  /** The value as people call it. */
  name: z.string(),
  confidence: z.number(),
  isSure: z.boolean(),
  /** Ids of the past escalations that have it, of `looked` that were looked at. */
  agreeing: z.array(z.string()),
  looked: z.int(),
})
export type SuggestionView = z.infer<typeof SuggestionView>

/** `POST /api/similar` */
export const SimilarRequest = z.strictObject({ ticketId: z.int().positive(), note: Note })
export type SimilarRequest = z.infer<typeof SimilarRequest>

export const SimilarResponse = z.strictObject({
  /** The most similar first, at most three. */
  cases: z.array(SimilarCard),
  /** Only what is sure, and was not refused in this ticket. */
  suggestions: z.array(SuggestionView),
})
export type SimilarResponse = z.infer<typeof SimilarResponse>

/** `POST /api/similar/answers`: a word about what was shown; the last one on each subject holds. */
export const SimilarAnswer = z.discriminatedUnion('answer', [
  z.strictObject({ ticketId: z.int().positive(), answer: z.literal('not-same'), escalationId: z.string().max(40) }),
  z.strictObject({
    ticketId: z.int().positive(),
    answer: z.enum(['taken', 'refused']),
    field: z.enum(SUGGESTED_FIELDS),
    value: z.string().max(200),
  }),
])
export type SimilarAnswer = z.infer<typeof SimilarAnswer>

/** `POST /api/v1/find-similar`: a problem in words. */
export const FindSimilarParameters = z.strictObject({
  summary: z.string().max(2000).default(''),
  description: z.string().max(100_000).default(''),
  component: z.string().max(200).nullable().default(null),
  limit: z.int().min(1).max(20).default(5),
})
export type FindSimilarParameters = z.infer<typeof FindSimilarParameters>

export const FindSimilarResult = z.strictObject({ cases: z.array(SimilarCard), suggestions: z.array(SuggestionView) })
export type FindSimilarResult = z.infer<typeof FindSimilarResult>
