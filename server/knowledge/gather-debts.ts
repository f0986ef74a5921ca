import { sql } from 'kysely'
import type { ArticleDebtResponse, DebtView } from '../../core/contract/knowledge.ts'
import { articleKeyOf } from '../../core/patterns/pattern-case.ts'
import type { Pattern } from '../../core/patterns/patterns.ts'
import { LEAST_CASES } from '../../core/patterns/patterns.ts'
import { type Clock, DAY_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { policyFor } from '../observe/policy-for.ts'
import { knownArticles } from './known-articles.ts'
import type { FoundPatterns, Patterns } from './patterns.ts'
import { iso } from './present.ts'
import type { ReadCase } from './read-cases.ts'
import { readStops } from './read-efforts.ts'

export type DebtDeps = { db: Database; clock: Clock; patterns: Patterns }

/** Settled ones are shown so long, that their first use is seen. */
const SETTLED_SHOWN_MS = 90 * DAY_MS
const MOST_ROWS = 500

/** Articles that are owed, the longest overdue first; with `all` also those that were settled lately. */
export async function gatherDebts(
  accountId: number,
  { all }: { all: boolean },
  { db, clock, patterns }: DebtDeps,
): Promise<ArticleDebtResponse> {
  const now = clock.now()
  const found = await patterns.of(accountId)
  const { knowledge } = await policyFor(db, accountId, null, now)
  const patternOf = new Map(found.patterns.flatMap((one) => one.cases.map((some) => [some.escalationId, one] as const)))
  const { debts, open, overdue } = await inAccount(db, accountId, async (tx) => {
    const rows = await readDebts(tx, all ? now - SETTLED_SHOWN_MS : null)
    const { byKey, drafted, gone } = await knownArticles(tx, found.cases)
    const drafts = await readDrafts(tx, found, gone)
    const owed = rows.map((row): DebtView => {
      const pattern = patternOf.get(row.escalation_id)
      return {
        ...{ why: row.why, escalationId: row.escalation_id, ticketId: row.ticket_id, owner: row.owner },
        ...aged(row.since, row.due_at, row.settled_at, now),
        settled:
          row.settled_at === null || row.settled_how === null
            ? null
            : { at: iso(row.settled_at), how: row.settled_how, by: row.settled_by },
        articleUrl: row.article_url,
        drafts: drafts.get(row.escalation_id) ?? [],
        pattern: pattern ? { id: pattern.id, name: pattern.name } : null,
      }
    })
    const owing = new Set(
      rows.filter(({ settled_at }) => settled_at === null).map(({ escalation_id }) => escalation_id),
    )
    const uncaptured = found.patterns.filter(
      ({ cases, articles }) =>
        !articles.some(({ key }) => byKey.get(key)?.publishedAt !== null) &&
        // Somebody owes it already, or has written it.
        !cases.some(({ escalationId }) => owing.has(escalationId) || drafted.has(escalationId)),
    )
    const ofPatterns = uncaptured.map((pattern) => ofPattern(pattern, found, knowledge.due * MINUTE_MS, now))
    const late = ofPatterns.filter(({ isOverdue }) => isOverdue).length
    const { open, overdue } = await countDebts(tx, now)
    return { debts: [...owed, ...ofPatterns], open: open + ofPatterns.length, overdue: overdue + late }
  })
  debts.sort((a, b) => Number(a.settled !== null) - Number(b.settled !== null) || a.dueAt.localeCompare(b.dueAt))
  return { debts, open, overdue, asOf: iso(now) }
}

/** Known, since it was resolved the same way so often, and captured nowhere. Whoever resolved it last knows it best. */
function ofPattern(
  { id, name, cases }: Pattern,
  { cases: read }: FoundPatterns,
  dueMs: number,
  now: Instant,
): DebtView {
  const last = read.find(({ escalationId }) => escalationId === cases.at(-1)!.escalationId) as ReadCase
  const since = cases[LEAST_CASES - 1]!.resolvedAt
  return {
    ...{ why: 'pattern', escalationId: last.escalationId, ticketId: last.ticketId, owner: last.resolvedBy },
    ...aged(since, since + dueMs, null, now),
    ...{ settled: null, articleUrl: null, drafts: [], pattern: { id, name } },
  }
}

function aged(since: Instant, dueAt: Instant, settledAt: Instant | null, now: Instant) {
  return {
    ...{ since: iso(since), dueAt: iso(dueAt) },
    ageDays: Math.round(((settledAt ?? now) - since) / (DAY_MS / 10)) / 10,
    isOverdue: settledAt === null && dueAt < now,
  }
}

/** All of them, also those that are too many to list. */
async function countDebts(tx: AccountTransaction, now: Instant): Promise<{ open: number; overdue: number }> {
  const { rows } = await sql<{ open: number; overdue: number }>`
    select count(*)::int as open, count(*) filter (where due_at < ${now})::int as overdue
    from article_debt where settled_at is null`.execute(tx)
  return rows[0]!
}

function readDebts(tx: AccountTransaction, settledSince: Instant | null) {
  return tx
    .selectFrom('article_debt')
    .selectAll()
    .where((where) =>
      settledSince === null
        ? where('settled_at', 'is', null)
        : where.or([where('settled_at', 'is', null), where('settled_at', '>=', settledSince)]),
    )
    .orderBy('due_at')
    .limit(MOST_ROWS)
    .execute()
}

async function readDrafts(
  tx: AccountTransaction,
  { cases }: FoundPatterns,
  gone: ReadonlySet<string>,
): Promise<Map<string, DebtView['drafts']>> {
  const rows = await tx.selectFrom('article_draft').selectAll().orderBy('form').execute()
  const stops = await readStops(tx)
  const linked = Map.groupBy(
    cases.filter(({ articleUrl }) => articleUrl !== null),
    ({ articleUrl }) => articleKeyOf(articleUrl!),
  )
  const drafts = rows.map((row) => {
    const since = row.published_at ?? Number.POSITIVE_INFINITY
    const uses = [
      ...(linked.get(String(row.article_id)) ?? []).map(({ resolvedAt }) => resolvedAt),
      ...stops.filter(({ escalationId }) => escalationId === row.escalation_id).map(({ at }) => at),
    ].filter((at) => at >= since)
    return {
      escalationId: row.escalation_id,
      draft: {
        ...{
          form: row.form,
          standing: gone.has(String(row.article_id)) ? 'gone' : row.standing,
          title: row.title,
          url: row.url,
          trouble: row.trouble,
        },
        publishedAt: row.published_at === null ? null : iso(row.published_at),
        firstUsedAt: uses.length === 0 ? null : iso(Math.min(...uses)),
        uses: uses.length,
      },
    }
  })
  return new Map(
    [...Map.groupBy(drafts, ({ escalationId }) => escalationId)].map(([id, some]) => [
      id,
      some.map(({ draft }) => draft),
    ]),
  )
}
