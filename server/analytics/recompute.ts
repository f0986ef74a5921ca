import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { markAll } from './mark.ts'

/**
 * Measures every ticket with an escalation anew. What is different is written, as when a ticket changes, so figures are
 * right at every instant of it; a server that runs beside does part of the work.
 *
 * @returns how many tickets, and how long it took
 */
export async function recompute({
  db,
  account,
  measurer,
}: Pick<Context, 'db' | 'account' | 'measurer'>): Promise<{ tickets: number; ms: number }> {
  const startedAt = performance.now()
  const tickets = await inAccount(db, account.id, async (tx) => {
    await markAll(tx, account.id)
    const { rows } = await sql<{ count: number }>`
      select count(distinct ticket_id)::int as count from measure_mark`.execute(tx)
    return rows[0]!.count
  })
  while ((await marksLeft()) > 0) {
    if ((await measurer.pass()) === 0) await delay(200)
  }
  return { tickets, ms: performance.now() - startedAt }

  function marksLeft(): Promise<number> {
    return inAccount(db, account.id, async (tx) => {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from measure_mark`.execute(tx)
      return rows[0]!.count
    })
  }
}
