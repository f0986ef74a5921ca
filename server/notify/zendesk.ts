import type { TellTicket } from '../../core/escalation/effects.ts'
import { renderDraft, renderText } from '../../core/notice/render-text.ts'
import { splitText } from '../../core/notice/split.ts'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { keepEffects } from '../engine/record.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Delivery, Sender } from './sender.ts'

/** Zendesk takes about 64 kB; characters of three bytes still fit. */
const MOST_CHARACTERS = 20_000

/**
 * Writes private comments. They are effects like any other of ours: `act` carries them out, recognises what it did before, and
 * makes private what Zendesk stored as public.
 */
export function createZendeskSender(deps: { db: Database; clock: Clock; jobs: Pick<Jobs, 'enqueueAll'> }): Sender {
  return async ({ accountId, batch, fold, message }: Delivery) => {
    const [{ ticketId, escalationId, kind }] = fold
    const text = kind === 'customer-confirmation' ? renderDraft(message) : renderText(message)
    const id = `notice.${batch}`
    await inAccount(deps.db, accountId, async (tx) => {
      const ticket = await tx
        .selectFrom('ticket')
        .select('last_audit_id')
        .where('ticket_id', '=', ticketId)
        .executeTakeFirst()
      const effects = splitText(text, MOST_CHARACTERS).map(
        (comment, index): TellTicket => ({
          kind: 'tell-ticket',
          id: index === 0 ? id : `${id}.${index + 1}`,
          ...{ escalationId, ticketId, comment, notBefore: null },
          afterAuditId: ticket?.last_audit_id ?? 0,
        }),
      )
      await keepEffects(tx, effects, { accountId, now: deps.clock.now() })
      const acts = effects.map((effect) => ({ accountId, effectId: effect.id }))
      await deps.jobs.enqueueAll(tx, 'act', acts)
    })
    return { externalId: id }
  }
}
