import { type RawBuilder, sql } from 'kysely'
import { openMsBetween } from '../../core/clock/business-time.ts'
import type { Calendar } from '../../core/clock/calendar.ts'
import { calendarFor } from '../../core/clock/sla.ts'
import type { MeasureValue, ReportDimension } from '../../core/contract/report.ts'
import { noValue } from '../../core/metrics/values.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { caseDimensions, type Groups, keyOf, putInto, type Question } from './groups.ts'

export type StaySetting = { policy: Pick<Policy, 'tiers' | 'queues'>; calendars: AccountCalendars; now: Instant }

/** The agent of a stay is whoever has it. */
function columnOf(dimension: ReportDimension): string {
  return dimension === 'agent' ? 'owner' : dimension
}

function whereOf({ filters }: Pick<Question, 'filters'>) {
  const each = caseDimensions(Object.keys(filters)).map(
    (name) => sql`and coalesce(${sql.ref(`stay.${columnOf(name)}`)}::text, '') = any(${filters[name] ?? []}::text[])`,
  )
  return each.length === 0 ? sql`` : sql.join(each, sql` `)
}

function apartOf({ by }: Pick<Question, 'by'>) {
  const names = caseDimensions(by)
  return {
    names: names.map((_, index) => `d${index}` as const),
    columns: sql.join(
      names.map(
        (name, index) => sql`coalesce(${sql.ref(`stay.${columnOf(name)}`)}::text, '') as ${sql.ref(`d${index}`)},`,
      ),
      sql` `,
    ),
    grouped: sql.join(
      names.map((_, index) => sql`, ${sql.ref(`d${index}`)}`),
      sql` `,
    ),
  }
}

type Apart = Record<`d${number}`, string>

/** Values of groups, and of all together. */
export type StayValues = { groups: Groups<MeasureValue>; total: MeasureValue | null }

/** How many escalations were open at the end of each slice, or are now; all together, at the end of the last one. */
export async function backlogValues(
  tx: AccountTransaction,
  question: Question,
  { now }: StaySetting,
): Promise<StayValues> {
  const groups: Groups<MeasureValue> = new Map()
  const { names, columns, grouped } = apartOf(question)
  const slices = question.slices.filter(({ from }) => from <= now)
  const instants = slices.map(({ to }) => Math.min(to, now))
  if (instants.length === 0) return { groups, total: null }
  // A stay is open at the instants from `enters` on and before `leaves`: one look at each stay, however many there are.
  const before = (at: RawBuilder<unknown>) => sql`width_bucket(${at} - 1, ${instants}::bigint[])`
  const { rows } = await sql<Apart & { enters: number; leaves: number; count: number }>`
    select ${columns} ${before(sql`stay.from_at`)} as enters,
      coalesce(${before(sql`stay.to_at`)}, ${instants.length}::int) as leaves, count(*)::int as count
    from measure_stay as stay
    where (stay.to_at > ${instants[0]!}::bigint or stay.to_at is null) and stay.from_at <= ${instants.at(-1)!}::bigint
      ${whereOf(question)}
    group by enters, leaves ${grouped}`.execute(tx)
  let total = 0
  if (names.length === 0) for (const slice of slices.keys()) add(slice, [], 0)
  for (const row of rows) {
    const values = names.map((name) => row[name]!)
    for (let slice = row.enters; slice < row.leaves; slice++) add(slice, values, row.count)
    if (row.leaves === instants.length && row.enters < row.leaves) total += row.count
  }
  return { groups, total: counted(total) }

  function add(slice: number, values: readonly string[], count: number): void {
    putInto(groups, keyOf(question, slice, values), 'backlog', (old) => counted((old?.n ?? 0) + count))
  }
}

function counted(open: number): MeasureValue {
  return { ...noValue(''), reason: null, value: open, n: open }
}

type Hours = { openMs: number; scheduledMs: number; n: number }

/**
 * Open tier-hours by scheduled tier-hours, both within the hours the tier's people are scheduled. A tier or queue is
 * measured by the hours of its tier, everything else by those of all tiers that are asked about.
 */
