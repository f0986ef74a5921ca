import type { PatternCase } from '../../core/patterns/pattern-case.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** Older ones are left out: what nobody has met for so long is no pattern of today. */
export const MOST_CASES = 10_000

/** A case with whom to ask about it. */
export type ReadCase = PatternCase & { resolvedBy: string }

export type ReadCases = { cases: ReadCase[]; merged: ReadCase[] }

/** Resolved escalations, the newest `MOST_CASES` of them; those whose ticket was merged into another stand apart. */
export async function readCases(tx: AccountTransaction): Promise<ReadCases> {
  const rows = await tx
    .selectFrom('similar_case')
    .leftJoin('zendesk_ticket', (join) =>
      join
        .onRef('zendesk_ticket.account_id', '=', 'similar_case.account_id')
        .onRef('zendesk_ticket.ticket_id', '=', 'similar_case.ticket_id'),
    )
    .select(['escalation_id', 'similar_case.ticket_id', 'summary', 'root_cause', 'fix', 'code', 'component'])
    .select(['requested_at', 'resolved_at', 'could_be_lower', 'article_url', 'resolved_by', 'standing'])
    .where('is_gone', '=', false)
    .orderBy('resolved_at', 'desc')
    .orderBy('escalation_id', 'desc')
    .limit(MOST_CASES)
    .execute()
  const read = rows.map(({ standing, ...row }) => ({
    isMerged: standing === 'merged',
    one: {
      ...{ escalationId: row.escalation_id, ticketId: row.ticket_id, summary: row.summary, fix: row.fix },
      ...{ rootCause: row.root_cause, code: row.code, component: row.component, requestedAt: row.requested_at },
      ...{ resolvedAt: row.resolved_at, couldBeLower: row.could_be_lower, articleUrl: row.article_url },
      resolvedBy: row.resolved_by,
    },
  }))
  return {
    cases: read.filter(({ isMerged }) => !isMerged).map(({ one }) => one),
    merged: read.filter(({ isMerged }) => isMerged).map(({ one }) => one),
  }
}

/** Counts up whenever a case changes. */
export async function lastChange(tx: AccountTransaction): Promise<number> {
  const row = await tx.selectFrom('similar_number').select('last').executeTakeFirst()
  return row?.last ?? 0
}
