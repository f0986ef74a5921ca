import type { SimilarAnswer } from '../../core/contract/similar.ts'
import type { Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'

/** More than anybody says of one ticket; who says more is no person. */
const MOST_OF_A_TICKET = 200

/** Keeps what somebody said of what was shown to them in a ticket; the last word on each holds. */
export async function keepAnswer(db: Database, accountId: number, said: SimilarAnswer, now: Instant): Promise<void> {
  const subject = said.answer === 'not-same' ? said.escalationId : said.field
  const suggested = said.answer === 'not-same' ? null : said.value
  const row = { account_id: accountId, ticket_id: said.ticketId, subject, answer: said.answer, suggested, at: now }
  await inAccount(db, accountId, async (tx) => {
    const { count } = await tx
      .selectFrom('similar_answer')
      .select((of) => of.cast<number>(of.fn.countAll(), 'integer').as('count'))
      .where('ticket_id', '=', said.ticketId)
      .executeTakeFirstOrThrow()
    if (count >= MOST_OF_A_TICKET) return
    await tx
      .insertInto('similar_answer')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'ticket_id', 'subject'])
          .doUpdateSet({ answer: said.answer, suggested, at: now }),
      )
      .execute()
  })
}
