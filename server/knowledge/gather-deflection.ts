import type { DeflectionResponse } from '../../core/contract/knowledge.ts'
import { ASSUMPTIONS } from '../../core/patterns/assumptions.ts'
import { deflectableOf } from '../../core/patterns/deflectable.ts'
import { addUp, type Opportunity, opportunityOf } from '../../core/patterns/opportunity.ts'
import type { Clock, Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { auditOf } from './audit.ts'
import { knownArticles } from './known-articles.ts'
import type { Patterns } from './patterns.ts'
import { iso, opportunityView, sharesView } from './present.ts'
import { readBounced, readStops, readWorked } from './read-efforts.ts'

export type DeflectionDeps = { db: Database; clock: Clock; patterns: Patterns }

export type Window = { from: Instant; to: Instant }

/** What could have been deflected of what was resolved in [from, to), and what was. */
export async function gatherDeflection(
  accountId: number,
  { from, to }: Window,
  { db, clock, patterns: kept }: DeflectionDeps,
): Promise<DeflectionResponse> {
  const now = clock.now()
  const { cases: all, merged, patterns } = await kept.of(accountId)
  const inWindow = ({ resolvedAt }: { resolvedAt: Instant }) => resolvedAt >= from && resolvedAt < to
  const cases = all.filter(inWindow)
  return inAccount(db, accountId, async (tx) => {
    const { byKey: articles, drafted } = await knownArticles(tx, all)
    const workedMs = await readWorked(
      tx,
      cases.map(({ escalationId }) => escalationId),
    )
    const stops = await readStops(tx)
    const bounced = await readBounced(tx, from, to)
    const around = { from, to, workedMs, articles, drafted, stops }
    const opportunities = patterns
      .map((pattern) => opportunityOf(pattern, around))
      .filter(({ count, stops: stopped }) => count > 0 || stopped > 0)
      .toSorted(costliestFirst)
    const shares = deflectableOf({ cases, bounced, patterns, articles })
    return {
      ...{ from: iso(from), to: iso(to), asOf: iso(now), episodes: shares.count },
      excluded: [{ why: 'merged', count: merged.filter(inWindow).length }],
      shares: sharesView(withoutCount(shares)),
      hours: addUp(opportunities.filter(({ coveredBy }) => !coveredBy).flatMap(({ hours }) => hours ?? [])),
      coveredHours: addUp(opportunities.filter(({ coveredBy }) => coveredBy).flatMap(({ hours }) => hours ?? [])),
      stops: stops.filter(({ at }) => at >= from && at < to).length,
      opportunities: opportunities.map(opportunityView),
      toWrite: opportunities
        .filter(({ isUncaptured, count }) => isUncaptured && count > 0)
        .map(({ pattern }) => pattern.id),
      audit: await auditOf(tx, cases, to),
      assumptions: [...ASSUMPTIONS],
    }
  })
}

function withoutCount({ count: _, ...shares }: ReturnType<typeof deflectableOf>) {
  return shares
}

/** Those that an article covers come last. */
function costliestFirst(a: Opportunity, b: Opportunity): number {
  return (
    Number(a.coveredBy !== null) - Number(b.coveredBy !== null) ||
    (b.hours?.value ?? 0) - (a.hours?.value ?? 0) ||
    b.count - a.count ||
    (a.pattern.id < b.pattern.id ? -1 : 1)
  )
}
