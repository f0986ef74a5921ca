import type { DraftForm } from '../../core/knowledge/effect.ts'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { readTicketState } from '../engine/ticket-row.ts'
import { Refusal } from '../http/refusal.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { currentPolicy } from '../policy/store.ts'
import { askForDraft } from './ask-for-draft.ts'
import { settleDebt } from './settle-debt.ts'

export type ManageDeps = { db: Database; clock: Clock; jobs: Pick<Jobs, 'enqueueAll'> }

/** What people do about articles by hand. Everything throws with a message for whoever asked. */
export function manageKnowledge(accountId: number, { db, clock, jobs }: ManageDeps) {
  return { draft, settle }

  /** Has a draft written of a resolved escalation. @throws {Refusal} 404, 409 */
  async function draft(escalationId: string, { form, by }: { form: DraftForm; by: string }): Promise<void> {
    const now = clock.now()
    const { knowledge } = await currentPolicy(db, accountId, now)
    if (knowledge.drafts === null) {
      const message = 'The policy does not say where drafts go. Add `knowledge:`; docs/policy.md says how.'
      throw new Refusal(409, 'no-place', message)
    }
    await inAccount(db, accountId, async (tx) => {
      const row = await tx
        .selectFrom('escalation')
        .select('ticket_id')
        .where('id', '=', escalationId)
        .executeTakeFirst()
      if (!row) throw new Refusal(404, 'escalation-not-found', `There is no escalation ${escalationId}.`)
      const { escalations, lastAuditId: afterAuditId } = await readTicketState(tx, row.ticket_id)
      if (!escalations.find(({ id }) => id === escalationId)?.resolution) {
        throw new Refusal(409, 'not-resolved', `${escalationId} is not resolved, so there is nothing to write down.`)
      }
      const wanted = { escalationId, ticketId: row.ticket_id, afterAuditId, form, by }
      await askForDraft(tx, wanted, { accountId, now, jobs })
    })
  }

  /** Settles what an escalation owes: with an article, or with why none is needed. @throws {Refusal} 404 */
  async function settle(
    escalationId: string,
    { url, reason, by }: { url: string | null; reason: string; by: string },
  ): Promise<void> {
    const how = url === null ? 'not-needed' : 'linked'
    const settlement = { how, by, url, reason: reason.trim() || null, at: clock.now() } as const
    const isSettled = await inAccount(db, accountId, (tx) => settleDebt(tx, escalationId, settlement))
    if (!isSettled) throw new Refusal(404, 'nothing-owed', `${escalationId} owes no article.`)
  }
}
