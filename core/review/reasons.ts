import type { Escalation, TicketState } from '../escalation/state.ts'
import type { Instant } from '../units.ts'
import { type CoachingPattern, coachingPatterns } from './coaching.ts'
import { type Part, parts } from './parts.ts'
import { type Share, shareOf } from './share.ts'

/** One escalation as the review of reasons sees it. */
export type ReasonCase = {
  escalationId: string
  ticketId: number
  tier: number
  /** Of the note; empty when it names none. */
  category: string
  /** What it is about: the component, else the category. */
  topic: string
  by: string
  /** Asked for with a note, or moved by hand. */
  via: 'note' | 'move'
  isRaised: boolean
  /** Titles of what the policy decided by. */
  reasons: readonly string[]
  returned: readonly string[]
  /** Sections of the note that the receivers had to ask about. */
  askedAbout: readonly string[]
  /** What the receivers said: could have been solved lower; null when nobody said. */
  couldBeLower: boolean | null
}

export type ReasonReview = {
  /** `2026-03` */
  month: string
  escalations: number
  byTier: { tier: number; count: number; categories: Part[] }[]
  byReason: Part[]
  via: { note: number; move: number; raised: number }
  returned: { share: Share; reasons: Part[] }
  couldBeLower: Share
  /** What the escalating side can learn: by pattern, then topic, then person, beside the month before. */
  coaching: CoachingPattern[]
  /** Fewer than this are not shown apart. */
  least: number
}

/** The escalations that were asked for in [from, to). */
export function casesIn(states: readonly TicketState[], from: Instant, to: Instant): ReasonCase[] {
  return states
    .flatMap(({ ticketId, escalations }) => escalations.map((escalation) => ({ ticketId, escalation })))
    .filter(({ escalation: { requestedAt } }) => requestedAt >= from && requestedAt < to)
    .map(({ ticketId, escalation }) => caseOf(ticketId, escalation))
}

function caseOf(ticketId: number, escalation: Escalation): ReasonCase {
  const { note, handOvers, decision, requestedBy, registeredBy, returns, resolution, askedAbout } = escalation
  const { category, component } = note.triage
  return {
    ...{ escalationId: escalation.id, ticketId, tier: handOvers[0]?.tier ?? decision.tier },
    category,
    topic: component || category,
    by: requestedBy.name,
    via: registeredBy,
    isRaised: handOvers.some(({ raisedFor }) => raisedFor !== null),
    reasons: decision.reasons,
    returned: returns.map(({ reason }) => reason),
    askedAbout: askedAbout.flatMap(({ sections }) => sections),
    couldBeLower: resolution?.couldBeLower ?? null,
  }
}

/**
 * Why tickets were escalated in a month. Meant to improve, not to blame: by topic before person, and what has too few
 * cases is not shown apart.
 *
 * @param before those of the month before
 */
export function reviewReasons(
  cases: readonly ReasonCase[],
  month: string,
  least: number,
  before: readonly ReasonCase[] = [],
): ReasonReview {
  const tiers = Map.groupBy(cases, ({ tier }) => tier)
  const answered = cases.filter(({ couldBeLower }) => couldBeLower !== null)
  const back = cases.filter(({ returned }) => returned.length > 0)
  return {
    month,
    escalations: cases.length,
    byTier: [...tiers]
      .toSorted(([a], [b]) => a - b)
      .map(([tier, some]) => ({
        ...{ tier, count: some.length },
        categories: parts(
          some.map(({ category }) => category || 'none named'),
          least,
        ),
      })),
    byReason: parts(
      cases.flatMap(({ reasons }) => [...new Set(reasons)]),
      least,
    ),
    via: {
      note: cases.filter(({ via }) => via === 'note').length,
      move: cases.filter(({ via }) => via === 'move').length,
      raised: cases.filter(({ isRaised }) => isRaised).length,
    },
    returned: {
      share: shareOf(back.length, cases.length),
      reasons: parts(
        back.flatMap(({ returned }) => returned),
        least,
      ),
    },
    couldBeLower: shareOf(answered.filter(({ couldBeLower }) => couldBeLower).length, answered.length),
    coaching: coachingPatterns(cases, before, least),
    least,
  }
}

/** [from, to) of a month written `2026-03`, in UTC; null for what is no month. */
export function monthSpan(month: string): { from: Instant; to: Instant } | null {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month)
  if (!found) return null
  const [year, index] = [Number(found[1]), Number(found[2]) - 1]
  return { from: Date.UTC(year, index, 1), to: Date.UTC(year, index + 1, 1) }
}

/** The month before one written `2026-03`. */
export function monthBefore(month: string): string {
  const { from } = monthSpan(month)!
  return new Date(from - 1).toISOString().slice(0, 7)
}
