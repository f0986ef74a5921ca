import type { DeflectionResponse, OpportunityView, PatternView, ShareView } from '../../core/contract/knowledge.ts'
import type { KnownArticle, Opportunity } from '../../core/patterns/opportunity.ts'
import { type Pattern, trendOf } from '../../core/patterns/patterns.ts'
import type { Share } from '../../core/review/share.ts'
import type { Instant } from '../../core/units.ts'

export function iso(at: Instant): string {
  return new Date(at).toISOString()
}

export function shareView({ count, of, share, low, high }: Share): ShareView {
  return of === 0
    ? { hits: 0, n: 0, share: null, interval: null }
    : { hits: count, n: of, share, interval: [low, high] }
}

export function patternView(pattern: Pattern, now: Instant): PatternView {
  const { id, name, component, cases, outcomes, articles } = pattern
  return {
    ...{ id, name, component, count: cases.length, outcomes },
    ...{ firstAt: iso(cases[0]!.resolvedAt), lastAt: iso(cases.at(-1)!.resolvedAt), trend: trendOf(cases, now) },
    articles: articles.map(({ url, count, firstAt }) => ({ url, count, firstAt: iso(firstAt) })),
  }
}

export function opportunityView(one: Opportunity): OpportunityView {
  const { pattern, count, medianHours, lower, unknown, hours, coveredBy, isUncaptured, afterPublishing, stops } = one
  return {
    ...{ patternId: pattern.id, name: pattern.name, component: pattern.component, count, medianHours },
    ...{ lower: shareView(lower), unknown, hours, isUncaptured, stops },
    coveredBy: coveredBy && articleView(coveredBy),
    afterPublishing: afterPublishing && { ...afterPublishing, article: articleView(afterPublishing.article) },
  }
}

function articleView({ url, title, publishedAt }: KnownArticle): NonNullable<OpportunityView['coveredBy']> {
  return { url, title, publishedAt: publishedAt === null ? null : iso(publishedAt) }
}

export function sharesView(shares: Record<keyof DeflectionResponse['shares'], Share>): DeflectionResponse['shares'] {
  const names = Object.keys(shares) as (keyof DeflectionResponse['shares'])[]
  return Object.fromEntries(names.map((name) => [name, shareView(shares[name])])) as DeflectionResponse['shares']
}
