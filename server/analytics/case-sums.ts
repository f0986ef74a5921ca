import { type RawBuilder, sql } from 'kysely'
import type { MeasureId } from '../../core/contract/report.ts'
import { EXCLUSIONS } from '../../core/metrics/case.ts'
import { sourcesOf } from '../../core/metrics/slices.ts'
import type { Sums } from '../../core/metrics/sums.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { type CaseDimension, SUMS } from './add-up.ts'
import { addSums, caseDimensions, type Filters, type Groups, keyOf, type Question } from './groups.ts'

/** What is kept added up at present. */
export type AddedUp = { zone: string; due: ReadonlySet<number> }

export async function readAddedUp(tx: AccountTransaction): Promise<AddedUp | null> {
  const account = await tx.selectFrom('measure_account').select('zone').executeTakeFirst()
  if (!account) return null
  const due = await tx.selectFrom('measure_week_due').select('from_at').execute()
  return { zone: account.zone, due: new Set(due.map((row) => row.from_at)) }
}

/**
 * Adds up cases: whole parts of weeks from what is kept of them where the question is about one dimension at most and by
 * the same weeks, everything else from the cases themselves.
 */
export async function sumCases(
  tx: AccountTransaction,
  question: Question,
  addedUp: AddedUp | null,
): Promise<Groups<Sums>> {
  const { zone, slices, by, filters } = question
  const dimensions = [...new Set(caseDimensions([...by, ...Object.keys(filters)]))]
  const isKept = addedUp !== null && addedUp.zone === zone && dimensions.length <= 1
  const sources = sourcesOf(slices, zone, isKept ? (part) => !addedUp.due.has(part.from) : null)
  const groups: Groups<Sums> = new Map()
  if (sources.parts.length > 0) await sumParts(tx, question, dimensions[0] ?? 'none', sources.parts, groups)
  if (sources.stretches.length > 0) await sumStretches(tx, question, sources.stretches, groups)
  return groups
}

type SumRow = Omit<Sums, 'runs'> & {
  slice: number
  measure: MeasureId
  amounts: Buffer | null
  lengths: number[] | null
} & Record<`d${number}`, string>

async function sumParts(
  tx: AccountTransaction,
  question: Question,
  dimension: CaseDimension | 'none',
  parts: readonly { from: number; slice: number }[],
  groups: Groups<Sums>,
): Promise<void> {
  const isApart = caseDimensions(question.by).length > 0
  const only = dimension === 'none' ? null : (question.filters[dimension] ?? null)
  const { rows } = await sql<SumRow>`
    select slice, ${isApart ? sql`value as d0,` : sql``} measure,
      sum(hits)::int as hits, sum(misses)::int as misses, sum(open)::int as open,
      array[${sql.join(EXCLUSIONS.map((_, index) => sql`sum(excluded[${sql.lit(index + 1)}])::int`))}] as excluded,
      sum(total) as total, string_agg(amounts, ''::bytea order by from_at, value) as amounts,
      array_agg(length(amounts) / 4 order by from_at, value) filter (where amounts is not null) as lengths
    from measure_week
    join unnest(${parts.map(({ from }) => from)}::bigint[], ${parts.map(({ slice }) => slice)}::int[])
      as part (from_at, slice) using (from_at)
    where dimension = ${dimension} and measure = any(${question.measures}::text[])
      ${only === null ? sql`` : sql`and value = any(${only}::text[])`}
    group by slice, measure ${isApart ? sql`, value` : sql``}`.execute(tx)
  addRows(question, rows, groups)
}

async function sumStretches(
  tx: AccountTransaction,
  question: Question,
  stretches: readonly Stretch[],
  groups: Groups<Sums>,
): Promise<void> {
  const dimensions = caseDimensions(question.by)
  const columns = dimensions.map((name, index) => sql`coalesce(${sql.ref(name)}::text, '') as ${sql.ref(`d${index}`)},`)
  const apart = dimensions.map((_, index) => sql`, ${sql.ref(`d${index}`)}`)
  const { rows } = await sql<SumRow>`
    select slice, ${sql.join(columns, sql` `)} measure, ${SUMS}
    from (${within(stretches)}) as found
    where measure = any(${question.measures}::text[]) ${conditions(question.filters)}
    group by slice, measure ${sql.join(apart, sql` `)}`.execute(tx)
  addRows(question, rows, groups)
}

type Stretch = { from: number; to: number; slice: number }

/** Up to here each stretch is a query of its own, whose rows the planner can guess; more are one look at all of them. */
const APART = 12

function within(stretches: readonly Stretch[]): RawBuilder<unknown> {
  if (stretches.length <= APART) {
    const each = stretches.map(
      ({ from, to, slice }) => sql`
        select ${sql.lit(slice)}::int as slice, * from measure_case
        where at >= ${sql.lit(from)}::bigint and at < ${sql.lit(to)}::bigint`,
    )
    return sql.join(each, sql` union all `)
  }
  const froms = stretches.map(({ from }) => from)
  const place = sql`width_bucket(at, ${froms}::bigint[])`
  return sql`
    select (${stretches.map(({ slice }) => slice)}::int[])[${place}] as slice, * from measure_case
    where at >= ${froms[0]!}::bigint and at < ${stretches.at(-1)!.to}::bigint
      and at < (${stretches.map(({ to }) => to)}::bigint[])[${place}]`
}

/** The filters that are not about time, each as a condition. */
export function conditions(filters: Filters): RawBuilder<unknown> {
  const names = caseDimensions(Object.keys(filters))
  const each = names.map((name) => sql`and coalesce(${sql.ref(name)}::text, '') = any(${filters[name] ?? []}::text[])`)
  return each.length === 0 ? sql`` : sql.join(each, sql` `)
}

function addRows(question: Question, rows: readonly SumRow[], groups: Groups<Sums>): void {
  const apart = caseDimensions(question.by).map((_, index) => `d${index}` as const)
  for (const row of rows) {
    const { slice, measure, hits, misses, open, excluded, total } = row
    const runs = row.amounts === null ? [] : unpack(row.amounts, row.lengths ?? [row.amounts.length / 4])
    const key = keyOf(
      question,
      slice,
      apart.map((name) => row[name]!),
    )
    addSums(groups, key, measure, { hits, misses, open, excluded, total, runs })
  }
}

/** Four bytes each, the greatest first, in runs of these lengths. */
function unpack(packed: Buffer, lengths: readonly number[]): Int32Array[] {
  const own = Buffer.from(new ArrayBuffer(packed.length))
  packed.copy(own)
  own.swap32()
  let at = 0
  return lengths.map((length) => {
    const run = new Int32Array(own.buffer, at * 4, length)
    at += length
    return run
  })
}
