import type { Escalation } from '../escalation/state.ts'
import type { Instant } from '../units.ts'
import type { ProblemText, Terms } from './weigh.ts'
import { termsOf } from './weigh.ts'

/** An escalation that was resolved: what it was, and how it ended. */
export type PastCase = {
  escalationId: string
  ticketId: number
  summary: string
  /** What else tells the problem: symptoms, steps, impact. */
  body: string
  errors: string
  component: string | null
  category: string | null
  severity: string
  tier: number
  queue: string
  code: string
  rootCause: string
  fix: string
  article: string
  articleUrl: string | null
  couldBeLower: boolean | null
  requestedAt: Instant
  resolvedAt: Instant
  resolvedBy: string
}

/** What an escalation leaves behind for others like it; null while nobody has resolved it. */
export function pastCaseOf(ticketId: number, escalation: Escalation): PastCase | null {
  const { resolution, note, decision } = escalation
  if (!resolution) return null
  return {
    escalationId: escalation.id,
    ticketId,
    summary: note.issue.summary,
    body: bodyOf(escalation),
    errors: note.diagnostics.log_excerpts,
    component: note.triage.component || null,
    category: note.triage.category || null,
    severity: decision.severity,
    tier: decision.tier,
    queue: decision.queue,
    code: resolution.code,
    rootCause: resolution.rootCause,
    fix: resolution.fix,
    article: resolution.article,
    articleUrl: resolution.articleUrl || null,
    couldBeLower: resolution.couldBeLower,
    requestedAt: escalation.requestedAt,
    resolvedAt: resolution.at,
    resolvedBy: resolution.by.name,
  }
}

/** The problem as a note tells it, whole or half written. */
export function problemOf(note: Escalation['note']): ProblemText {
  return {
    summary: note.issue.summary,
    body: bodyOf({ note }),
    errors: note.diagnostics.log_excerpts,
    component: note.triage.component || null,
  }
}

/** What a past one is found by. */
export function termsOfCase({ summary, body, errors, rootCause, component }: PastCase): Terms {
  return termsOf({ summary, body, errors, cause: rootCause, component })
}

function bodyOf({ note: { issue, steps_taken: steps, escalation_reason: reason } }: Pick<Escalation, 'note'>): string {
  return [...issue.symptoms, ...steps, reason].filter(Boolean).join('\n')
}
