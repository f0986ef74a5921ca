import type { Selectable } from 'kysely'
import type { PastCase } from '../../core/similar/past-case.ts'
import type { SimilarCaseTable } from '../db/similar-tables.ts'

export type CaseRow = Selectable<SimilarCaseTable>

export function caseOfRow(row: CaseRow): PastCase {
  return {
    escalationId: row.escalation_id,
    ticketId: row.ticket_id,
    summary: row.summary,
    body: row.body,
    errors: row.errors,
    component: row.component,
    category: row.category,
    severity: row.severity,
    tier: row.tier,
    queue: row.queue,
    code: row.code,
    rootCause: row.root_cause,
    fix: row.fix,
    article: row.article,
    articleUrl: row.article_url,
    couldBeLower: row.could_be_lower,
    requestedAt: row.requested_at,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
  }
}

export function rowOfCase(accountId: number, number: number, one: PastCase): CaseRow {
  return {
    account_id: accountId,
    escalation_id: one.escalationId,
    number,
    ticket_id: one.ticketId,
    summary: one.summary,
    body: one.body,
    errors: one.errors,
    component: one.component,
    category: one.category,
    severity: one.severity,
    tier: one.tier,
    queue: one.queue,
    code: one.code,
    root_cause: one.rootCause,
    fix: one.fix,
    article: one.article,
    article_url: one.articleUrl,
    could_be_lower: one.couldBeLower,
    requested_at: one.requestedAt,
    resolved_at: one.resolvedAt,
    resolved_by: one.resolvedBy,
    is_gone: false,
  }
}
