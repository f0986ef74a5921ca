import type { Stopped } from '../../core/contract/api.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** How a past escalation ended, for a ticket that has the same problem; null when nothing is kept of it. */
export async function findPast(tx: AccountTransaction, escalationId: string): Promise<Stopped['past']> {
  const row = await tx
    .selectFrom('similar_case')
    .select(['ticket_id', 'summary', 'fix', 'article_url'])
    .where('escalation_id', '=', escalationId)
    .where('is_gone', '=', false)
    .executeTakeFirst()
  return row ? { ticketId: row.ticket_id, summary: row.summary, fix: row.fix, articleUrl: row.article_url } : null
}
