import { sql } from 'kysely'
import type { AccountTransaction } from '../db/in-account.ts'
import { type AccountCalendars, calendarsFrom } from './calendars.ts'
import { newVersions, type ReadSchedule } from './keep-versions.ts'
import { type MovedDeadline, recountRow } from './moved.ts'
import { type StaleClocks, unpackRow } from './stale.ts'
import { readVersions } from './versions.ts'

/** What a change of schedules would do to open escalations. */
export type TouchedBySchedules = {
  /** Names of the schedules that would change. */
  schedules: string[]
  /** Open escalations that follow from them, and those of which a deadline moves. */
  following: number
  moving: number
  /** The first few deadlines, by escalation. */
  moved: MovedDeadline[]
}

const BATCH = 2000
/** Nobody reads more. */
export const MOST_LISTED = 20

/** Says which open escalations a change would touch, and changes nothing. */
export async function touchedBySchedules(
  tx: AccountTransaction,
  schedules: readonly ReadSchedule[],
  now: number,
): Promise<TouchedBySchedules> {
  const kept = await readVersions(tx)
  const changed = newVersions(kept, schedules, now)
  const touched: TouchedBySchedules = {
    schedules: changed.map(({ schedule }) => schedule.name ?? schedule.id!),
    following: 0,
    moving: 0,
    moved: [],
  }
  if (changed.length === 0) return touched
  const ids = changed.map(({ schedule }) => schedule.id!)
  const after = calendarsFrom([...kept, ...changed], now)
  for await (const row of following(tx, ids)) count(touched, row, after)
  return touched
}

function count(touched: TouchedBySchedules, row: StaleClocks, after: AccountCalendars): void {
  const { moved } = recountRow(row, after)
  touched.following += 1
  if (moved.length > 0) touched.moving += 1
  touched.moved.push(...moved.slice(0, MOST_LISTED - touched.moved.length))
}

/** Open escalations with a countdown that follows from one of the schedules, by their ids. */
async function* following(tx: AccountTransaction, schedules: string[]): AsyncGenerator<StaleClocks> {
  for (let after = ''; ; ) {
    const rows = await tx
      .selectFrom('escalation_clocks')
      .select(['escalation_id as escalationId', 'ticket_id as ticketId', 'countdowns'])
      .where('escalation_id', '>', after)
      .where('schedules', '&&', sql<string[]>`${schedules}::text[]`)
      .orderBy('escalation_id')
      .limit(BATCH)
      .execute()
    yield* rows.map(unpackRow)
    if (rows.length < BATCH) return
    after = rows.at(-1)!.escalationId
  }
}
