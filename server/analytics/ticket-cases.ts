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

type Setting = {
  from: Instant
  to: Instant
  lowestTier: number
  /** Which of several spans an instant lies in; left out, there is one. */
  spanOf?: (at: RawBuilder<unknown>) => RawBuilder<unknown>
}

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
export function ticketCases(
  measure: TicketMeasure,
  { from, to, lowestTier, spanOf = () => sql`1` }: Setting,
): RawBuilder<unknown> {
  const [a, b] = [sql`${from}::bigint`, sql`${to}::bigint`]
  switch (measure) {
    case 'escalation_rate':
      return sql`
        select t.ticket_id, t.created_at as at, ${standingOr(sql`'miss'`)} as outcome, ${AGENT} as agent, t.subject
        from zendesk_ticket as t where t.created_at >= ${a} and t.created_at < ${b}
        union all
        select t.ticket_id, first.at, ${standingOr(sql`'hit'`)}, ${AGENT}, t.subject
        from (select ticket_id, min(at) as at from measure_case
          where measure = 'escalations' and at >= ${a} and at < ${b} group by ticket_id, ${spanOf(sql`at`)}) as first
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
      // Joined as sets: looked for ticket by ticket, each look would pass through all parts of the history.
      return sql`
        select t.ticket_id, solved.at, t.subject, ${AGENT} as agent,
          ${standingOr(sql`case when later.at < solved.at + ${REOPENED_WITHIN_MS}::bigint or exists (
              select from unnest(again.ats) as at
              where at >= solved.at and at < solved.at + ${REOPENED_WITHIN_MS}::bigint
            ) then 'hit' else 'miss' end`)} as outcome
        from (select ticket_id, min(at) as at from ticket_change
          where field = 'status' and value = 'solved' and at < ${b} group by ticket_id having min(at) >= ${a}) as solved
        join zendesk_ticket as t on t.ticket_id = solved.ticket_id
        left join (select ticket_id, by_id, array_agg(at) as ats from ticket_change
          where field = 'status' and previous = 'solved' and value not in ('solved', 'closed') and at >= ${a}
          group by ticket_id, by_id) as again on again.ticket_id = t.ticket_id and again.by_id = t.requester_id
        left join (select followup_of, min(created_at) as at from zendesk_ticket
          where followup_of is not null group by followup_of) as later on later.followup_of = t.ticket_id`
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
  const { slices } = question
  const [first, last] = [slices[0], slices.at(-1)]
  if (!first || !last) return groups
  const froms = slices.map(({ from }) => from)
  const tos = slices.map(({ to }) => to)
  const spanOf = (at: RawBuilder<unknown>) => sql`width_bucket(${at}, ${froms}::bigint[])`
  const setting = { from: first.from, to: last.to, lowestTier, spanOf }
  for (const measure of question.measures) {
    const { rows } = await sql<Omit<Sums, 'runs' | 'total'> & { slice: number; agent: string }>`
      select ${spanOf(sql`at`)} - 1 as slice, ${isApart ? sql`coalesce(agent::text, '')` : sql`''`} as agent,
        count(*) filter (where outcome = 'hit')::int as hits, count(*) filter (where outcome = 'miss')::int as misses,
        0 as open,
        array[${sql.join(EXCLUSIONS.map((why) => sql`count(*) filter (where outcome = ${sql.lit(why)})::int`))}] as excluded
      from (${ticketCases(measure, setting)}) as counted
      where at < (${tos}::bigint[])[${spanOf(sql`at`)}]
        ${only === null ? sql`` : sql`and coalesce(agent::text, '') = any(${only}::text[])`}
      group by 1, 2`.execute(tx)
    for (const { slice, agent, ...row } of rows) {
      // Of this one the tickets created are all there is, and those escalated stand beside them.
      const misses = measure === 'escalation_rate' ? row.misses - row.hits : row.misses
      addSums(groups, keyOf(question, slice, isApart ? [agent] : []), measure, { ...row, misses, total: 0, runs: [] })
    }
  }
  return groups
}
