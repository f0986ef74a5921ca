import { sql } from 'kysely'
import type { Hours, ShapeRequest, Spread } from '../../core/contract/shape.ts'
import { HOUR_MS, type Instant, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { conditions } from './case-sums.ts'

export type ShapeSetting = { db: Database; accountId: number; now: Instant }

/** As many values as a curve can show. */
const MOST_VALUES = 400

/** The durations behind a median, for the curve of them. */
export async function spreadOf(request: ShapeRequest, { db, accountId, now }: ShapeSetting): Promise<Spread> {
  const { rows } = await inAccount(db, accountId, (tx) =>
    sql<{ n: number; amount: number }>`
      select n, amount from (
        select amount, row_number() over (order by amount)::int as place, count(*) over ()::int as n
        from measure_case
        where measure = ${request.measure} and outcome = 'hit' and amount is not null ${within(request, now)}
      ) as ranked
      where n <= ${MOST_VALUES} or place * ${MOST_VALUES} / n > (place - 1) * ${MOST_VALUES} / n
      order by place`.execute(tx),
  )
  return { n: rows[0]?.n ?? 0, values: rows.map(({ amount }) => (amount * SECOND_MS) / HOUR_MS) }
}

/** When in the week they came. */
export async function hoursOf(request: ShapeRequest, { db, accountId, now }: ShapeSetting): Promise<Hours> {
  const { rows } = await inAccount(db, accountId, (tx) =>
    sql<{ day: number; hour: number; count: number }>`
      select extract(isodow from local)::int as day, extract(hour from local)::int as hour, count(*)::int as count
      from (
        select to_timestamp(at / 1000.0) at time zone ${request.zone} as local
        from measure_case where measure = ${request.measure} and outcome in ('hit', 'miss', 'open') ${within(request, now)}
      ) as moments
      group by 1, 2`.execute(tx),
  )
  const counts = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  for (const { day, hour, count } of rows) counts[day - 1]![hour] = count
  return { n: rows.reduce((sum, { count }) => sum + count, 0), counts }
}

function within({ from, to, filters }: ShapeRequest, now: Instant) {
  const until = Math.min(Date.parse(to), now + 1)
  return sql`and at >= ${Date.parse(from)} and at < ${until} ${conditions(filters)}`
}
