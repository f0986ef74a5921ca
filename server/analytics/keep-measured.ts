import { sql } from 'kysely'
import type { Measured } from '../../core/metrics/measure-ticket.ts'
import { partAt } from '../../core/metrics/parts.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { CASE_COLUMNS, type CaseRow, caseRow, listed, STAY_COLUMNS, stayRow, textOf, typed } from './case-rows.ts'

type Where = { accountId: number; zone: string; now: Instant }

/** What was measured of some tickets, in place of what was kept of them. */
export type MeasuredTicket = Measured & { ticketId: number }

/**
 * Writes what is different from what is kept of these tickets, and names the parts of weeks it changes. Whoever calls
 * holds the account (`measure_account`), so that nobody else writes these rows.
 *
 * @returns whether anything was different
 */
export async function keepMeasured(
  tx: AccountTransaction,
  measured: readonly MeasuredTicket[],
  where: Where,
): Promise<boolean> {
  const ids = measured.map(({ ticketId }) => ticketId)
  const hasOtherCases = await keepCases(
    tx,
    ids,
    measured.flatMap(({ cases }) => cases.map(caseRow)),
    where,
  )
  const hasOtherStays = await keepStays(tx, ids, measured, where)
  await keepTimers(tx, measured, where)
  return hasOtherCases || hasOtherStays
}

async function keepCases(tx: AccountTransaction, ids: number[], rows: CaseRow[], where: Where): Promise<boolean> {
  const { rows: kept } = await sql<CaseRow>`
    select ${listed(CASE_COLUMNS)} from measure_case where ticket_id = any(${ids}::bigint[])`.execute(tx)
  const now = new Set(rows.map((row) => textOf(row, CASE_COLUMNS)))
  const before = new Set(kept.map((row) => textOf(row, CASE_COLUMNS)))
  const gone = kept.filter((row) => !now.has(textOf(row, CASE_COLUMNS)))
  const added = rows.filter((row) => !before.has(textOf(row, CASE_COLUMNS)))
  if (gone.length > 0) {
    await sql`
      delete from measure_case using unnest(
        ${gone.map((row) => row.ticket_id)}::bigint[], ${gone.map((row) => row.measure)}::text[],
        ${gone.map((row) => row.escalation_id)}::text[], ${gone.map((row) => row.part)}::int[]
      ) as gone (ticket_id, measure, escalation_id, part)
      where (measure_case.ticket_id, measure_case.measure, measure_case.escalation_id, measure_case.part)
        = (gone.ticket_id, gone.measure, gone.escalation_id, gone.part)`.execute(tx)
  }
  if (added.length > 0) {
    await sql`
      insert into measure_case (account_id, ${listed(CASE_COLUMNS)})
      select ${where.accountId}::bigint, one.*
      from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as one (${typed(CASE_COLUMNS)})`.execute(tx)
  }
  await markParts(
    tx,
    [...gone, ...added].map(({ at }) => at),
    where,
  )
  return gone.length + added.length > 0
}

async function keepStays(
  tx: AccountTransaction,
  ids: number[],
  measured: readonly MeasuredTicket[],
  { accountId }: Where,
): Promise<boolean> {
  const rows = measured.flatMap(({ stays }) => stays.map(stayRow))
  const { rows: kept } = await sql<object>`
    select ${listed(STAY_COLUMNS)} from measure_stay where ticket_id = any(${ids}::bigint[])`.execute(tx)
  const textsOf = (some: object[]) => some.map((row) => textOf(row, STAY_COLUMNS)).sort()
  if (JSON.stringify(textsOf(rows)) === JSON.stringify(textsOf(kept))) return false
  await tx.deleteFrom('measure_stay').where('ticket_id', '=', sql<number>`any(${ids}::bigint[])`).execute()
  await sql`
    insert into measure_stay (account_id, ${listed(STAY_COLUMNS)})
    select ${accountId}::bigint, one.*
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as one (${typed(STAY_COLUMNS)})`.execute(tx)
  return true
}

async function keepTimers(tx: AccountTransaction, measured: readonly MeasuredTicket[], { accountId }: Where) {
  const timed = measured.filter(({ dueAt }) => dueAt !== null)
  await sql`
    insert into measure_timer (account_id, ticket_id, due_at)
    select ${accountId}::bigint, one.ticket_id, one.due_at
    from unnest(${timed.map(({ ticketId }) => ticketId)}::bigint[], ${timed.map(({ dueAt }) => dueAt)}::bigint[])
      as one (ticket_id, due_at)
    on conflict (account_id, ticket_id) do update set due_at = excluded.due_at
    where measure_timer.due_at <> excluded.due_at`.execute(tx)
  const untimed = measured.filter(({ dueAt }) => dueAt === null).map(({ ticketId }) => ticketId)
  await tx.deleteFrom('measure_timer').where('ticket_id', '=', sql<number>`any(${untimed}::bigint[])`).execute()
}

/** The parts of weeks in which these instants lie have to be added up anew. */
export async function markParts(
  tx: AccountTransaction,
  instants: readonly Instant[],
  { accountId, zone, now }: Where,
): Promise<void> {
  const parts = new Map<Instant, Instant>()
  for (const at of instants.toSorted((a, b) => a - b)) {
    const last = [...parts].at(-1)
    if (last && at < last[1]) continue
    const { from, to } = partAt(zone, at)
    parts.set(from, to)
  }
  if (parts.size === 0) return
  await sql`
    insert into measure_week_due (account_id, from_at, to_at, since)
    select ${accountId}::bigint, part.*, ${now}::bigint from unnest(${[...parts.keys()]}::bigint[], ${[...parts.values()]}::bigint[]) as part
    on conflict do nothing`.execute(tx)
}
