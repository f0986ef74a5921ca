import { sql } from 'kysely'
import type { AccountTransaction } from '../db/in-account.ts'
import type { ExportedChange } from '../zendesk/ticket-event-export.ts'

/** Adds what happened to tickets; answers how much of it was new. What comes again is dropped by its key. */
export async function keepChanges(
  tx: AccountTransaction,
  accountId: number,
  changes: readonly ExportedChange[],
): Promise<number> {
  if (changes.length === 0) return 0
  const column = <K extends keyof ExportedChange>(key: K) => changes.map((change) => change[key])
  const { numAffectedRows } = await sql`
    insert into ticket_change (account_id, ticket_id, at, audit_id, part, field, value, previous, by_id, rule_id)
    select ${accountId}::bigint, told.* from unnest(
      ${column('ticketId')}::bigint[], ${column('at')}::bigint[], ${column('auditId')}::bigint[],
      ${column('part')}::int[], ${column('field')}::text[], ${column('value')}::text[], ${column('previous')}::text[],
      ${column('byId')}::bigint[], ${column('ruleId')}::bigint[]
    ) as told
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
