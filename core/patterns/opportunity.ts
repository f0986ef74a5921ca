import type { ResolutionCode } from '../escalation/life-state.ts'
import { type Share, shareOf } from '../review/share.ts'
import { percentile } from '../review/stays.ts'
import { HOUR_MS, type Instant } from '../units.ts'
import { articleKeyOf, type PatternCase } from './pattern-case.ts'
import type { Pattern } from './patterns.ts'
import { compareRates, type RateChange } from './rate-change.ts'

/**
 * Resolutions that the first tier can give once it knows: a missing answer, a setting, something known.
 * Source: MetricNet, percent resolved level 1 capable; where the receiver said otherwise, they are believed.
 */
export const L1_CAPABLE: readonly ResolutionCode[] = [
  'missing_information',
  'how_to',
  'configuration',
  'duplicate',
  'known_issue',
]

/** Whether the first tier could have solved it; null where nothing tells. */
export function resolvableLower({ couldBeLower, code }: Pick<PatternCase, 'couldBeLower' | 'code'>): boolean | null {
  if (couldBeLower !== null) return couldBeLower
  return (L1_CAPABLE as readonly string[]).includes(code) ? true : null
}

/** An article as the Help Center has it. */
export type KnownArticle = {
  /** `articleKeyOf` of its address. */
  key: string
  url: string
  title: string
  /** Since when people can read it; null for a draft, and for one that is gone. */
  publishedAt: Instant | null
}

/** What somebody found to be the problem of a past escalation, and did not escalate. */
export type Stop = { escalationId: string; at: Instant }

export type Estimate = { value: number; low: number; high: number }

export type Opportunity = {
  pattern: Pattern
  /** Resolved in the window. */
  count: number
  /** Of those whose time is known. */
  medianHours: number | null
  /** Of those of which it is known. */
  lower: Share
  unknown: number
  /** Specialists' hours; null where nothing tells whether the first tier could have. */
  hours: Estimate | null
  /** An article that was published and that somebody has used since. */
  coveredBy: KnownArticle | null
  /** No article about it can be read. */
  isUncaptured: boolean
  /** What came of the first article that was published. */
  afterPublishing: (RateChange & { article: KnownArticle }) | null
  /** Found in time in the window. */
  stops: number
}

export type Surroundings = {
  from: Instant
  to: Instant
  /** Time with specialists, by escalation. */
  workedMs: ReadonlyMap<string, number>
  /** By their keys. */
  articles: ReadonlyMap<string, KnownArticle>
  /** Articles that Baton drafted, by the escalation they were drafted from. */
  drafted: ReadonlyMap<string, KnownArticle>
  stops: readonly Stop[]
}

/** What one pattern cost in a window, as far as the first tier could have spared it. */
export function opportunityOf(pattern: Pattern, around: Surroundings): Opportunity {
  const { from, to, workedMs } = around
  const cases = pattern.cases.filter(({ resolvedAt }) => resolvedAt >= from && resolvedAt < to)
  const judged = cases.map(resolvableLower).filter((one) => one !== null)
  const lower = shareOf(judged.filter(Boolean).length, judged.length)
  const worked = cases.flatMap(({ escalationId }) => workedMs.get(escalationId) ?? [])
  const medianHours = worked.length === 0 ? null : percentile(worked, 50) / HOUR_MS
  const articles = articlesOf(pattern, around)
  return {
    ...{ pattern, count: cases.length, medianHours, lower, unknown: cases.length - judged.length },
    hours: medianHours === null || judged.length === 0 ? null : hoursOf(cases.length * medianHours, lower),
    coveredBy: articles.find((article) => isUsed(article, pattern, around)) ?? null,
    isUncaptured: articles.length === 0,
    afterPublishing: afterPublishing(pattern, articles, to),
    stops: stopsOf(pattern, around).filter(({ at }) => at >= from && at < to).length,
  }
}

/** The hours of several together: squares of the distances to the ends add up, as the patterns are told apart. */
export function addUp(estimates: readonly Estimate[]): Estimate {
  const value = sum(estimates.map((one) => one.value))
  return {
    value,
    low: Math.max(0, value - Math.sqrt(sum(estimates.map((one) => (one.value - one.low) ** 2)))),
    high: value + Math.sqrt(sum(estimates.map((one) => (one.high - one.value) ** 2))),
  }
}

function hoursOf(all: number, { share, low, high }: Share): Estimate {
  return { value: all * share, low: all * low, high: all * high }
}

/** Those that can be read, the oldest first. */
function articlesOf({ articles, cases }: Pattern, { articles: known, drafted }: Surroundings): KnownArticle[] {
  const linked = articles.flatMap(({ key }) => known.get(key) ?? [])
  const ours = cases.flatMap(({ escalationId }) => drafted.get(escalationId) ?? [])
  const byKey = new Map([...linked, ...ours].map((article) => [article.key, article]))
  return [...byKey.values()]
    .filter(({ publishedAt }) => publishedAt !== null)
    .toSorted((a, b) => a.publishedAt! - b.publishedAt! || (a.key < b.key ? -1 : 1))
}

/** Somebody was helped by it: an escalation that came after it links it, or one was stopped in time. */
function isUsed({ key, publishedAt }: KnownArticle, pattern: Pattern, around: Surroundings): boolean {
  const isLinked = pattern.cases.some(
    ({ requestedAt, articleUrl }) =>
      articleUrl !== null && articleKeyOf(articleUrl) === key && requestedAt >= publishedAt!,
  )
  return isLinked || stopsOf(pattern, around).some(({ at }) => at >= publishedAt!)
}

function stopsOf({ cases }: Pattern, { stops }: Surroundings): Stop[] {
  const ids = new Set(cases.map(({ escalationId }) => escalationId))
  return stops.filter(({ escalationId }) => ids.has(escalationId))
}

function afterPublishing({ cases }: Pattern, [article]: KnownArticle[], to: Instant): Opportunity['afterPublishing'] {
  if (!article) return null
  const instants = cases.map(({ requestedAt }) => requestedAt).filter((at) => at < to)
  const change = compareRates(instants, Math.min(...instants), article.publishedAt!, to)
  return change && { ...change, article }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
