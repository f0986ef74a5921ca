import { type DraftForm, draftEffect } from '../../core/knowledge/effect.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { keepEffects } from '../engine/record.ts'
import type { Jobs } from '../jobs/jobs.ts'

export type Keeping = { accountId: number; now: Instant; jobs: Pick<Jobs, 'enqueueAll'> }

export type Wanted = { escalationId: string; ticketId: number; afterAuditId: number; form: DraftForm; by: string }

/**
 * Has a draft written, in the caller's transaction. Asked for again, one that is there stays; one that was refused is tried
 * once more.
 */
export async function askForDraft(tx: AccountTransaction, wanted: Wanted, keeping: Keeping): Promise<void> {
  const { accountId, now, jobs } = keeping
  const { by, ...rest } = wanted
  const effect = draftEffect(rest)
  await tx
    .insertInto('article_draft')
    .values({
      ...{ account_id: accountId, escalation_id: wanted.escalationId, form: wanted.form, ticket_id: wanted.ticketId },
      ...{ asked_by: by, asked_at: now, standing: 'wanted' },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'escalation_id', 'form'])
        .doUpdateSet({ standing: 'wanted', trouble: null })
        .where('article_draft.standing', '=', 'refused'),
    )
    .execute()
  await keepEffects(tx, [effect], { accountId, now })
  await tx
    .updateTable('effect')
    .set({ state: 'pending', settled_at: null })
    .where('id', '=', effect.id)
    .where('state', 'in', ['refused', 'failed'])
    .execute()
  await jobs.enqueueAll(tx, 'act', [{ accountId, effectId: effect.id }])
}
