import { type RawBuilder, sql } from 'kysely'
import type { ReportTicket, ReportTickets, ReportTicketsRequest } from '../../core/contract/report.ts'
import { definitionOf } from '../../core/metrics/definitions.ts'
import type { Slice } from '../../core/metrics/slices.ts'
import { slicesOf } from '../../core/metrics/slices.ts'
import { HOUR_MS, type Instant, SECOND_MS } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { Refusal } from '../http/refusal.ts'
import { conditions } from './case-sums.ts'
import { caseDimensions } from './groups.ts'
import type { ReportSetting } from './report.ts'
import { inSnapshot } from './snapshot.ts'
import { canTell, isOfTickets, ticketCases } from './ticket-cases.ts'

const PAGE = 100

type Row = {
  ticket_id: number
  escalation_id: string | null
  part: number
  subject: string | null
  tier: number | null
  queue: string | null
  component: string | null
  severity: string | null
  at: Instant
  outcome: string
  amount: number | null
  note: string
}

/** What a figure is made of, oldest first: the rows it is the sum of, no more and no fewer. */
export async function reportTickets(
  request: ReportTicketsRequest,
  { db, accountId, policy, now }: Omit<ReportSetting, 'calendars'>,
): Promise<ReportTickets> {
  const { measure, zone, filters } = request
  const window = { from: Date.parse(request.from), to: Math.min(Date.parse(request.to), now + 1) }
  const slices = slicesOf(window, { zone, by: [], filters })
  if (slices.length === 0) return { rows: [], next: null, total: 0 }
  const from = sourceOf(request, slices, policy.tiers[0]!.level)
  const after = afterOf(request.after)
  const only = outcomesOf(request)
  const within = sql`from (${from}) as found where ${only}`
  return inSnapshot(db, accountId, async (tx) => {
    const { rows: counts } = await sql<{ total: number }>`select count(*)::int as total ${within}`.execute(tx)
    const { rows } = await sql<Row>`
      select * ${within} and (at, ticket_id, coalesce(escalation_id, ''), part) > (${sql.join(after)})
      order by at, ticket_id, coalesce(escalation_id, ''), part limit ${PAGE + 1}`.execute(tx)
    const shown = rows.slice(0, PAGE)
    const subjects = await subjectsOf(tx, shown)
    const last = rows.length > PAGE ? shown.at(-1)! : null
    return {
      rows: shown.map((row) => ticketOf(row, measure, subjects)),
      next: last && Buffer.from(JSON.stringify(placeOf(last))).toString('base64url'),
      total: counts[0]!.total,
    }
  })
}

function sourceOf(request: ReportTicketsRequest, slices: readonly Slice[], lowestTier: number): RawBuilder<unknown> {
  const { measure, filters } = request
  if (isOfTickets(measure)) {
    if (!canTell({ by: [], filters })) return NOTHING
    const only = filters.agent ? sql`where coalesce(agent::text, '') = any(${filters.agent}::text[])` : sql``
    const each = slices.map(
      ({ from, to }) => sql`
        select ticket_id, null::text as escalation_id, 0 as part, subject, null::int as tier, null::text as queue,
          null::text as component, null::text as severity, at, outcome, null::int as amount, outcome as note
        from (${ticketCases(measure, { from, to, lowestTier })}) as counted ${only}`,
    )
    return sql.join(each, sql` union all `)
  }
  if (measure === 'backlog' || measure === 'load') return stays(request, slices)
  const inSlice = slices.map(({ from, to }) => sql`(at >= ${from} and at < ${to})`)
  return sql`
    select ticket_id, escalation_id, part, null::text as subject, tier, queue, component, severity, at, outcome, amount,
      note
    from measure_case where measure = ${measure} and (${sql.join(inSlice, sql` or `)}) ${conditions(filters)}`
}

const NOTHING = sql`
  select 0::bigint as ticket_id, '' as escalation_id, 0 as part, '' as subject, 0 as tier, '' as queue, '' as component,
    '' as severity, 0::bigint as at, '' as outcome, 0 as amount, '' as note where false`

