import { z } from 'zod'
import { Decision } from '../decide/decision.ts'
import { Completeness, MissingItem } from '../note/completeness.ts'
import { Note } from '../note/note.ts'
import { Severity } from '../severity.ts'
import { Verb } from './command.ts'

/** What the note form needs of the policy. */
export const Form = z.strictObject({
  policyVersion: z.string(),
  tiers: z.array(
    z.strictObject({
      level: z.int(),
      name: z.string(),
      capabilities: z.array(z.string()),
      criteria: z.array(z.string()),
    }),
  ),
  components: z.array(z.strictObject({ id: z.string(), name: z.string(), keywords: z.array(z.string()) })),
  categories: z.array(z.string()),
  severities: z.array(z.strictObject({ severity: Severity, description: z.string() })),
  /** Field path → points of the completeness score; they add up to 100. */
  weights: z.record(z.string(), z.number()),
  bar: z.number(),
  /** Severities that may be sent below the bar; the rest is asked for afterwards. */
  sentAtOnce: z.array(Severity),
})
export type Form = z.infer<typeof Form>

/** Where an escalation stands with Zendesk: what was asked of the ticket, what came back. */
export const Routing = z.strictObject({
  state: z.enum(['pending', 'done', 'differs', 'refused', 'failed']),
  /** A stable word for `refused` and `failed`: `ticket-closed`, `group-missing`, `zendesk-unavailable` … */
  reason: z.string().nullable(),
  /** Human words for the reason or the difference. */
  detail: z.string().nullable(),
  attempts: z.int(),
})
export type Routing = z.infer<typeof Routing>

/** Stages of an escalation's life, in order; `returned` and `rejected` stand beside them. */
export const Stage = z.enum([
  'requested',
  'accepted',
  'investigating',
  'fixing',
  'resolved',
  'monitoring',
  'closed',
  'returned',
  'rejected',
])
export type Stage = z.infer<typeof Stage>

export const Person = z.strictObject({ id: z.int(), name: z.string() })
export type Person = z.infer<typeof Person>

/** One line of the story of a ticket: who, what, when, why. */
export const TimelineEntry = z.strictObject({
  /** ISO 8601, UTC. */
  at: z.string(),
  kind: z.string(),
  by: Person.nullable(),
  text: z.string(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

/** A command that was not carried out, and why, in words for the person who gave it. */
export const RefusedCommand = z.strictObject({
  commandId: z.string().nullable(),
  verb: Verb,
  at: z.string(),
  by: Person.nullable(),
  /** Stable word: `not-an-agent`, `light-agent`, `wrong-group`, `digest-mismatch`, `other-ticket`, `already-escalated` … */
  reason: z.string(),
  detail: z.string(),
})
export type RefusedCommand = z.infer<typeof RefusedCommand>

export const EscalationView = z.strictObject({
  id: z.string(),
  stage: Stage,
  note: Note,
  /** What a note sent early still owes. */
  owed: z.array(MissingItem),
  decision: Decision,
  requestedBy: Person,
  requestedAt: z.string(),
  /** The instant of the tier's first response target, null when the tier has none. */
  respondBy: z.string().nullable(),
  routing: Routing,
})
export type EscalationView = z.infer<typeof EscalationView>

/** `GET /api/tickets/:id/escalation` */
export const EscalationResponse = z.strictObject({
  ticketId: z.int(),
  form: Form,
  /** The open escalation, or the last closed one. */
  escalation: EscalationView.nullable(),
  refused: z.array(RefusedCommand),
  timeline: z.array(TimelineEntry),
})
export type EscalationResponse = z.infer<typeof EscalationResponse>

/** `POST /api/decide` */
export const DecideRequest = z.strictObject({ ticketId: z.int().positive(), note: Note })
export type DecideRequest = z.infer<typeof DecideRequest>

export const DecideResponse = z.strictObject({
  decision: Decision,
  completeness: Completeness,
  respondBy: z.string().nullable(),
})
export type DecideResponse = z.infer<typeof DecideResponse>

/** Every refusal of our own API: a stable word and a sentence that says what to do. */
export const ApiError = z.strictObject({
  error: z.string(),
  message: z.string(),
  details: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
})
export type ApiError = z.infer<typeof ApiError>
