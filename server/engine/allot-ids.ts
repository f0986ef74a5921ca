import { sql } from 'kysely'
import type { Allotment } from '../../core/escalation/facts.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/**
 * Takes the next `count` escalation numbers of the year: ESC-2026-000123. They count up per account and year (UTC)
 * without gaps, because a transaction that fails gives its numbers back.
 */
export async function allotIds(
  tx: AccountTransaction,
  accountId: number,
  count: number,
  now: Instant,
): Promise<Allotment[]> {
  if (count === 0) return []
  const year = new Date(now).getUTCFullYear()
  const { last } = await tx
    .insertInto('escalation_number')
    .values({ account_id: accountId, year, last: count })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'year']).doUpdateSet({ last: sql`escalation_number.last + ${count}` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return Array.from({ length: count }, (_, index) => ({
    escalationId: `ESC-${year}-${String(last - count + 1 + index).padStart(6, '0')}`,
  }))
}

/** Numbers that escalations bear already are not given again. */
export async function countOn(tx: AccountTransaction, accountId: number, ids: readonly string[]): Promise<void> {
  const lastOf = new Map<number, number>()
  for (const id of ids) {
    const [, year, number] = /^ESC-(\d{4})-(\d{6,})$/.exec(id) ?? []
    if (year) lastOf.set(Number(year), Math.max(lastOf.get(Number(year)) ?? 0, Number(number)))
  }
  for (const [year, last] of lastOf) {
    await tx
      .insertInto('escalation_number')
      .values({ account_id: accountId, year, last })
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'year'])
          .doUpdateSet({ last: sql<number>`greatest(escalation_number.last, ${last}::int)` }),
      )
      .execute()
  }
}
