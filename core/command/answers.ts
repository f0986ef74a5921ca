import { z } from 'zod'

const text = z.string().max(20_000, 'At most 20,000 characters').default('')
const lines = z.array(z.string().max(20_000, 'At most 20,000 characters')).max(200, 'At most 200 entries').default([])
const choice = <const T extends readonly [string, ...string[]]>(...options: T) =>
  z.enum(options).nullable().default(null)

/** Why a receiving tier sends an escalation back. */
export const RETURN_REASONS = [
  'incomplete',
  'wrong_queue',
  'below_tier',
  'known_issue',
  'duplicate',
  'not_reproducible',
  'waiting_for_customer',
  'other',
] as const

/** How an escalation was resolved. */
export const RESOLUTION_CODES = [
  'fixed_in_code',
  'configuration',
  'workaround',
  'data_repaired',
  'third_party',
  'missing_information',
  'how_to',
  'known_issue',
  'duplicate',
  'not_reproducible',
  'as_designed',
  'other',
] as const

/** What a resolution gives the knowledge base. */
export const ARTICLE_ANSWERS = ['linked', 'improved', 'drafted', 'not_needed'] as const

/** When a fix ships. */
export const RELEASES = ['hotfix', 'next_release'] as const

/** Where work stands, in the words of the escalation skill and of the stages. */
export const PROGRESS_STATES = ['investigating', 'fixing'] as const

/** The receiving tier takes it. */
export const Accept = z.strictObject({ comment: text })

/** The receiving tier sends it back. `missing` names headings of the note that were not filled well enough. */
export const Return = z.strictObject({ reason: choice(...RETURN_REASONS), missing: lines, explanation: text })

/** Others are asked to help; owner and clocks stay. */
export const AskHelp = z.strictObject({ people: lines, skill: text, question: text })

/** Headings of the note that the receiver had to ask about although they should have been answered. */
export const HadToAsk = z.strictObject({ sections: lines, explanation: text })

/** What was done, what comes next, and when it should be solved. */
export const Progress = z.strictObject({
  status: choice(...PROGRESS_STATES),
  actions_taken: lines,
  next_steps: text,
  root_cause: text,
  /** ISO 8601. */
  estimated_resolution: text,
})

/** Up or down to another tier, or to another queue of this one. */
export const HandOn = z.strictObject({
  tier: z.int().min(1).max(4).nullable().default(null),
  queue: text,
  reason: text,
})

/** The issue in which engineering works on it. */
export const LinkIssue = z.strictObject({ url: text, title: text })

/** Whether the fix goes out at once or with the next release, and when. */
export const DecideRelease = z.strictObject({ release: choice(...RELEASES), date: text, reason: text })

/** The fix can be had; the customer is to be told. */
export const FixAvailable = z.strictObject({ version: text, what: text })

/** The cause is known and the fix applied. */
export const Resolve = z.strictObject({
  root_cause: text,
  resolution: choice(...RESOLUTION_CODES),
  fix: text,
  article: choice(...ARTICLE_ANSWERS),
  article_url: text,
  article_reason: text,
  /** Whether the first tier could have solved it. */
  could_be_lower: z.boolean().nullable().default(null),
})

/** The episode ends and the ticket goes back to whom it came from. */
export const Deescalate = z.strictObject({ rationale: text, customer_confirmed: z.boolean().nullable().default(null) })

/** A past escalation had the same problem: where, and how it was solved there. */
export const SameProblem = z.strictObject({
  escalation: text,
  ticket: z.int().positive().nullable().default(null),
  solution: text,
  comment: text,
})

/** Somebody whose approval a rule asked for agrees, or does not. */
export const Approve = z.strictObject({ comment: text })
export const Reject = z.strictObject({ reason: text })
