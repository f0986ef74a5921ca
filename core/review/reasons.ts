import type { Escalation, TicketState } from '../escalation/state.ts'
import type { Instant } from '../units.ts'
import { type Share, shareOf } from './share.ts'

/** One escalation as the review of reasons sees it. */
export type ReasonCase = {
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
  /** What the receivers said: could have been solved lower; null when nobody said. */
  couldBeLower: boolean | null
}

/** A part of a mix. Parts that are too small to show are together in one without a name. */
export type Part = { name: string | null; count: number }

export type Coaching = {
  topic: string
  /** Could have been solved lower, or was sent back because it should have been. */
  lower: Share
  /** Who asked most, where they asked often enough to say so. */
  people: { name: string; lower: Share }[]
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
  /** Topic before person, the most promising first. */
  coaching: Coaching[]
  /** Fewer than this are not shown apart. */
  least: number
}

/** The escalations that were asked for in [from, to). */
export function casesIn(states: readonly TicketState[], from: Instant, to: Instant): ReasonCase[] {
  return states
    .flatMap(({ escalations }) => escalations)
    .filter(({ requestedAt }) => requestedAt >= from && requestedAt < to)
    .map(caseOf)
}

function caseOf(escalation: Escalation): ReasonCase {
  const { note, handOvers, decision, requestedBy, registeredBy, returns, resolution } = escalation
  const { category, component } = note.triage
  return {
    tier: handOvers[0]?.tier ?? decision.tier,
    category,
    topic: component || category,
    by: requestedBy.name,
    via: registeredBy,
    isRaised: handOvers.some(({ raisedFor }) => raisedFor !== null),
    reasons: decision.reasons,
    returned: returns.map(({ reason }) => reason),
    couldBeLower: resolution?.couldBeLower ?? null,
  }
}

/** What is returned for these was asked for in vain. */
const SENT_BACK_AS_LOWER: readonly string[] = ['below_tier', 'known_issue']

/**
 * Why tickets were escalated in a month. Meant to improve, not to blame: by topic before person, and what has too few
 * cases is not shown apart.
 */
export function reviewReasons(cases: readonly ReasonCase[], month: string, least: number): ReasonReview {
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
        categories: mix(
          some.map(({ category }) => category || 'none named'),
          least,
        ),
      })),
    byReason: mix(
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
      reasons: mix(
        back.flatMap(({ returned }) => returned),
        least,
      ),
    },
    couldBeLower: shareOf(answered.filter(({ couldBeLower }) => couldBeLower).length, answered.length),
    coaching: coachingOf(cases, least),
    least,
  }
}

/** The most frequent first; those that occur too seldom are counted together. */
function mix(names: readonly string[], least: number): Part[] {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, all]) => ({ name, count: all.length }))
  const shown = counts.filter(({ count }) => count >= least)
  const rest = counts.filter(({ count }) => count < least).reduce((sum, { count }) => sum + count, 0)
  return [...shown.toSorted(byCount), ...(rest > 0 ? [{ name: null, count: rest }] : [])]
}

function coachingOf(cases: readonly ReasonCase[], least: number): Coaching[] {
  const topics = Map.groupBy(
    cases.filter(({ topic, ...one }) => topic !== '' && isJudged(one)),
    ({ topic }) => topic,
  )
  return [...topics]
    .filter(([, some]) => some.length >= least)
    .map(([topic, some]) => ({
      ...{ topic, lower: lowerShare(some) },
      people: [...Map.groupBy(some, ({ by }) => by)]
        .filter(([, own]) => own.length >= least)
        .map(([name, own]) => ({ name, lower: lowerShare(own) }))
        .filter(({ lower }) => lower.count > 0)
        .toSorted((a, b) => b.lower.low - a.lower.low),
    }))
    .filter(({ lower }) => lower.count > 0)
    .toSorted((a, b) => b.lower.low - a.lower.low || (a.topic < b.topic ? -1 : 1))
}

/** Somebody has said whether it had to come. */
function isJudged({ couldBeLower, returned }: Pick<ReasonCase, 'couldBeLower' | 'returned'>): boolean {
  return couldBeLower !== null || returned.some((reason) => SENT_BACK_AS_LOWER.includes(reason))
}

function lowerShare(cases: readonly ReasonCase[]): Share {
  const isLower = ({ couldBeLower, returned }: ReasonCase) =>
    couldBeLower === true || returned.some((reason) => SENT_BACK_AS_LOWER.includes(reason))
  return shareOf(cases.filter(isLower).length, cases.length)
}

function byCount(a: { name: string; count: number }, b: { name: string; count: number }): number {
  return b.count - a.count || (a.name < b.name ? -1 : 1)
}

/** [from, to) of a month written `2026-03`, in UTC; null for what is no month. */
export function monthSpan(month: string): { from: Instant; to: Instant } | null {
  const parts = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month)
  if (!parts) return null
  const [year, index] = [Number(parts[1]), Number(parts[2]) - 1]
  return { from: Date.UTC(year, index, 1), to: Date.UTC(year, index + 1, 1) }
}
