import { z } from 'zod'
import { Note } from '../note/note.ts'
import type { Instant } from '../units.ts'
import { Observed } from './decision.ts'
import { IMPACTS, SENTIMENTS } from './fields.ts'

const Text = z.string().default('')
const Tags = z.array(z.string()).default([])
/** Key of a custom field → what it holds. */
const Fields = z.record(z.string(), Observed).default({})
const MaybeText = z.string().nullable().default(null)

const When = z.preprocess((given) => {
  const instant = typeof given === 'string' ? Date.parse(given) : given
  return Number.isNaN(instant) ? given : instant
}, z.number('Write an instant in ISO 8601, such as 2026-03-06T10:00:00Z'))

export const DecisionTicket = z.strictObject({
  id: z.int().default(0),
  subject: Text,
  description: Text,
  status: z.string().default('open'),
  priority: MaybeText,
  type: MaybeText,
  tags: Tags,
  groupName: MaybeText,
  channel: z.string().default('web'),
  createdAt: When.default(0),
  /** By the field's id. */
  fields: Fields,
})

export const DecisionRequester = z.strictObject({
  id: z.int().default(0),
  name: Text,
  email: MaybeText,
  locale: MaybeText,
  tags: Tags,
  /** By the field's key. */
  fields: Fields,
})

export const DecisionOrganization = z.strictObject({
  id: z.int().default(0),
  name: Text,
  tags: Tags,
  /** By the field's key. */
  fields: Fields,
})

/** Reads what a decision is made from, out of a file: what is left out gets the value of an ordinary ticket. */
export const DecisionInputDocument = z.strictObject({
  ticket: DecisionTicket.prefault({}),
  requester: DecisionRequester.nullable().default(null),
  organization: DecisionOrganization.nullable().default(null),
  note: Note.prefault({}),
  history: z.strictObject({ previousEscalations: z.int().min(0).default(0) }).prefault({}),
  currentTier: z.int().min(1).max(4).default(1),
  sentiment: z.enum(SENTIMENTS).nullable().optional(),
  impact: z.enum(IMPACTS).nullable().optional(),
  approvals: z.array(z.string()).optional(),
  now: When.optional(),
})

/** Everything a decision is made from, as Zendesk and the note say it. */
export type DecisionInput = Omit<z.infer<typeof DecisionInputDocument>, 'now'> & { now: Instant }
