import { type RawBuilder, sql } from 'kysely'
import type { MeasureId } from '../../core/contract/report.ts'
import { EXCLUSIONS } from '../../core/metrics/case.ts'
import { OF_TICKETS } from '../../core/metrics/definitions.ts'
import type { Sums } from '../../core/metrics/sums.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { addSums, caseDimensions, type Groups, keyOf, type Question } from './groups.ts'

export type TicketMeasure = (typeof OF_TICKETS)[number]

export function isOfTickets(measure: MeasureId): measure is TicketMeasure {
  return (OF_TICKETS as readonly string[]).includes(measure)
}

/** A ticket says nothing of a tier or queue before it is escalated; whose it is it does say. */
export function canTell({ by, filters }: Pick<Question, 'by' | 'filters'>): boolean {
  return caseDimensions([...by, ...Object.keys(filters)]).every((dimension) => dimension === 'agent')
}

type Setting = { from: Instant; to: Instant; lowestTier: number }

const REOPENED_WITHIN_MS = 28 * DAY_MS

/** Of a ticket whose end makes it count for nothing, why; else what it counts as. */
const standingOr = (outcome: RawBuilder<unknown>) =>
  sql`case when t.standing in ('merged', 'deleted') then t.standing else ${outcome} end`

/** Whoever escalated it first, else whose it is. */
const AGENT = sql`coalesce((
  select c.agent from measure_case as c
  where c.ticket_id = t.ticket_id and c.measure = 'escalations' order by c.at limit 1), t.assignee_id)`

const escalatedIn = (from: RawBuilder<unknown>, to: RawBuilder<unknown>) => sql`exists (
  select from measure_case as c
  where c.ticket_id = t.ticket_id and c.measure = 'escalations' and c.at >= ${from} and c.at < ${to})`

/**
 * The tickets behind a measure of all tickets: `ticket_id`, `at`, `outcome`, `agent`, `subject`. Those that were escalated
 * need not be those that were created, so of the escalation rate `escalated` stand beside `created` ones.
 */
export function ticketCases(measure: TicketMeasure, { from, to, lowestTier }: Setting): RawBuilder<unknown> {
  const [a, b] = [sql`${from}::bigint`, sql`${to}::bigint`]
  switch (measure) {
    case 'escalation_rate':
      return sql`
        select t.ticket_id, t.created_at as at, ${standingOr(sql`'miss'`)} as outcome, ${AGENT} as agent, t.subject
        from zendesk_ticket as t where t.created_at >= ${a} and t.created_at < ${b}
        union all
        select t.ticket_id, first.at, ${standingOr(sql`'hit'`)}, ${AGENT}, t.subject
        from (select ticket_id, min(at) as at from measure_case
          where measure = 'escalations' and at >= ${a} and at < ${b} group by ticket_id) as first
        join zendesk_ticket as t on t.ticket_id = first.ticket_id
        where t.standing not in ('merged', 'deleted')`
    case 'escalation_rate_cohort':
      return sql`
        select t.ticket_id, t.created_at as at, t.subject, ${AGENT} as agent,
          ${standingOr(sql`case when ${escalatedIn(sql`0`, sql`9223372036854775807`)} then 'hit' else 'miss' end`)} as outcome
        from zendesk_ticket as t where t.created_at >= ${a} and t.created_at < ${b}`
    case 'first_level_resolution':
      return sql`
        select t.ticket_id, t.solved_at as at, t.subject, ${AGENT} as agent,
          ${standingOr(sql`case when exists (select from measure_stay as s
            where s.ticket_id = t.ticket_id and s.tier > ${lowestTier}) then 'miss' else 'hit' end`)} as outcome
        from zendesk_ticket as t
        where t.solved_at >= ${a} and t.solved_at < ${b} and t.status in ('solved', 'closed')`
    case 'reopen_rate':
      return sql`
        select t.ticket_id, solved.at, t.subject, ${AGENT} as agent,
          ${standingOr(sql`case when exists (
              select from ticket_change as again
              where again.ticket_id = t.ticket_id and again.field = 'status' and again.previous = 'solved'
                and again.value not in ('solved', 'closed') and again.by_id = t.requester_id
                and again.at >= solved.at and again.at < solved.at + ${REOPENED_WITHIN_MS}::bigint
            ) or exists (
              select from zendesk_ticket as later
              where later.followup_of = t.ticket_id and later.created_at < solved.at + ${REOPENED_WITHIN_MS}::bigint
            ) then 'hit' else 'miss' end`)} as outcome
        from (select ticket_id, min(at) as at from ticket_change
          where field = 'status' and value = 'solved' and at < ${b} group by ticket_id having min(at) >= ${a}) as solved
        join zendesk_ticket as t on t.ticket_id = solved.ticket_id`
  }
}

/** Adds up the tickets behind measures of all tickets. */
export async function sumTickets(
  tx: AccountTransaction,
  question: Question & { measures: readonly TicketMeasure[] },
  lowestTier: number,
): Promise<Groups<Sums>> {
  const groups: Groups<Sums> = new Map()
  const [isApart] = caseDimensions(question.by)
  const only = question.filters.agent ?? null
  for (const measure of question.measures) {
    for (const [slice, { from, to }] of question.slices.entries()) {
      const { rows } = await sql<Omit<Sums, 'runs' | 'total'> & { agent: string }>`
        select ${isApart ? sql`coalesce(agent::text, '')` : sql`''`} as agent,
          count(*) filter (where outcome = 'hit')::int as hits, count(*) filter (where outcome = 'miss')::int as misses,
          0 as open,
          array[${sql.join(EXCLUSIONS.map((why) => sql`count(*) filter (where outcome = ${sql.lit(why)})::int`))}]
            as excluded
        from (${ticketCases(measure, { from, to, lowestTier })}) as counted
        ${only === null ? sql`` : sql`where coalesce(agent::text, '') = any(${only}::text[])`}
        group by ${isApart ? sql`1` : sql`()`}`.execute(tx)
      for (const { agent, ...row } of rows) {
        // Of this one the tickets created are all there is, and those escalated stand beside them.
        const misses = measure === 'escalation_rate' ? row.misses - row.hits : row.misses
        const isEmpty = row.hits + row.misses + row.excluded.reduce((sum, count) => sum + count, 0) === 0
        if (isEmpty && question.by.length > 0) continue
        addSums(groups, keyOf(question, slice, isApart ? [agent] : []), measure, { ...row, misses, total: 0, runs: [] })
      }
    }
  }
  return groups
}
