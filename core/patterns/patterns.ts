import { DAY_MS, type Instant } from '../units.ts'
import { clustering } from './cluster.ts'
import { commonnessIn, nameOf } from './name.ts'
import { articleKeyOf, type PatternCase } from './pattern-case.ts'
import { compareRates } from './rate-change.ts'

/** Fewer are a coincidence. */
export const LEAST_CASES = 3

/** How far back a pattern is said to come more or less often than before: as long again before that. */
const RECENT_MS = 56 * DAY_MS

/** Escalations that were solved the same way. */
export type Pattern = {
  /** That of the escalation it began with. */
  id: string
  /** Its most typical words. */
  name: string
  component: string | null
  /** In the order in which they were resolved. */
  cases: readonly PatternCase[]
  /** How they were resolved, the most frequent first. */
  outcomes: { code: string; count: number }[]
  /** Addresses that resolutions gave, the one named most first. */
  articles: { key: string; url: string; count: number; firstAt: Instant }[]
}

/** The patterns of an account, the largest first, in small pieces. One that is smaller than `least` is none. */
export function* findingPatterns(cases: readonly PatternCase[], least = LEAST_CASES): Generator<void, Pattern[]> {
  const clusters = yield* clustering(cases)
  const common = yield* commonnessIn(cases)
  const patterns: Pattern[] = []
  for (const cluster of clusters.filter(({ length }) => length >= least)) {
    const [first] = cluster as readonly [PatternCase]
    patterns.push({
      ...{ id: first.escalationId, name: nameOf(cluster, common), component: first.component, cases: cluster },
      outcomes: outcomesOf(cluster),
      articles: articlesOf(cluster),
    })
    yield
  }
  return patterns.toSorted((a, b) => b.cases.length - a.cases.length || (a.id < b.id ? -1 : 1))
}

/** The same at once. */
export function findPatterns(cases: readonly PatternCase[], least = LEAST_CASES): Pattern[] {
  const finding = findingPatterns(cases, least)
  for (;;) {
    const { done, value } = finding.next()
    if (done) return value
  }
}

export type PatternTrend = { recent: number; before: number; direction: 'up' | 'down' | 'unclear' }

/** The last eight weeks against the eight before. */
export function trendOf(cases: readonly PatternCase[], now: Instant): PatternTrend {
  const instants = cases.map(({ requestedAt }) => requestedAt)
  const change = compareRates(instants, now - 2 * RECENT_MS, now - RECENT_MS, now)
  const within = (from: Instant, to: Instant) => instants.filter((at) => at >= from && at < to).length
  const verdict = change?.verdict ?? 'unclear'
  return {
    recent: within(now - RECENT_MS, now),
    before: within(now - 2 * RECENT_MS, now - RECENT_MS),
    direction: verdict === 'fewer' ? 'down' : verdict === 'more' ? 'up' : 'unclear',
  }
}

function outcomesOf(cases: readonly PatternCase[]): Pattern['outcomes'] {
  const counts = Map.groupBy(cases, ({ code }) => code)
  return [...counts]
    .map(([code, some]) => ({ code, count: some.length }))
    .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}

/** Two addresses of one article are one. */
function articlesOf(cases: readonly PatternCase[]): Pattern['articles'] {
  const named = cases.filter(({ articleUrl }) => articleUrl !== null)
  const byArticle = Map.groupBy(named, ({ articleUrl }) => articleKeyOf(articleUrl!))
  return [...byArticle]
    .map(([key, some]) => {
      const [{ articleUrl, resolvedAt }] = some as [PatternCase]
      return { key, url: articleUrl!, count: some.length, firstAt: resolvedAt }
    })
    .toSorted((a, b) => b.count - a.count || a.firstAt - b.firstAt)
}
