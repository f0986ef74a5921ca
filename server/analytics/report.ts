import { sql } from 'kysely'
import type { MeasureId, MeasureValue, Report, ReportDimension, ReportRequest } from '../../core/contract/report.ts'
import { definitionOf } from '../../core/metrics/definitions.ts'
import { slicesOf } from '../../core/metrics/slices.ts'
import type { Sums } from '../../core/metrics/sums.ts'
import { addTo, noSums } from '../../core/metrics/sums.ts'
import { trendOf } from '../../core/metrics/trend.ts'
import { measureValue, noValue } from '../../core/metrics/values.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { type AddedUp, readAddedUp, sumCases } from './case-sums.ts'
import { compareKeys, type GroupKey, type Groups, putInto, type Question } from './groups.ts'
import { labelsFor } from './labels.ts'
import { inSnapshot } from './snapshot.ts'
import { backlogValues, loadValues } from './stay-values.ts'
import { syncedTo } from './synced-to.ts'
import { canTell, isOfTickets, sumTickets } from './ticket-cases.ts'

export type ReportSetting = {
  db: Database
  accountId: number
  policy: Policy
  calendars: AccountCalendars
  now: Instant
}

/** What a question is answered with, besides the database. */
export type Known = Omit<ReportSetting, 'db' | 'accountId'> & { addedUp: AddedUp | null; syncedTo: Instant | null }

/** Answers what is asked of measures: the one function behind the page, exports, the API and the briefing. */
export async function reportOf(request: ReportRequest, { db, accountId, ...setting }: ReportSetting): Promise<Report> {
  return inSnapshot(db, accountId, async (tx) => {
    const known: Known = { ...setting, addedUp: await readAddedUp(tx), syncedTo: await syncedTo(tx) }
    const [from, to] = [Date.parse(request.from), Date.parse(request.to)]
    const { measures, zone, by, filters } = request
    const definitions = [...new Set(measures)].map(definitionOf)
    const ask = async (window: { from: Instant; to: Instant }, apart: readonly ReportDimension[]) =>
      valuesOf(
        tx,
        {
          measures,
          zone,
          by: apart,
          filters,
          slices: slicesOf(await clipped(tx, window, known.now), { zone, by: apart, filters }),
        },
        known,
      )
    const { totals, groups } = await ask({ from, to }, by)
    const passed = Math.min(to, known.now) - from
    const before = passed > 0 && !isTimed(filters) ? (await ask({ from: from - passed, to: from }, [])).totals : null
    const shown = groups.toSorted((a, b) => compareKeys(a.key, b.key))
    return {
      window: { from: isoOf(from), to: isoOf(to), zone },
      asOf: isoOf(known.now),
      syncedTo: known.syncedTo === null ? null : isoOf(known.syncedTo),
      by,
      totals: recordOf(totals),
      trends: before ? trendsOf(definitions, totals, before) : {},
      groups: shown.map(({ key, values }) => ({
        at: Object.fromEntries(by.map((dimension, index) => [dimension, key[index]! || null])),
        values: recordOf(values),
      })),
      labels: await labelsFor(tx, namedIn(request, shown), known.policy),
      definitions,
      targets: {},
    }
  })
}

type Answered = {
  totals: Map<MeasureId, MeasureValue>
  groups: { key: GroupKey; values: Map<MeasureId, MeasureValue> }[]
}

/** Values of each group and of all together. */
async function valuesOf(tx: AccountTransaction, question: Question, known: Known): Promise<Answered> {
  const ofTickets = question.measures.filter(isOfTickets)
  const ofCases = question.measures.filter((id) => !isOfTickets(id) && id !== 'backlog' && id !== 'load')
  const least = isByAgent(question) ? known.policy.reviews.least : 0
  const groups: Groups<MeasureValue> = new Map()
  const totals = new Map<MeasureId, MeasureValue>()

  if (ofCases.length > 0) keepSums(await sumCases(tx, { ...question, measures: ofCases }, known.addedUp), ofCases)
  const why = ofTickets.length === 0 ? null : whyNotOfTickets(question, known)
  if (why !== null) for (const id of ofTickets) totals.set(id, noValue(why))
  else if (ofTickets.length > 0) {
    const lowestTier = known.policy.tiers[0]!.level
    keepSums(await sumTickets(tx, { ...question, measures: ofTickets }, lowestTier), ofTickets)
  }
  for (const id of ['backlog', 'load'] as const) {
    if (!question.measures.includes(id)) continue
    const values = id === 'backlog' ? backlogValues : loadValues
    const whole = await values(tx, { ...question, by: [], slices: aroundAll(question) }, known)
    const [all] = whole.values()
    totals.set(id, all?.values.get(id) ?? noValue('Nothing in this window'))
    if (question.by.length === 0) continue
    for (const { key, values: some } of (await values(tx, question, known)).values()) {
      putInto(groups, key, id, () => some.get(id)!)
    }
  }
  return { totals, groups: question.by.length === 0 ? [] : [...groups.values()] }

  function keepSums(found: Groups<Sums>, ids: readonly MeasureId[]): void {
    for (const id of ids) {
      const definition = definitionOf(id)
      const all = noSums()
      for (const { key, values } of found.values()) {
        const sums = values.get(id)
        if (!sums) continue
        addTo(all, sums)
        putInto(groups, key, id, () => enough(measureValue(sums, definition), least))
      }
      totals.set(id, enough(measureValue(all, definition), isFilteredByAgent(question) ? least : 0))
    }
  }
}

/** What is over at the end of the last slice is over for all. */
function aroundAll({ slices }: Question): Question['slices'] {
  const [first, last] = [slices[0], slices.at(-1)]
  return first && last ? [{ from: first.from, to: last.to, week: null, month: null }] : []
}

/** Of one person a handful of cases says nothing. */
function enough(value: MeasureValue, least: number): MeasureValue {
  if (value.n >= least || value.value === null) return value
  return { ...noValue(`Fewer than ${least} say nothing about a person`, value.n), open: value.open }
}

function isByAgent({ by, filters }: Question): boolean {
  return by.includes('agent') || filters.agent !== undefined
}

function isFilteredByAgent({ filters }: Question): boolean {
  return filters.agent !== undefined
}

function whyNotOfTickets(question: Question, known: Known): string | null {
  if (known.syncedTo === null) return "Zendesk's tickets have not been read yet"
  return canTell(question) ? null : 'Tickets that were never escalated do not say this'
}

function isTimed(filters: ReportRequest['filters']): boolean {
  return filters.week !== undefined || filters.month !== undefined
}

/** A window as far as anything is known: years before the first case and after now need not be cut into weeks. */
async function clipped(tx: AccountTransaction, { from, to }: { from: Instant; to: Instant }, now: Instant) {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(from_at) as first, max(to_at) as last from (
      select min(from_at) as from_at, max(to_at) as to_at from measure_week_due
      union all select min(from_at), max(to_at) from measure_week
      union all select min(created_at), max(created_at) + 1 from zendesk_ticket
    ) as known`.execute(tx)
  const { first, last } = rows[0]!
  return { from: Math.max(from, Math.min(first ?? now - DAY_MS, to)), to: Math.min(to, Math.max(now, last ?? now)) }
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
