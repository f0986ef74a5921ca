import { sql } from 'kysely'
import { endOfTicket } from '../../core/escalation/read-said-fact.ts'
import type { Escalation, TicketState } from '../../core/escalation/state.ts'
import type { Step } from '../../core/escalation/step.ts'
import { type PastCase, pastCaseOf } from '../../core/similar/past-case.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { type CaseRow, rowOfCase } from './case-row.ts'

/** PostgreSQL takes 65,535 values in one statement. */
const ROWS_AT_ONCE = 1000

/**
 * Keeps what escalations that were resolved leave behind for others like them, in the transaction that records it. One
 * that is kept already is replaced; those of a ticket that was deleted lose their texts.
 */
export async function keepCases(tx: AccountTransaction, steps: readonly Step[], accountId: number): Promise<void> {
  const touched = steps.flatMap(({ state, events }) => {
    const ids = new Set(events.map(({ escalationId }) => escalationId))
    return state.escalations.filter(({ id }) => ids.has(id)).flatMap((escalation) => caseIn(state, escalation))
  })
  const gone = steps.filter(({ state }) => isDeleted(state)).map(({ state }) => state.ticketId)
  if (gone.length > 0) await forgetCases(tx, accountId, gone)
  await writeCases(tx, accountId, touched)
  await keepSameProblems(tx, steps, accountId)
}

/** Which tickets were found to have the problem of a past escalation, to be counted. */
async function keepSameProblems(tx: AccountTransaction, steps: readonly Step[], accountId: number): Promise<void> {
  const rows = steps.flatMap(({ state, events }) =>
    events.flatMap((event) =>
      event.kind === 'same-problem'
        ? [
            {
              ...{ account_id: accountId, ticket_id: state.ticketId, command_id: event.commandId },
              ...{ escalation_id: event.pastId, stopped: event.stopped },
              ...{ by_id: event.by?.id ?? 0, by_name: event.by?.name ?? '', at: event.at },
            },
          ]
        : [],
    ),
  )
  if (rows.length === 0) return
  await tx
    .insertInto('same_problem')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function caseIn(state: TicketState, escalation: Escalation): PastCase[] {
  const one = isDeleted(state) ? null : pastCaseOf(state.ticketId, escalation)
  return one ? [one] : []
}

export async function writeCases(tx: AccountTransaction, accountId: number, cases: PastCase[]): Promise<void> {
  if (cases.length === 0) return
  const last = await takeNumbers(tx, accountId, cases.length)
  const rows = cases.map((one, at) => rowOfCase(accountId, last - cases.length + 1 + at, one))
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await tx
      .insertInto('similar_case')
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'escalation_id']).doUpdateSet((row) => {
          const columns = Object.keys(rows[0]!) as (keyof CaseRow)[]
          return Object.fromEntries(columns.map((column) => [column, row.ref(`excluded.${column}`)]))
        }),
      )
      .execute()
  }
}

/** What a customer had deleted is found no more, and is not kept here either. */
async function forgetCases(tx: AccountTransaction, accountId: number, ticketIds: readonly number[]): Promise<void> {
  const kept = await tx
    .selectFrom('similar_case')
    .select('escalation_id')
    .where('ticket_id', 'in', [...ticketIds])
    .where('is_gone', '=', false)
    .execute()
  if (kept.length === 0) return
  let number = (await takeNumbers(tx, accountId, kept.length)) - kept.length
  for (const { escalation_id } of kept) {
    number++
    await tx
      .updateTable('similar_case')
      .set({ number, is_gone: true, summary: '', body: '', errors: '', root_cause: '', fix: '' })
      .where('escalation_id', '=', escalation_id)
      .execute()
  }
}

/** The last of `count` new numbers. Others who want some wait until this transaction is over. */
async function takeNumbers(tx: AccountTransaction, accountId: number, count: number): Promise<number> {
  const { last } = await tx
    .insertInto('similar_number')
    .values({ account_id: accountId, last: count })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet({ last: sql<number>`similar_number.last + ${count}` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

function isDeleted(state: TicketState): boolean {
  return endOfTicket(state) === 'deleted'
}
