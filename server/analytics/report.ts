import type { MeasureId, MeasureValue, Report, ReportDimension, ReportRequest } from '../../core/contract/report.ts'
import { definitionOf } from '../../core/metrics/definitions.ts'
import { trendOf } from '../../core/metrics/trend.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { questionAbout, valuesOf, whatIsKnown } from './answer.ts'
import type { GroupKey } from './groups.ts'
import { labelsFor } from './labels.ts'
import { inSnapshot } from './snapshot.ts'

export type ReportSetting = {
  db: Database
  accountId: number
  policy: Policy
  calendars: AccountCalendars
  now: Instant
}

/** Answers what is asked of measures: the one function behind the page, exports, the API and the briefing. */
export async function reportOf(request: ReportRequest, { db, accountId, ...setting }: ReportSetting): Promise<Report> {
  return inSnapshot(db, accountId, async (tx) => {
    const known = await whatIsKnown(tx, setting)
    const { measures, zone, by, filters } = request
    const { now } = setting
    const [from, to] = [Date.parse(request.from), Date.parse(request.to)]
    const definitions = [...new Set(measures)].map(definitionOf)
    const ask = async (window: { from: Instant; to: Instant }, apart: readonly ReportDimension[]) =>
      valuesOf(tx, await questionAbout(tx, window, { measures, zone, by: apart, filters }, now), known)
    const { totals, groups } = await ask({ from, to }, by)
    const passed = Math.min(to, now) - from
    const before = passed > 0 && !isTimed(filters) ? (await ask({ from: from - passed, to: from }, [])).totals : null
    return {
      window: { from: isoOf(from), to: isoOf(to), zone },
      asOf: isoOf(now),
      syncedTo: known.syncedTo === null ? null : isoOf(known.syncedTo),
      by,
      totals: recordOf(totals),
      trends: before ? trendsOf(definitions, totals, before) : {},
      groups: groups.map(({ key, values }) => ({
        at: Object.fromEntries(by.map((dimension, index) => [dimension, key[index]! || null])),
        values: recordOf(values),
      })),
      labels: await labelsFor(tx, namedIn(request, groups), setting.policy),
      definitions,
      targets: targetsOf(measures, setting.policy),
    }
  })
}

function targetsOf(measures: readonly MeasureId[], { measureTargets }: Policy): Report['targets'] {
  const wanted = Object.entries(measureTargets).filter(([id]) => measures.includes(id as MeasureId))
  return Object.fromEntries(wanted)
}

function isTimed(filters: ReportRequest['filters']): boolean {
  return filters.week !== undefined || filters.month !== undefined
}

function trendsOf(
  definitions: Report['definitions'],
  totals: ReadonlyMap<MeasureId, MeasureValue>,
  before: ReadonlyMap<MeasureId, MeasureValue>,
): Report['trends'] {
  return Object.fromEntries(
    definitions.map((definition) => [
      definition.id,
      trendOf(definition, totals.get(definition.id)!, before.get(definition.id)!),
    ]),
  )
}

function namedIn({ by, filters }: ReportRequest, groups: readonly { key: GroupKey }[]) {
  const named = new Map<ReportDimension, Set<string>>()
  for (const [index, dimension] of by.entries()) named.set(dimension, new Set(groups.map(({ key }) => key[index]!)))
  for (const [dimension, values] of Object.entries(filters)) {
    const known = named.get(dimension as ReportDimension) ?? new Set()
    named.set(dimension as ReportDimension, new Set([...known, ...values]))
  }
  return named
}

function recordOf(values: ReadonlyMap<MeasureId, MeasureValue>): Report['totals'] {
  return Object.fromEntries(values)
}

function isoOf(at: Instant): string {
  return new Date(at).toISOString()
}