export async function loadValues(
  tx: AccountTransaction,
  question: Question,
  { policy, calendars, now }: StaySetting,
): Promise<Groups<MeasureValue>> {
  const { names, columns, grouped } = apartOf(question)
  const sums: Groups<Hours> = new Map()
  const isByTier = caseDimensions(question.by).some((name) => name === 'tier' || name === 'queue')
  const tiers = policy.tiers.filter((tier) => isAsked(tier.level, question, policy))
  for (const [slice, { from, to: end }] of question.slices.entries()) {
    const to = Math.min(end, now)
    if (from >= to) continue
    const scheduled = tiers.map(({ schedule }) => openMsBetween(calendarFor(schedule, calendars.calendarOf), from, to))
    const allScheduled = scheduled.reduce((sum, ms) => sum + ms, 0)
    if (names.length === 0) add(slice, {}, { openMs: 0, scheduledMs: allScheduled, n: 0 })
    for (const [index, { level, schedule }] of tiers.entries()) {
      if (scheduled[index] === 0) continue
      const passed = passedBy(calendarFor(schedule, calendars.calendarOf), from, to)
      const { rows } = await sql<Apart & { open: number; n: number }>`
        select ${columns} count(distinct stay.escalation_id)::int as n,
          coalesce(sum(${passed(sql`least(coalesce(stay.to_at, ${to}::bigint), ${to}::bigint)`)}
            - ${passed(sql`greatest(stay.from_at, ${from}::bigint)`)}), 0)::float8 as open
        from measure_stay as stay
        where stay.tier = ${level} and stay.standing = 'with-tier' and stay.from_at < ${to}
          and (stay.to_at > ${from} or stay.to_at is null) ${whereOf(question)}
        group by () ${grouped}`.execute(tx)
      for (const row of rows) {
        add(slice, row, { openMs: row.open, n: row.n, scheduledMs: isByTier ? scheduled[index]! : allScheduled })
      }
    }
  }
  const groups: Groups<MeasureValue> = new Map()
  for (const { key, values } of sums.values()) {
    const { openMs, scheduledMs, n } = values.get('load')!
    if (scheduledMs === 0) continue
    const value = openMs / scheduledMs
    putInto(groups, key, 'load', () => ({ ...noValue('', n), reason: null, value, mean: value }))
  }
  return groups

  /** Of several tiers the scheduled hours are those of all, whichever of them have anything. */
  function add(slice: number, row: Partial<Apart>, more: Hours): void {
    const key = keyOf(
      question,
      slice,
      names.map((name) => row[name] ?? ''),
    )
    putInto(sums, key, 'load', (old) => ({
      openMs: (old?.openMs ?? 0) + more.openMs,
      scheduledMs: isByTier && old ? old.scheduledMs + more.scheduledMs : more.scheduledMs,
      n: (old?.n ?? 0) + more.n,
    }))
  }
}

function isAsked(level: number, { filters }: Question, { queues }: StaySetting['policy']): boolean {
  const ofQueues = filters.queue && queues.filter(({ id }) => filters.queue!.includes(id)).map(({ tier }) => tier)
  return (filters.tier?.includes(String(level)) ?? true) && (ofQueues?.includes(level) ?? true)
}

/** How much of a schedule has passed by an instant: one look into sorted arrays, however many instants there are. */
function passedBy(calendar: Calendar, from: Instant, to: Instant): (at: RawBuilder<unknown>) => RawBuilder<unknown> {
  const periods = calendar.periods(from, to)
  const opens = periods.map(({ opensAt }) => Math.max(opensAt, from))
  const closes = periods.map(({ closesAt }) => Math.min(closesAt, to))
  let sum = 0
  const until = periods.map((_, index) => {
    sum += closes[index]! - opens[index]!
    return sum
  })
  return (at) => {
    const place = sql`width_bucket(${at}, ${opens}::bigint[])`
    return sql`(case ${place} when 0 then 0
      else (${until}::bigint[])[${place}] - greatest((${closes}::bigint[])[${place}] - ${at}, 0) end)`
  }
}
