import { sql } from 'kysely'
import { newTicketState } from '../../core/escalation/state.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../core/units.ts'
import { markAll } from '../../server/analytics/mark.ts'
import type { Database } from '../../server/db/connect.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { keepEscalations } from '../../server/engine/record.ts'
import { lockTicketStates, writeTicketStates } from '../../server/engine/ticket-row.ts'
import { anEscalation } from '../core/customer/an-escalation.ts'

const MEASURED = ['measure_case', 'measure_stay', 'measure_week'] as const
/** On tickets that Zendesk does not have, so that nothing happens to them meanwhile. */
const FIRST_TICKET = 5_000_000

/** Escalations that are over, of the months before `until`, in the record alone and not measured yet. */
export async function writeEscalations(db: Database, accountId: number, count: number, until: Instant): Promise<void> {
  const all = Array.from({ length: count }, (_, index) => {
    const ticketId = FIRST_TICKET + index
    const requestedAt = until - (1 + (index % 112)) * DAY_MS - index * MINUTE_MS
    const after = (ms: number) => ({ at: requestedAt + ms, order: 1, by: 'Elif Aydin' })
    const escalation = anEscalation({
      ...{ id: `ESC-2020-${String(index).padStart(6, '0')}`, commandId: String(index).padStart(26, 'K') },
      ...{ requestedAt, stage: 'closed', stageSince: requestedAt + 6 * HOUR_MS },
      signals: [
        { ...after(MINUTE_MS * (1 + (index % 50))), signal: 'accepted' },
        { ...after(HOUR_MS * (1 + (index % 5))), signal: 'resolved' },
      ],
    })
    return { ticketId, escalation, state: { ...newTicketState(ticketId), escalations: [escalation] } }
  })
  await inAccount(db, accountId, async (tx) => {
    const ids = all.map(({ ticketId }) => ticketId)
    await lockTicketStates(tx, accountId, ids, until)
    await writeTicketStates(
      tx,
      all.map(({ state }) => ({ state, seenAt: null })),
      until,
    )
    await keepEscalations(tx, all, accountId)
    await markAll(tx, accountId)
  })
}

/** What is left to measure; weeks that were changed are added up at once, instead of half a minute later. */
export async function leftToMeasure(db: Database): Promise<{ tickets: number; weeks: number }> {
  await sql`update measure_week_due set since = 0 where since > 0`.execute(db)
  const { rows } = await sql<{ tickets: number; weeks: number }>`
    select (select count(*)::int from measure_mark) as tickets, (select count(*)::int from measure_week_due) as weeks`.execute(
    db,
  )
  return rows[0]!
}

/** Everything that was measured, row by row. */
export async function measuredRows(db: Database): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const table of MEASURED) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(one)::text as row from ${sql.table(table)} as one order by 1`.execute(db)
    found.set(
      table,
      rows.map(({ row }) => row),
    )
  }
  return found
}

/** As if nothing had been measured yet. */
export async function forgetMeasured(db: Database, accountId: number): Promise<void> {
  await inAccount(db, accountId, async (tx) => {
    for (const table of [...MEASURED, 'measure_week_due', 'measure_timer']) {
      await sql`delete from ${sql.table(table)}`.execute(tx)
    }
    await markAll(tx, accountId)
  })
}
