import { sql } from 'kysely'
import { openMsBetween } from '../../core/clock/business-time.ts'
import { calendarFor } from '../../core/clock/sla.ts'
import { AGES, type Backlog, type Load } from '../../core/contract/report.ts'
import { giniOf } from '../../core/metrics/gini.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../../core/units.ts'
import { labelsFor } from './labels.ts'
import type { ReportSetting } from './report.ts'
import { inSnapshot } from './snapshot.ts'
import { loadValues } from './stay-values.ts'

/** What was open at an instant, from where escalations were then. */
export async function backlogAt(
  at: Instant,
  { db, accountId }: Pick<ReportSetting, 'db' | 'accountId'>,
): Promise<Backlog> {
  const limits = AGES.flatMap((days) => (days === null ? [] : [days * DAY_MS]))
  const rows = await inSnapshot(db, accountId, async (tx) => {
    const found = await sql<{
      severity: string | null
      tier: number
      standing: 'with-tier'
      age: number
      count: number
    }>`
      select severity, tier, standing, width_bucket(${at}::bigint - requested_at, ${limits}::bigint[]) as age,
        count(*)::int as count
      from measure_stay where from_at <= ${at} and (to_at > ${at} or to_at is null)
      group by severity, tier, standing, age order by severity, tier, standing, age`.execute(tx)
    return found.rows
  })
  return {
    at: new Date(at).toISOString(),
    open: rows.reduce((sum, { count }) => sum + count, 0),
    parts: rows.map(({ age, ...part }) => ({ ...part, underDays: AGES[age]! })),
  }
}

/** How much tiers and their people had open at once. */
export async function loadOf(window: { from: Instant; to: Instant }, setting: ReportSetting): Promise<Load> {
  const { db, accountId, policy, calendars, now } = setting
  const { from } = window
  const to = Math.max(from, Math.min(window.to, now))
  const question = {
    from,
    measures: ['load'],
    zone: 'UTC',
    slices: [{ from, to, week: null, month: null }],
    filters: {},
  } as const
  return inSnapshot(db, accountId, async (tx) => {
    const byBoth = await loadValues(tx, { ...question, by: ['tier', 'agent'] }, setting)
    const scheduled = new Map(
      policy.tiers.map(({ level, schedule }) => [
        level,
        openMsBetween(calendarFor(schedule, calendars.calendarOf), from, to) / HOUR_MS,
      ]),
    )
    const allScheduled = [...scheduled.values()].reduce((sum, hours) => sum + hours, 0)
    const each = [...byBoth.values()].map(({ key, values }) => {
      const tier = Number(key[0])
      const { value, n } = values.get('load')!
      return { tier, agent: key[1]!, openHours: value! * scheduled.get(tier)!, n }
    })
    const sum = (some: typeof each) => some.reduce((hours, { openHours }) => hours + openHours, 0)
    const people = [...Map.groupBy(each, ({ agent }) => agent)]
      .filter(([agent]) => agent !== '' && allScheduled > 0)
      .map(([agent, some]) => ({
        ...{ agent, load: sum(some) / allScheduled },
        n: some.reduce((count, one) => count + one.n, 0),
      }))
      .toSorted((a, b) => b.load - a.load)
    const labels = await labelsFor(tx, new Map([['agent', new Set(people.map(({ agent }) => agent))]]), policy)
    return {
      ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      tiers: policy.tiers.map(({ level, name }) => {
        const scheduledHours = scheduled.get(level)!
        const openHours = sum(each.filter(({ tier }) => tier === level))
        return {
          tier: level,
          name,
          scheduledHours,
          openHours,
          load: scheduledHours > 0 ? openHours / scheduledHours : null,
        }
      }),
      people: people.map(({ agent, load, n }) => ({
        ...{ agent: Number(agent), name: labels.agent?.[agent] ?? agent, load, escalations: n },
      })),
      gini: giniOf(people.map(({ load }) => load)),
    }
  })
}
