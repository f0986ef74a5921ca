import { sql } from 'kysely'
import { type Clock, DAY_MS, HOUR_MS, type Instant, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { countNotices, countReasons, findNotices } from '../notify/list-notices.ts'
import type { Health } from '../openapi/health.ts'
import { readStanding } from '../schedules/standing.ts'
import { syncStanding } from '../sync/standing.ts'
import type { BudgetStanding } from '../zendesk/budget.ts'

type Where = { db: Database; clock: Clock; account: { id: number } }

/** What became of notices counts for so long. */
const NEWS_FOR_MS = DAY_MS
const MOST_FAILURES = 20

export type Arrivals = Omit<Health['webhooks'], 'answered'>

/** Webhooks by the database, so that all servers are in it. An account in which nothing happens for a day has no last one. */
export function readArrivals({ db, clock, account }: Where): Promise<Arrivals> {
  const now = clock.now()
  return inAccount(db, account.id, async (tx) => {
    const { rows } = await sql<{ undispatched: number }>`
      select coalesce(sum(cardinality(ticket_ids)), 0)::int as undispatched from inbox_commit`.execute(tx)
    const lastHour = await arrivedSince(tx, now - HOUR_MS)
    const lastAt = lastHour.lastAt ?? (await arrivedSince(tx, now - DAY_MS)).lastAt
    return {
      undispatched: rows[0]!.undispatched,
      acceptedLastHour: lastHour.count,
      lastAcceptedAgeSeconds: lastAt === null ? null : Math.max(0, now - lastAt) / SECOND_MS,
    }
  })
}

async function arrivedSince(
  tx: AccountTransaction,
  since: Instant,
): Promise<{ count: number; lastAt: Instant | null }> {
  const { rows } = await sql<{ count: number; lastAt: Instant | null }>`
    select count(*)::int as count, max(received_at) as "lastAt" from inbox_delivery where received_at >= ${since}`.execute(
    tx,
  )
  return rows[0]!
}

/** How Zendesk's schedules are read. What is wrong with which is for `baton schedules`: their names are the company's. */
export async function readSchedules({ db, clock, account }: Where): Promise<Health['schedules']> {
  const { readAt, troubles } = await inAccount(db, account.id, readStanding)
  const state = troubles.length > 0 ? 'trouble' : readAt === null ? 'never' : 'ok'
  return {
    ...{ state, troubles: troubles.length },
    readAgeSeconds: readAt === null ? null : Math.max(0, clock.now() - readAt) / SECOND_MS,
  }
}

/** How far the whole account is read; null where it never was begun. */
export function readSync({ db, clock, account }: Where): Promise<Health['sync']> {
  return inAccount(db, account.id, async (tx) => {
    const { exports, calls, leftMs, completeSince, reconcile } = await syncStanding(tx, clock.now())
    if (completeSince === null) return null
    return {
      exports: exports.map(({ export: name, state, lagMs, kept, progress }) => {
        return { export: name, state, lagSeconds: lagMs === null ? null : lagMs / SECOND_MS, kept, progress }
      }),
      ...{ callsPerMinute: calls.perMinute, callsUsed: calls.used },
      leftSeconds: leftMs === null ? null : leftMs / SECOND_MS,
      completeSince: new Date(completeSince).toISOString(),
      reconciled: reconcile && { ...reconcile, at: new Date(reconcile.at).toISOString() },
    }
  })
}

/** Without whom they were for and what they said. */
export function readNotices({ db, clock, account }: Where): Promise<NonNullable<Health['notices']>> {
  const since = clock.now() - NEWS_FOR_MS
  return inAccount(db, account.id, async (tx) => {
    const counts = await countNotices(tx, since)
    const failed = await findNotices(tx, { isFailed: true, most: MOST_FAILURES })
    return {
      ...counts,
      reasons: await countReasons(tx, since),
      failures: failed
        .filter(({ settledAt }) => settledAt !== null && settledAt >= since)
        .map(({ escalationId, kind, channel, why, settledAt }) => ({
          ...{ escalationId, kind, channel, why: why ?? 'unknown' },
          at: new Date(settledAt!).toISOString(),
        })),
    }
  })
}

/** Before Zendesk has told the account's limit nothing worth showing is known. */
export function showCalls({ limit, left, stoppedUntil }: BudgetStanding): Health['zendeskCalls'] {
  if (limit === null) return null
  return { limit, left, stoppedUntil: stoppedUntil === null ? null : new Date(stoppedUntil).toISOString() }
}
