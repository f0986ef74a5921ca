import type { Database } from '../db/connect.ts'
import { type AccountTransaction, enterAccount } from '../db/in-account.ts'

/** Reads of one instant: what is added up and what is counted one by one must not come from two. */
export function inSnapshot<T>(
  db: Database,
  accountId: number,
  run: (tx: AccountTransaction) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await enterAccount(tx, accountId)
      return run(tx)
    })
}
