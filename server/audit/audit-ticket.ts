import { asksSomething } from '../../core/audit/asks.ts'
import { auditTicket } from '../../core/audit/clock-audit.ts'
import { type Finding, PATTERNS } from '../../core/audit/finding.ts'
import type { TicketChange } from '../../core/audit/update.ts'
import { Installation } from '../admin/installation.ts'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import type { Audit } from '../zendesk/audit.ts'
import { deadlinesOf } from './read-changes.ts'

/** What one ticket shows, from its updates read afresh: there the words of a comment can be looked at. */
export async function auditOneTicket(
  { db, clock, account, accounts, zendeskFor }: Context,
  ticketId: number,
): Promise<{ findings: Finding[]; names: Record<number, string> }> {
  const { integrationUserId } = Installation.parse((await accounts.get(account.id)).installation)
  const { audits, authors } = await (await zendeskFor(account.id)).readHistory(ticketId, 0)
  const agents = authors.filter(({ id, role }) => role !== 'end-user' && id !== integrationUserId)
  const deadlines = await inAccount(db, account.id, (tx) => deadlinesOf(tx, [ticketId]))
  const audit = auditTicket(
    audits.flatMap((one) => changesOf(ticketId, one)),
    {
      ...{ ticketId, now: clock.now(), deadlines: deadlines.get(ticketId) ?? [] },
      isAgent: (id) => agents.some((agent) => agent.id === id),
    },
  )
  return {
    findings: PATTERNS.flatMap((pattern) => audit[pattern].findings),
    names: Object.fromEntries(agents.map(({ id, name }) => [id, name])),
  }
}

/** Which rule did it, the audits tell no worse than that one did. */
const SOME_RULE = -1

function changesOf(ticketId: number, { id, at, authorId, comments, changes }: Audit): TicketChange[] {
  const base = { ticketId, auditId: id, at, byId: authorId }
  const rule = (isByRule: boolean) => (isByRule ? SOME_RULE : null)
  const isCreation = changes.some(({ isCreate }) => isCreate)
  const created = { ...base, part: 0, field: 'created', value: null, previous: null, ruleId: null }
  return [
    ...(isCreation ? [created] : []),
    ...changes.map(({ field, value, previous, isByRule }, index) => ({
      ...{ ...base, part: 1 + index, field, ruleId: rule(isByRule) },
      ...{ value: asText(value), previous: asText(previous) },
    })),
    ...comments.map(({ html, isPublic, isByRule }, index) => {
      const text = html.replace(/<[^>]*>/g, '').trim()
      return {
        ...{ ...base, part: 1 + changes.length + index, field: 'comment', ruleId: rule(isByRule) },
        ...{ value: isPublic ? 'public' : 'private', previous: String(text.length), asks: asksSomething(text) },
      }
    }),
  ]
}

function asText(value: unknown): string | null {
  return value === null || value === undefined || value === '' ? null : String(value)
}
