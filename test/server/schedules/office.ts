import type { Countdown } from '../../../core/escalation/countdown.ts'
import { HOUR_MS, type Instant } from '../../../core/units.ts'
import type { Database } from '../../../server/db/connect.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { packCountdowns, unpackCountdowns } from '../../../server/engine/packed-countdowns.ts'
import { readVersions } from '../../../server/schedules/versions.ts'
import { POLICY } from '../engine/served-account.ts'

/** Friday, 2026-03-06 09:00 UTC, ten o'clock in Berlin: when the small account begins. */
export const FRIDAY = Date.parse('2026-03-06T09:00:00Z')

/** The policy of the small account with schedules: lines of YAML below `schedules`. */
export function withSchedules(...entries: string[]): string {
  return `${POLICY}  schedules:\n${entries.map((entry) => `    - ${entry}\n`).join('')}`
}

/** An office in Berlin that works from Monday to Friday. */
export function office(opens = '09:00', closes = '17:00', more = ''): string {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => `${day}: [["${opens}", "${closes}"]]`)
  return `{ id: office, name: Berlin office, timezone: Europe/Berlin, weekly: { ${days.join(', ')} }${more} }`
}

/** Versions of a schedule, oldest first: since when, and what is open on Mondays in hours of the day. */
export async function versionsOf(db: Database, accountId: number, id = 'office') {
  const versions = await inAccount(db, accountId, readVersions)
  return versions
    .filter(({ schedule }) => schedule.id === id)
    .map(({ source, schedule: { effectiveFrom, week, holidays } }) => ({
      source,
      since: effectiveFrom,
      monday: week[1]!.map(({ from, to }) => [from / 60, to / 60]),
      holidays: holidays.map(({ name }) => name),
    }))
}

/** What an escalation waits for, as the engine writes it. */
export type Waiting = { id: string; ticketId: number; countdowns: Countdown[]; asOf: number }

export async function keepWaiting(db: Database, accountId: number, all: readonly Waiting[]): Promise<void> {
  const rows = all.map(({ id, ticketId, countdowns, asOf }) => ({
    account_id: accountId,
    escalation_id: id,
    ticket_id: ticketId,
    next_due_at: countdowns.length === 0 ? null : Math.min(...countdowns.map(({ at }) => at)),
    schedules: [...new Set(countdowns.flatMap(({ counted }) => (counted ? [counted.schedule] : [])))],
    countdowns: packCountdowns(countdowns),
    schedules_as_of: asOf,
  }))
  await inAccount(db, accountId, (tx) => tx.insertInto('escalation_clocks').values(rows).execute())
}

/** Hours of the office that are left after `from`, and when that was thought to be. */
export function countdown(id: string, hours: number, at: Instant, from = FRIDAY, schedule = 'office'): Countdown {
  return { id, at, counted: { schedule, from, leftMs: hours * HOUR_MS } }
}

export async function waitingFor(db: Database, accountId: number, id: string) {
  const row = await inAccount(db, accountId, (tx) =>
    tx
      .selectFrom('escalation_clocks')
      .select(['next_due_at', 'schedules_as_of', 'countdowns'])
      .where('escalation_id', '=', id)
      .executeTakeFirstOrThrow(),
  )
  return { ...row, countdowns: unpackCountdowns(row.countdowns) }
}

/** What was recorded of deadlines that moved, oldest first. */
export async function movesOf(db: Database, accountId: number) {
  const rows = await inAccount(db, accountId, (tx) =>
    tx
      .selectFrom('event')
      .select(['escalation_id', 'ticket_id', 'at', 'data'])
      .where('kind', '=', 'deadline-moved')
      .orderBy('escalation_id')
      .orderBy('id')
      .execute(),
  )
  return rows.map(({ escalation_id, ticket_id, at, data }) => ({ escalation_id, ticket_id, at, ...(data as object) }))
}