/** What was open at the end of the window, or open with a tier at any time of it. */
function stays({ measure, filters }: ReportTicketsRequest, slices: readonly Slice[]): RawBuilder<unknown> {
  const [begin, end] = [slices[0]!.from, slices.at(-1)!.to]
  const each = caseDimensions(Object.keys(filters)).map((name) => {
    const column = sql.ref(name === 'agent' ? 'owner' : name)
    return sql`and coalesce(${column}::text, '') = any(${filters[name] ?? []}::text[])`
  })
  const when =
    measure === 'backlog'
      ? sql`from_at <= ${end - 1} and (to_at > ${end - 1} or to_at is null)`
      : sql`standing = 'with-tier' and from_at < ${end} and (to_at > ${begin} or to_at is null)`
  return sql`
    select ticket_id, escalation_id, part, null::text as subject, tier, queue, component, severity,
      ${measure === 'backlog' ? sql`requested_at` : sql`from_at`} as at, 'hit' as outcome, null::int as amount,
      case when to_at is null then 'open' else 'left' end as note
    from measure_stay where ${when} ${each.length === 0 ? sql`` : sql.join(each, sql` `)}`
}

/** Without a wish: what the figure counts, and what is not decided yet. */
function outcomesOf({ only }: ReportTicketsRequest): RawBuilder<unknown> {
  if (only === null) return sql`outcome in ('hit', 'miss', 'open')`
  return sql`outcome = ${{ hits: 'hit', misses: 'miss', open: 'open' }[only]}`
}

type Place = [at: number, ticketId: number, escalationId: string, part: number]

const placeOf = ({ at, ticket_id, escalation_id, part }: Row): Place => [at, ticket_id, escalation_id ?? '', part]

function afterOf(after: string | null): RawBuilder<unknown>[] {
  const place = after === null ? [-1, 0, '', 0] : readPlace(after)
  const [at, ticketId, escalationId, part] = place
  return [sql`${at}::bigint`, sql`${ticketId}::bigint`, sql`${escalationId}::text`, sql`${part}::int`]
}

function readPlace(after: string): Place {
  try {
    const place = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'))
    const [at, ticketId, escalationId, part] = place
    if ([at, ticketId, part].every(Number.isSafeInteger) && typeof escalationId === 'string') return place
  } catch {
    // Told below.
  }
  const details = [{ path: 'after', message: 'Must be the `next` of the page before' }]
  throw new Refusal(422, 'invalid', 'Some values are not as they must be.', details)
}

async function subjectsOf(tx: AccountTransaction, rows: readonly Row[]): Promise<Map<number, string>> {
  const found = await tx
    .selectFrom('zendesk_ticket')
    .select(['ticket_id', 'subject'])
    .where('ticket_id', '=', sql<number>`any(${rows.map((row) => row.ticket_id)}::bigint[])`)
    .execute()
  return new Map(found.map((row) => [row.ticket_id, row.subject]))
}

function ticketOf(
  row: Row,
  measure: ReportTicketsRequest['measure'],
  subjects: ReadonlyMap<number, string>,
): ReportTicket {
  const { ticket_id: ticketId, escalation_id: escalationId, tier, queue, component, severity, at, note } = row
  return {
    ...{ ticketId, escalationId, subject: subjects.get(ticketId) || null, tier, queue, component, severity },
    ...{ at: new Date(at).toISOString(), value: addedBy(row, measure), note },
  }
}

/** What a row adds to the figure, in the unit of that. */
function addedBy({ outcome, amount }: Row, measure: ReportTicketsRequest['measure']): number | null {
  const { kind } = definitionOf(measure)
  if (kind === 'count') return 1
  if (outcome === 'open') return null
  if (kind === 'share') return outcome === 'hit' ? 1 : 0
  if (amount === null) return null
  return kind === 'duration' ? (amount * SECOND_MS) / HOUR_MS : amount
}
