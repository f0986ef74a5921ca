import { SUGGESTED_FIELDS } from '../../core/similar/suggest.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'

/** What agents said of the past escalations and suggestions they were shown. */
export function describeCounts(db: Database, accountId: number): Promise<string> {
  return inAccount(db, accountId, async (tx) => {
    const same = await tx
      .selectFrom('same_problem')
      .select(['stopped', (of) => of.cast<number>(of.fn.count('ticket_id').distinct(), 'integer').as('tickets')])
      .groupBy('stopped')
      .execute()
    const said = await tx
      .selectFrom('similar_answer')
      .select(['subject', 'answer', (of) => of.cast<number>(of.fn.countAll(), 'integer').as('times')])
      .groupBy(['subject', 'answer'])
      .execute()
    const times = (answer: string, subject?: string) =>
      said
        .filter((one) => one.answer === answer && (subject === undefined || one.subject === subject))
        .reduce((sum, one) => sum + one.times, 0)
    const tickets = (stopped: boolean) => same.find((one) => one.stopped === stopped)?.tickets ?? 0
    return [
      `same problem: ${tickets(true)} tickets not escalated, ${tickets(false)} found while one was open`,
      `not the same: ${times('not-same')}`,
      ...SUGGESTED_FIELDS.map(
        (field) => `${field} suggested: ${times('taken', field)} taken, ${times('refused', field)} refused`,
      ),
    ].join('\n')
  })
}
