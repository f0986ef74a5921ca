import { sql } from 'kysely'
import type { AccountTransaction } from '../db/in-account.ts'

/**
 * Has tickets measured again, in the transaction that changed them. Rows are only added, and nobody else touches them
 * before they are committed, so that whoever changes a ticket never waits for whoever measures.
 */
export async function markForMeasuring(
  tx: AccountTransaction,
  accountId: number,
  ticketIds: readonly number[],
): Promise<void> {
  if (ticketIds.length === 0) return
  await sql`
    insert into measure_mark (account_id, ticket_id)
    select ${accountId}::bigint, unnest(${ticketIds}::bigint[])`.execute(tx)
}

/** Has every ticket with an escalation measured again. */
export async function markAll(tx: AccountTransaction, accountId: number): Promise<void> {
  await sql`
    insert into measure_mark (account_id, ticket_id)
    select ${accountId}::bigint, ticket_id from (
      select ticket_id from escalation union select ticket_id from measure_case
    ) as known`.execute(tx)
}
