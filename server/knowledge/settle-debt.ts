import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

export type Settlement = {
  how: 'published' | 'linked' | 'not-needed'
  by: string
  url: string | null
  /** Why none is needed. */
  reason: string | null
  at: Instant
}

/** @returns false when nothing was owed */
export async function settleDebt(
  tx: AccountTransaction,
  escalationId: string,
  { how, by, url, reason, at }: Settlement,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('article_debt')
    .set({ settled_at: at, settled_how: how, settled_by: by, reason, ...(url === null ? {} : { article_url: url }) })
    .where('escalation_id', '=', escalationId)
    .where('settled_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
