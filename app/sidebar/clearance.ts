import type { EscalationResponse, EscalationView, Stage } from '../../core/contract/api.ts'
import { type Instant, MINUTE_MS } from '../../core/units.ts'

/**
 * What is known, right before sending, of other hand-overs of the ticket.
 *
 * `asOf`: hand-overs up to this ISO time are history; null when nobody could say, so any that is found counts.
 * `refused`: ids of commands that came to nothing.
 */
export type Clearance = { asOf: string | null; refused: string[] }

/** How long a hand-over may wait for the server before it is taken for one the server never will take in. */
const UNDER_WAY_MS = 10 * MINUTE_MS

/** Stages after which the ticket may be escalated anew. */
const ENDED: Stage[] = ['closed', 'rejected']

/** The escalation under way, null when there is none. */
export function openEscalation(answer: EscalationResponse | null): EscalationView | null {
  const escalation = answer?.escalation ?? null
  return escalation && !ENDED.includes(escalation.stage) ? escalation : null
}

/**
 * @param answer the server's, just asked for; null when it did not answer
 * @param earlier the last escalation known from before
 */
export function clearanceOf(
  answer: EscalationResponse | null,
  earlier: EscalationView | null,
  now: Instant,
): Clearance {
  const last = answer ? answer.escalation : earlier
  const refused = (answer?.refused ?? []).flatMap(({ commandId }) => commandId ?? [])
  if (!answer) return { asOf: last?.requestedAt ?? null, refused }

  const since = now - UNDER_WAY_MS
  return { asOf: new Date(Math.max(since, last ? Date.parse(last.requestedAt) : since)).toISOString(), refused }
}
