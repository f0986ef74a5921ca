import { sql } from 'kysely'
import { nextDueAt } from '../../core/escalation/countdown.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { packCountdowns } from '../engine/packed-countdowns.ts'
import type { AccountCalendars } from './calendars.ts'
import type { MovedDeadline, Recounted } from './moved.ts'

/** Writes what escalations wait for now; the caller holds their rows. */
export async function writeRecounted(tx: AccountTransaction, all: readonly Recounted[], asOf: number): Promise<void> {
  if (all.length === 0) return
  const ids = all.map(({ row }) => row.escalationId)
  const dueAts = all.map(({ countdowns }) => nextDueAt(countdowns))
  // Lines, because a text array would be escaped here and read again there; JSON has none of its own.
  const countdowns = all.map((one) => packCountdowns(one.countdowns)).join('\n')
  await sql`
    update escalation_clocks
    set next_due_at = counted.due_at, countdowns = counted.countdowns, schedules_as_of = ${asOf}
    from rows from (unnest(${ids}::text[], ${dueAts}::bigint[]), string_to_table(${countdowns}, E'\\n'))
      as counted (escalation_id, due_at, countdowns)
    where escalation_clocks.escalation_id = counted.escalation_id`.execute(tx)
}

/** Keeps the old deadlines in the record: thousands at once, so in one statement. */
export async function recordMoved(
  tx: AccountTransaction,
  moved: readonly MovedDeadline[],
  { nameOf, versionOf }: AccountCalendars,
  { accountId, now }: { accountId: number; now: Instant },
): Promise<void> {
  if (moved.length === 0) return
  const why = (schedule: string) =>
    `The schedule ${nameOf(schedule) ?? schedule} changed (version ${versionOf(schedule)})`
  const data = moved.map(({ clockId, clock, from, to, schedule }) => ({ clockId, clock, from, to, why: why(schedule) }))
  await sql`
    insert into event (account_id, ticket_id, escalation_id, kind, at, data, recorded_at)
    select ${accountId}::bigint, ticket_id, escalation_id, 'deadline-moved', ${now}::bigint, data, ${now}::bigint
    from rows from (
      unnest(${moved.map(({ ticketId }) => ticketId)}::bigint[], ${moved.map(({ escalationId }) => escalationId)}::text[]),
      jsonb_array_elements(${JSON.stringify(data)}::jsonb)
    ) as moved (ticket_id, escalation_id, data)`.execute(tx)
}
