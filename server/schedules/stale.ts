import { sql } from 'kysely'
import type { Countdown } from '../../core/escalation/countdown.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { unpackCountdowns } from '../engine/packed-countdowns.ts'

/** What an open escalation waits for, as it was worked out before one of its schedules changed. */
export type StaleClocks = { escalationId: string; ticketId: number; countdowns: Countdown[] }

/**
 * Ids of the open escalations whose countdowns follow from a schedule that has changed since they were worked out.
 *
 * @param asOf the last `schedule_version.id` there are calendars of
 */
export async function listStale(tx: AccountTransaction, asOf: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with changed as materialized (${changed})
    select escalation_id as id from escalation_clocks where ${isStale(asOf)} order by escalation_id`.execute(tx)
  return rows.map(({ id }) => id)
}

/**
 * Those that are still stale, held until the transaction ends. One that somebody else is writing is left out: to wait
 * for it while holding others could end in each waiting for the other.
 */
export async function lockStale(tx: AccountTransaction, ids: readonly string[], asOf: number): Promise<StaleClocks[]> {
  const { rows } = await sql<Omit<StaleClocks, 'countdowns'> & { countdowns: string }>`
    with changed as materialized (${changed})
    select escalation_id as "escalationId", ticket_id as "ticketId", countdowns
    from escalation_clocks
    where escalation_id = any(${ids}) and ${isStale(asOf)}
    for update skip locked`.execute(tx)
  return rows.map(unpackRow)
}

/** A row as it is kept. */
export function unpackRow<T extends { countdowns: unknown }>(
  row: T,
): Omit<T, 'countdowns'> & Pick<StaleClocks, 'countdowns'> {
  return { ...row, countdowns: unpackCountdowns(row.countdowns) }
}

const changed = sql`select schedule_id, max(id) as last from schedule_version group by schedule_id`

function isStale(asOf: number) {
  return sql`schedules_as_of < ${asOf} and exists (
    select from changed where changed.schedule_id = any(escalation_clocks.schedules) and changed.last > schedules_as_of
  )`
}
