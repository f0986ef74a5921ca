import { z } from 'zod'
import { Decision } from '../decide/decision.ts'
import { Completeness, MissingItem } from '../note/completeness.ts'
import { Note } from '../note/note.ts'
import { Severity } from '../severity.ts'
import { Verb } from './command.ts'
import { LifeView } from './life.ts'

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
  life: LifeView,
})
export type EscalationView = z.infer<typeof EscalationView>

export const ClockState = z.enum(['waiting', 'running', 'paused', 'met', 'breached', 'cancelled'])
export type ClockState = z.infer<typeof ClockState>

/** A clock as the sidebar shows it, at the answer's `asOf`. Instants are ISO 8601, UTC. */
export const ClockView = z.strictObject({
  id: z.string(),
  name: z.enum(['customer', 'first-response', 'resolution', 'acknowledge', 'investigate', 'fix', 'fix-to-customer']),
  /** Null for the customer's clock. */
  tier: z.int().nullable(),
  state: ClockState,
  targetMs: z.number(),
  elapsedMs: z.number(),
  /** When the target is used up if nothing changes, or was; null while the clock does not run. */
  deadline: z.string().nullable(),
  breachedAt: z.string().nullable(),
  paused: z
    .strictObject({ status: z.string().nullable(), why: z.string().nullable(), by: z.string().nullable() })
    .nullable(),
  /** Name of the schedule it counts by; null where every hour counts. */
  schedule: z.string().nullable(),
  /** The next stretches in which it counts, so that the sidebar can count down by itself; at most a dozen. */
  counting: z.array(z.strictObject({ from: z.string(), to: z.string() })),
})
export type ClockView = z.infer<typeof ClockView>

/** `GET /api/tickets/:id/clocks/:clockId`: why a deadline is when it is (`core/clock/explain.ts`), with its sentence. */
export const ClockExplanation = z.strictObject({
  id: z.string(),
  sentence: z.string(),
  policyVersion: z.string().nullable(),
  schedules: z.array(z.strictObject({ name: z.string(), timezone: z.string(), version: z.string() })),
  stretches: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      kind: z.enum(['counted', 'closed', 'stopped', 'cancelled', 'holiday', 'paused']),
      /** The holiday's name, or why it was paused and by whom. */
      because: z.string().nullable(),
    }),
  ),
})
export type ClockExplanation = z.infer<typeof ClockExplanation>

/** Not escalated, because a past escalation had the same problem. */
export const Stopped = z.strictObject({
  at: z.string(),
  by: Person,
  commandId: z.string(),
  pastId: z.string(),
  /** How that ended; null when nothing is kept of it. */
  past: z
    .strictObject({ ticketId: z.int(), summary: z.string(), fix: z.string(), articleUrl: z.string().nullable() })
    .nullable(),
})
export type Stopped = z.infer<typeof Stopped>

/** `GET /api/tickets/:id/escalation` */
export const EscalationResponse = z.strictObject({
  ticketId: z.int(),
  form: Form,
  /** The open escalation, or the last closed one. */
  escalation: EscalationView.nullable(),
  refused: z.array(RefusedCommand),
  /** Somebody found that the problem is that of a past escalation, and nothing was escalated since. */
  stopped: Stopped.nullable(),
  timeline: z.array(TimelineEntry),
  /** The server's time: what the clocks are counted to. */
  asOf: z.string(),
  /** Of the escalation that is shown, the one that needs looking at first in front. */
  clocks: z.array(ClockView),
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
