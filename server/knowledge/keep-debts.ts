import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { Escalation, TicketState } from '../../core/escalation/state.ts'
import { owedBy } from '../../core/knowledge/debt.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { DAY_MS } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { askForDraft, type Keeping } from './ask-for-draft.ts'

const SAYS_SOMETHING = ['resolved', 'deescalated']
/** A record that is built anew tells of years; what was promised long ago is owed, and drafted when somebody asks. */
const DRAFTED_WITHIN_MS = 7 * DAY_MS

/**
 * Keeps what resolutions owe the knowledge base, and has drafts written where one was promised, in the transaction that
 * records what happened. Safe to run twice: an escalation owes one article.
 */
export async function keepDebts(
  tx: AccountTransaction,
  steps: readonly { state: TicketState; events: readonly EscalationEvent[] }[],
  policy: Policy,
  keeping: Keeping,
): Promise<void> {
  for (const { state, events } of steps) {
    const said = new Set(events.filter(({ kind }) => SAYS_SOMETHING.includes(kind)).map((event) => event.escalationId))
    for (const escalation of state.escalations.filter(({ id }) => said.has(id))) {
      const owes = await keepDebt(tx, state, escalation, policy, keeping.accountId)
      if (!owes || owes === 'unsaid' || policy.knowledge.drafts === null) continue
      if (escalation.resolution!.at < keeping.now - DRAFTED_WITHIN_MS) continue
      const place = { escalationId: escalation.id, ticketId: state.ticketId, afterAuditId: state.lastAuditId }
      await askForDraft(tx, { ...place, form: 'article', by: escalation.resolution!.by.name }, keeping)
    }
  }
}

/** @returns why an article is owed, if one is */
export async function keepDebt(
  tx: AccountTransaction,
  { ticketId }: Pick<TicketState, 'ticketId'>,
  escalation: Escalation,
  policy: Pick<Policy, 'knowledge' | 'components'>,
  accountId: number,
): Promise<string | null> {
  const owed = owedBy(escalation, policy)
  if (!owed) return null
  if (!owed.owes) {
    const { how, at, by, url } = owed
    await tx
      .updateTable('article_debt')
      .set({ settled_at: at, settled_how: how, settled_by: by, article_url: url })
      .where('escalation_id', '=', escalation.id)
      .where('settled_at', 'is', null)
      .execute()
    return null
  }
  const { why, owner, since, dueAt } = owed.debt
  const unsettled = { settled_at: null, settled_how: null, settled_by: null, article_url: null, reason: null }
  const row = { ticket_id: ticketId, why, owner, since, due_at: dueAt }
  await tx
    .insertInto('article_debt')
    .values({ account_id: accountId, escalation_id: escalation.id, ...row, ...unsettled })
    // Resolved anew, it owes anew; the same said twice changes nothing.
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'escalation_id'])
        .doUpdateSet({ ...row, ...unsettled })
        .where('article_debt.since', '<', since),
    )
    .execute()
  return why
}
