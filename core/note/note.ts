import { z } from 'zod'
import { Severity } from '../severity.ts'

const text = z.string().max(20_000, 'At most 20,000 characters').default('')
const lines = z.array(z.string().max(20_000, 'At most 20,000 characters')).max(200, 'At most 200 entries').default([])

/** Who is affected, as the account knows them. Prefilled from the requester and the organisation. */
export const CustomerContext = z.strictObject({
  account: text,
  tier: text,
  health_score: z.number().nullable().default(null),
  arr: text,
  primary_contact: text,
})

export const Issue = z.strictObject({
  summary: text,
  symptoms: lines,
  customer_impact: text,
  business_impact: text,
})

export const Diagnostics = z.strictObject({
  environment: text,
  reproduction_steps: lines,
  /** How often the steps reproduce it, in percent of attempts. */
  reproduction_rate: z.number().min(0).max(100).nullable().default(null),
  log_excerpts: text,
  evidence: lines,
})

/** What the agent says for routing; every entry may stay empty. */
export const Triage = z.strictObject({
  severity: Severity.nullable().default(null),
  /** Id of a component of the policy. */
  component: text,
  /** What went wrong, for routing: `outage`, `security`, `data_loss`, `bug`, `configuration`, `how_to` … */
  category: text,
  affected_customers: z.int().min(0).nullable().default(null),
  duration_hours: z.number().min(0).nullable().default(null),
  needs_code: z.boolean().nullable().default(null),
})

/**
 * What the escalating agent hands over. Keys are those of the escalation note template; what the template does not
 * have (`diagnostics`, `triage`) is ours. Every field is always there: an empty one is `''`, `[]` or `null`, so a
 * half-written note is a note too, and completeness is a question of its own.
 */
export const Note = z.strictObject({
  ticket_id: text,
  escalated_from: text,
  escalated_to: text,
  escalated_by: text,
  /** ISO 8601, UTC. */
  timestamp: text,
  customer_context: CustomerContext.prefault({}),
  issue: Issue.prefault({}),
  steps_taken: lines,
  escalation_reason: text,
  suggested_next_step: text,
  diagnostics: Diagnostics.prefault({}),
  triage: Triage.prefault({}),
})
export type Note = z.infer<typeof Note>

/** A note nobody has written anything into yet. */
export function emptyNote(): Note {
  return Note.parse({})
}
