import { sql } from 'kysely'
import { type Instant, MINUTE_MS } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { keepClocks, waitingOf } from '../engine/clocks-row.ts'
import { lockTicketStates, readTicketStates } from '../engine/ticket-row.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import type { Finding } from './findings.ts'
import { GRACE_MS } from './overdue.ts'

/** An open escalation, and when its row says that it has to be looked at; `isMissing` when it has no row at all. */
export type Checked = {
  escalationId: string
  ticketId: number
  nextDueAt: Instant | null
  isMissing: boolean
  /** One of its schedules has changed since the row was worked out. */
  isStale: boolean
}

/** How long a change of schedule may take to reach every row before that is a finding. */
const RECOUNTED_WITHIN_MS = 10 * MINUTE_MS

/** The next open escalations by id, found without what they wait for: that is what is to be checked. */
export async function nextOpen(tx: AccountTransaction, after: string, count: number): Promise<Checked[]> {
  const { rows } = await sql<Checked>`
    with changed as materialized (select schedule_id, max(id) as last from schedule_version group by schedule_id)
    select escalation.id as "escalationId", escalation.ticket_id as "ticketId", clocks.next_due_at as "nextDueAt",
      clocks.escalation_id is null as "isMissing",
      exists (
        select from changed where schedule_id = any(clocks.schedules) and last > clocks.schedules_as_of
      ) as "isStale"
    from escalation left join escalation_clocks as clocks
      on clocks.account_id = escalation.account_id and clocks.escalation_id = escalation.id
    where stage not in ('closed', 'rejected') and escalation.id > ${after}
    order by escalation.id limit ${count}`.execute(tx)
  return rows
}

export async function isRecounting(tx: AccountTransaction, now: Instant): Promise<boolean> {
  const { last } = await tx
    .selectFrom('schedule_version')
    .select(({ fn }) => fn.max('created_at').as('last'))
    .executeTakeFirstOrThrow()
  return last !== null && last > now - RECOUNTED_WITHIN_MS
}

/** Those whose row says otherwise than the state of their ticket, without holding them. */
export async function findDifferent(
  tx: AccountTransaction,
  checked: readonly Checked[],
  calendars: AccountCalendars,
  now: Instant,
): Promise<Checked[]> {
  const states = await readTicketStates(tx, [...new Set(checked.map(({ ticketId }) => ticketId))])
  const waiting = new Map(states.map((state) => [state.ticketId, waitingOf(state, calendars, now)]))
  return checked.filter((one) => {
    const right = waiting.get(one.ticketId)
    const nextDueAt = right?.escalationId === one.escalationId ? right.nextDueAt : null
    // What is due is worked out anew by the sweep, whatever the row says.
    if (one.nextDueAt !== null && one.nextDueAt <= now) return false
    if (one.nextDueAt === nextDueAt) return one.isMissing
    return nextDueAt === null || nextDueAt > now || nextDueAt < now - GRACE_MS
  })
}

/** Writes the rows of one ticket anew; answers what was wrong with them, nothing when somebody was quicker. */
export async function repair(
  tx: AccountTransaction,
  { escalationId, ticketId }: Checked,
  setting: { accountId: number; now: Instant; calendars: AccountCalendars },
): Promise<Finding | null> {
  const { accountId, now } = setting
  const states = await lockTicketStates(tx, accountId, [ticketId], now)
  const before = await rowOf(tx, escalationId)
  await keepClocks(tx, [...states.values()], setting)
  const after = await rowOf(tx, escalationId)
  if (before !== undefined && before === after) return null
  const what = `${before === undefined ? 'no row' : write(before)} → ${write(after ?? null)}`
  return { kind: 'repaired', escalationId, what, since: now, foundAt: now }
}

async function rowOf(tx: AccountTransaction, escalationId: string): Promise<Instant | null | undefined> {
  const row = await tx
    .selectFrom('escalation_clocks')
    .select('next_due_at')
    .where('escalation_id', '=', escalationId)
    .executeTakeFirst()
  return row?.next_due_at
}

function write(at: Instant | null): string {
  return at === null ? 'never' : new Date(at).toISOString()
}
