import { sql } from 'kysely'
import { EXCLUSIONS } from '../../core/metrics/case.ts'
import { DURATIONS } from '../../core/metrics/definitions.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** Dimensions that cases are kept added up by, besides none. */
export const ADDED_UP_BY = [
  ...(['tier', 'queue', 'component', 'category', 'segment', 'severity', 'agent', 'reason', 'origin'] as const),
] as const
export type CaseDimension = (typeof ADDED_UP_BY)[number]

/** The columns that any sum of cases has. */
export const SUMS = sql`
  count(*) filter (where outcome = 'hit')::int as hits,
  count(*) filter (where outcome = 'miss')::int as misses,
  count(*) filter (where outcome = 'open')::int as open,
  array[${sql.join(EXCLUSIONS.map((why) => sql`count(*) filter (where outcome = ${sql.lit(why)})::int`))}] as excluded,
  coalesce(sum(amount) filter (where outcome in ('hit', 'miss')), 0)::float8 as total,
  string_agg(int4send(amount), ''::bytea order by amount)
    filter (where outcome in ('hit', 'miss') and measure in (${sql.join(DURATIONS.map((id) => sql.lit(id)))}))
    as amounts`

/** Adds up the cases of one part of a week anew, by each dimension; the part is in order from then on. */
export async function addUpPart(
  tx: AccountTransaction,
  accountId: number,
  { from, to }: { from: Instant; to: Instant },
): Promise<void> {
  await tx.deleteFrom('measure_week').where('from_at', '=', from).execute()
  for (const dimension of ['none', ...ADDED_UP_BY] as const) {
    const value = dimension === 'none' ? sql`''` : sql`coalesce(${sql.ref(dimension)}::text, '')`
    await sql`
      insert into measure_week
        (account_id, from_at, to_at, dimension, value, measure, hits, misses, open, excluded, total, amounts)
      select ${accountId}::bigint, ${from}::bigint, ${to}::bigint, ${dimension}, ${value}, measure, ${SUMS}
      from measure_case where at >= ${from} and at < ${to}
      group by measure, ${dimension === 'none' ? sql`()` : value}`.execute(tx)
  }
  await tx.deleteFrom('measure_week_due').where('from_at', '=', from).execute()
}
