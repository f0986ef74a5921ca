import { sql } from 'kysely'
import { type Countdown, nextDueAt } from '../../core/escalation/countdown.ts'
import { countdownsOf } from '../../core/escalation/countdowns.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { packCountdowns } from './packed-countdowns.ts'

/** What the open escalation of a ticket waits for. */
export type Waiting = { escalationId: string; ticketId: number; nextDueAt: Instant | null; countdowns: Countdown[] }

/** Null for a ticket without an open escalation: nothing is waited for. */
export function waitingOf(state: TicketState, { calendarOf }: AccountCalendars, now: Instant): Waiting | null {
  const open = openEscalation(state)
  if (!open) return null
  const countdowns = countdownsOf(state, calendarOf, now)
  return { escalationId: open.id, ticketId: state.ticketId, nextDueAt: nextDueAt(countdowns), countdowns }
}

/**
 * Writes what tickets wait for, worked out from their states. The caller holds the rows of the tickets. Escalations that
 * are over wait for nothing; a row that says so already is left alone.
 */
export async function keepClocks(
  tx: AccountTransaction,
  states: readonly TicketState[],
  { accountId, now, calendars }: { accountId: number; now: Instant; calendars: AccountCalendars },
): Promise<void> {
  const waiting = states.flatMap((state) => waitingOf(state, calendars, now) ?? [])
  await keepWaiting(tx, accountId, waiting, calendars.asOf)
  const open = new Set(waiting.map(({ escalationId }) => escalationId))
  const over = states.flatMap(({ escalations }) => escalations.map(({ id }) => id)).filter((id) => !open.has(id))
  if (over.length === 0) return
  await sql`
    update escalation_clocks set next_due_at = null, schedules = '{}', countdowns = '[]'
    where escalation_id = any(${over}::text[]) and (next_due_at is not null or countdowns <> '[]')`.execute(tx)
}

async function keepWaiting(
  tx: AccountTransaction,
  accountId: number,
  waiting: readonly Waiting[],
  asOf: number,
): Promise<void> {
  if (waiting.length === 0) return
  const column = <T>(of: (one: Waiting) => T) => waiting.map(of)
  await sql`
    insert into escalation_clocks
      (account_id, escalation_id, ticket_id, next_due_at, schedules, countdowns, schedules_as_of)
    select ${accountId}::bigint, one.id, one.ticket_id, one.next_due_at,
           array(select jsonb_array_elements_text(one.schedules::jsonb)), one.countdowns, ${asOf}::bigint
    from unnest(
      ${column(({ escalationId }) => escalationId)}::text[],
      ${column(({ ticketId }) => ticketId)}::bigint[],
      ${column(({ nextDueAt }) => nextDueAt)}::bigint[],
      ${column(({ countdowns }) => JSON.stringify(schedulesOf(countdowns)))}::text[],
      ${column(({ countdowns }) => packCountdowns(countdowns))}::text[]
    ) as one (id, ticket_id, next_due_at, schedules, countdowns)
    on conflict (account_id, escalation_id) do update set
      ticket_id = excluded.ticket_id, next_due_at = excluded.next_due_at, schedules = excluded.schedules,
      countdowns = excluded.countdowns, schedules_as_of = excluded.schedules_as_of
    where (escalation_clocks.next_due_at, escalation_clocks.countdowns, escalation_clocks.schedules_as_of)
      is distinct from (excluded.next_due_at, excluded.countdowns, excluded.schedules_as_of)`.execute(tx)
}

function schedulesOf(countdowns: readonly Countdown[]): string[] {
  return [...new Set(countdowns.flatMap(({ counted }) => (counted ? [counted.schedule] : [])))].sort()
}
