import { sql } from 'kysely'
import { restored, type TicketState } from '../../core/escalation/state.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { caseIn, writeCases } from './keep-cases.ts'

const TICKETS_AT_ONCE = 500

/**
 * Keeps the cases of an account anew from its record, some tickets at a time, while it goes on working.
 *
 * @returns how many cases there are
 */
export async function rebuildCases(db: Database, accountId: number): Promise<number> {
  let after = 0
  let kept = 0
  for (;;) {
    const read = await inAccount(db, accountId, async (tx) => {
      const rows = await tx
        .selectFrom('ticket')
        .select(['ticket_id', 'state'])
        .where('ticket_id', '>', after)
        .where(sql<boolean>`jsonb_array_length(coalesce(state -> 'escalations', '[]')) > 0`)
        .orderBy('ticket_id')
        .limit(TICKETS_AT_ONCE)
        .forUpdate()
        .execute()
      const cases = rows.flatMap(({ ticket_id, state }) => {
        const whole = restored(ticket_id, state as Partial<TicketState>)
        return whole.escalations.flatMap((escalation) => caseIn(whole, escalation))
      })
      await writeCases(tx, accountId, cases)
      return { last: rows.at(-1)?.ticket_id ?? null, cases: cases.length }
    })
    if (read.last === null) return kept
    after = read.last
    kept += read.cases
  }
}
