import type { RawBuilder } from 'kysely'
import type { Database } from './connect.ts'
import { inAccount } from './in-account.ts'

/**
 * Runs a statement that deletes at most `atOnce` rows until it finds fewer, each time in a transaction of its own, so that
 * nobody waits long for what it locks; answers how many are gone.
 */
export async function deleteInBatches(
  db: Database,
  accountId: number,
  atOnce: number,
  statement: RawBuilder<unknown>,
): Promise<number> {
  let deleted = 0
  for (;;) {
    const { numAffectedRows } = await inAccount(db, accountId, (tx) => statement.execute(tx))
    deleted += Number(numAffectedRows)
    if (Number(numAffectedRows) < atOnce) return deleted
  }
}
