import { sql } from 'kysely'
import { BUDGET_WINDOW_MS, nextCallAt } from '../../core/sync/export-budget.ts'
import { HOUR_MS, type Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { ExportLimit } from '../zendesk/export-call.ts'
import { type ExportName, PACES } from './exports.ts'

/** Until an answer has told the account's. Source: api.md 5.1 */
export const EXPORT_CALLS_PER_MINUTE = 10
const KEPT_FOR_MS = HOUR_MS

/**
 * Takes one of the calls that all exports of an account share, whichever server makes it; answers the instant to come back
 * at when there is none now. What was taken is kept before the call goes out, so that a server that is killed has made it.
 */
export async function takeCall(
  tx: AccountTransaction,
  accountId: number,
  name: ExportName,
  now: Instant,
): Promise<Instant | null> {
  const { perMinute, stoppedUntil } = await lockLimit(tx, accountId)
  const { lane } = PACES[name]
  const planned = lane === 'live' ? [] : await plannedCalls(tx, now)
  const budget = { perMinute, stoppedUntil, planned, calls: await callsSince(tx, now - BUDGET_WINDOW_MS) }
  const at = nextCallAt(lane, budget, now)
  if (at > now) return at
  await sql`
    insert into export_call (account_id, at, export, calls) values (${accountId}, ${now}, ${name}, 1)
    on conflict (account_id, at, export) do update set calls = export_call.calls + 1`.execute(tx)
  await tx
    .deleteFrom('export_call')
    .where('at', '<', now - KEPT_FOR_MS)
    .execute()
  return null
}

/** Keeps what Zendesk said of the calls that are left; other programs use them too. */
export async function learnExportLimit(tx: AccountTransaction, limit: ExportLimit | null): Promise<void> {
  if (limit === null) return
  await sql`
    update export_limit set
      per_minute = ${limit.perMinute},
      stopped_until = greatest(stopped_until, ${limit.left === 0 ? limit.resetsAt : 0}::bigint)
    where per_minute <> ${limit.perMinute} or ${limit.left === 0}`.execute(tx)
}

/** Zendesk refused a call for its rate. */
export async function stopExports(tx: AccountTransaction, until: Instant): Promise<void> {
  await sql`update export_limit set stopped_until = greatest(stopped_until, ${until}::bigint)`.execute(tx)
}

/** How many calls went out since, and how many may a minute. */
export async function exportCallsSince(
  tx: AccountTransaction,
  since: Instant,
): Promise<{ perMinute: number; calls: Map<ExportName, number>; firstAt: Instant | null }> {
  const limit = await tx.selectFrom('export_limit').select('per_minute').executeTakeFirst()
  const rows = await tx
    .selectFrom('export_call')
    .select(['export', ({ fn }) => fn.sum<number>('calls').as('calls'), ({ fn }) => fn.min('at').as('first')])
    .where('at', '>', since)
    .groupBy('export')
    .execute()
  return {
    perMinute: limit?.per_minute ?? EXPORT_CALLS_PER_MINUTE,
    calls: new Map(rows.map((row) => [row.export as ExportName, Number(row.calls)])),
    firstAt: rows.length === 0 ? null : Math.min(...rows.map(({ first }) => Number(first))),
  }
}

/** Held until the transaction ends, so that two never take the last call. */
async function lockLimit(
  tx: AccountTransaction,
  accountId: number,
): Promise<{ perMinute: number; stoppedUntil: Instant }> {
  const read = () =>
    tx.selectFrom('export_limit').select(['per_minute', 'stopped_until']).forUpdate().executeTakeFirst()
  let row = await read()
  if (!row) {
    const values = { account_id: accountId, per_minute: EXPORT_CALLS_PER_MINUTE, stopped_until: 0 }
    await tx
      .insertInto('export_limit')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    row = (await read())!
  }
  return { perMinute: row.per_minute, stoppedUntil: row.stopped_until }
}

async function callsSince(tx: AccountTransaction, since: Instant): Promise<Instant[]> {
  const rows = await tx
    .selectFrom('export_call')
    .select(['at', 'calls'])
    .where('at', '>', since)
    .orderBy('at')
    .execute()
  return rows.flatMap(({ at, calls }) => Array<Instant>(calls).fill(at))
}

async function plannedCalls(tx: AccountTransaction, now: Instant): Promise<Instant[]> {
  const live = Object.entries(PACES).flatMap(([name, { lane }]) => (lane === 'live' ? [name as ExportName] : []))
  const rows = await tx
    .selectFrom('sync_cursor')
    .select('next_at')
    .where('export', 'in', live)
    .where('next_at', 'is not', null)
    .execute()
  // One that is due already is about to call.
  return rows.map(({ next_at }) => Math.max(next_at!, now))
}
