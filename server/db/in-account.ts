import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from './schema.ts'

export type AccountTransaction = Transaction<Tables>

/**
 * Runs `run` in a transaction that sees and writes the rows of one account and no other's.
 *
 * Row level security compares every row with this setting; it ends with the transaction. Outside such a transaction
 * every query on a table of an account fails.
 */
export function inAccount<T>(
  db: Kysely<Tables>,
  accountId: number,
  run: (tx: AccountTransaction) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await enterAccount(tx, accountId)
    return run(tx)
  })
}

/** Turns a running transaction to another account, for the few writers that serve several in one commit. */
export async function enterAccount(tx: AccountTransaction, accountId: number): Promise<void> {
  await sql`select set_config('baton.account_id', ${String(accountId)}, true)`.execute(tx)
}
