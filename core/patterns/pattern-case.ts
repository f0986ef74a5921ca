import type { Instant } from '../units.ts'

/** An escalation that was resolved, as far as it can be likened to others that were. */
export type PatternCase = {
  escalationId: string
  ticketId: number
  summary: string
  rootCause: string
  fix: string
  /** How it was resolved. */
  code: string
  component: string | null
  requestedAt: Instant
  resolvedAt: Instant
  /** What the receiver said; null where nobody did. */
  couldBeLower: boolean | null
  articleUrl: string | null
}

/** In the order in which they were resolved. */
export function inOrder(a: PatternCase, b: PatternCase): number {
  return a.resolvedAt - b.resolvedAt || (a.escalationId < b.escalationId ? -1 : 1)
}

/** What makes two addresses the same article: Zendesk's id of it where the address has one. */
export function articleKeyOf(url: string): string {
  return /\/articles\/(\d+)/.exec(url)?.[1] ?? url.trim()
}
