import { sql } from 'kysely'
import type {
  CalculateMetricsParameters,
  CalculateMetricsResult,
  Compliance,
} from '../../core/contract/skill-metrics.ts'
import { definitionWords, dimensionOf, measuresOf, metricValues } from '../../core/metrics/skill-words.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { Refusal } from '../http/refusal.ts'
import { questionAbout, valuesOf, whatIsKnown } from './answer.ts'
import { caseDimensions, type GroupKey, keyOf, type Question } from './groups.ts'
import type { ReportSetting } from './report.ts'
import { inSnapshot } from './snapshot.ts'

/** Answers `calculate-metrics` with what reports answer, in the words and shapes of the escalation skill. */
export async function calculateMetrics(
  { date_range, dimensions, metrics }: CalculateMetricsParameters,
  { db, accountId, ...setting }: ReportSetting,
): Promise<CalculateMetricsResult> {
  const window = windowOf(date_range)
  const { now } = setting
  return inSnapshot(db, accountId, async (tx) => {
    const by = dimensions.map(dimensionOf)
    const measures = [...new Set(metrics.flatMap(measuresOf))]
    const question = await questionAbout(tx, window, { measures, zone: 'UTC', by, filters: {} }, now)
    const { totals, groups } = await valuesOf(tx, question, await whatIsKnown(tx, setting))
    const clocks = metrics.includes('sla_compliance') ? await clocksOf(tx, question) : []
    return {
      action: 'calculate-metrics',
      window: { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() },
      as_of: new Date(now).toISOString(),
      dimensions,
      totals: metricValues(metrics, totals, byClock(clocks)),
      rows: groups.map(({ key, values }) => ({
        dimensions: Object.fromEntries(
          dimensions.map((dimension, index) => {
            const value = key[index]! || null
            return [dimension, dimension === 'escalation_tier' && value !== null ? Number(value) : value]
          }),
        ),
        values: metricValues(metrics, values, byClock(clocks.filter((clock) => isSame(clock.key, key)))),
      })),
      definitions: Object.fromEntries(metrics.map((metric) => [metric, definitionWords(metric)])),
    }
  })
}

/** A day as the end is part of the range. */
function windowOf({ start, end }: CalculateMetricsParameters['date_range']): { from: Instant; to: Instant } {
  const from = Date.parse(start)
  const to = Date.parse(end) + (/^\d{4}-\d\d-\d\d$/.test(end) ? DAY_MS : 0)
  if (from < to) return { from, to }
  const details = [{ path: 'date_range.end', message: 'Must not lie before the start' }]
  throw new Refusal(422, 'invalid', 'Some values are not as they must be.', details)
}

type Clocks = Omit<Compliance, 'value'> & { key: GroupKey; clock: string }

/** The clocks of tiers, each kind apart: it is the first word of a case's note. */
async function clocksOf(tx: AccountTransaction, question: Question): Promise<Clocks[]> {
  const names = caseDimensions(question.by)
  const columns = names.map((name, index) => sql`coalesce(${sql.ref(name)}::text, '') as ${sql.ref(`d${index}`)},`)
  const apart = names.map((_, index) => sql`, ${sql.ref(`d${index}`)}`)
  const { slices } = question
  const { rows } = await sql<Omit<Clocks, 'key'> & { slice: number } & Record<`d${number}`, string>>`
    select slice, ${sql.join(columns, sql` `)} split_part(note, ' ', 1) as clock,
      count(*) filter (where outcome = 'hit')::int as met, count(*) filter (where outcome = 'miss')::int as breached,
      count(*) filter (where outcome = 'open')::int as running
    from unnest(
      ${slices.map(({ from }) => from)}::bigint[], ${slices.map(({ to }) => to)}::bigint[], ${slices.map((_, index) => index)}::int[]
    ) as asked (from_at, to_at, slice)
    join measure_case on at >= asked.from_at and at < asked.to_at
    where measure = 'sla_attainment' and outcome in ('hit', 'miss', 'open')
    group by slice, clock ${sql.join(apart, sql` `)} order by clock`.execute(tx)
  return rows.map(({ slice, clock, met, breached, running, ...row }) => ({
    ...{ clock, met, breached, running },
    key: keyOf(
      question,
      slice,
      names.map((_, index) => row[`d${index}`]!),
    ),
  }))
}

function byClock(clocks: readonly Clocks[]): Record<string, Compliance> {
  const found: Record<string, Compliance> = {}
  for (const { clock, met, breached, running } of clocks) {
    const before = found[clock] ?? { value: null, met: 0, breached: 0, running: 0 }
    const sum = { met: before.met + met, breached: before.breached + breached, running: before.running + running }
    const decided = sum.met + sum.breached
    found[clock] = { ...sum, value: decided === 0 ? null : sum.met / decided }
  }
  return found
}

function isSame(a: GroupKey, b: GroupKey): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
