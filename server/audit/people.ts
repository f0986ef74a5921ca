import { sql } from 'kysely'
import type { AccountTransaction } from '../db/in-account.ts'

export type AuditedPeople = { isAgent(id: number | null): boolean; nameOf(id: number): string }

/**
 * Who is or was one of ours, by what Zendesk's exports told: somebody who has left was an agent when they worked.
 *
 * @param integrationUserId Baton's own user, who is nobody
 */
export async function auditedPeople(tx: AccountTransaction, integrationUserId: number | null): Promise<AuditedPeople> {
  const { rows } = await sql<{ user_id: number; name: string }>`
    select u.user_id, u.name from zendesk_user u
    where u.role <> 'end-user'
       or exists (select from zendesk_user_role r
                  where r.account_id = u.account_id and r.user_id = u.user_id and r.role <> 'end-user')`.execute(tx)
  const names = new Map(rows.map(({ user_id, name }) => [Number(user_id), name]))
  if (integrationUserId !== null) names.delete(integrationUserId)
  return { isAgent: (id) => id !== null && names.has(id), nameOf: (id) => names.get(id) ?? `user ${id}` }
}
