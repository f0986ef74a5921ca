import type { MeasureValue, ReportTicketsRequest } from '../../core/contract/report.ts'
import { definitionOf } from '../../core/metrics/definitions.ts'
import { type Instant, MINUTE_MS } from '../../core/units.ts'
import {
  type CaseDifference,
  checkReport,
  figureOf,
  isSameFigure,
  type RecountedFigure,
  type ReportReason,
} from '../../core/verify/check-report.ts'
import { lacksHistory, MISSES_ONLY, type Recounted, type RecountedMeasure, recount } from '../../core/verify/recount.ts'
import { reportOf } from '../analytics/report.ts'
import { reportTickets } from '../analytics/report-tickets.ts'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { recordedEpisodes } from './episodes.ts'

/** A figure as the page reports it, and as it comes out of events; `tier` is null for all of them together. */
export type FigurePair = {
  tier: string | null
  reported: Pick<MeasureValue, 'value' | 'n' | 'mean' | 'open'>
  recounted: RecountedFigure
  agrees: boolean
}

export type ReportVerification = {
  measure: RecountedMeasure
  title: string
  definition: string
  from: Instant
  to: Instant
  asOf: Instant
  /** Only the breached ones are counted again: events do not tell what was met. */
  isMissesOnly: boolean
  figures: FigurePair[]
  same: number
  differences: CaseDifference[]
  unexplained: number
}

export type ReportToVerify = { measure: RecountedMeasure; from: Instant; to: Instant; by: 'tier' | null }

/** Figures are measured within a minute or two of what happened. */
const MEASURED_WITHIN_MS = 5 * MINUTE_MS

/** Counts a figure again from the record's events and Zendesk's history, by no table that the reports are made of. */
export async function verifyReport(context: Context, wanted: ReportToVerify): Promise<ReportVerification> {
  const { db, clock, account, calendars } = context
  const { measure, from, to, by } = wanted
  const now = clock.now()
  const { recounted, why } = await recountedFrom(context, wanted, now)
  const setting = {
    ...{ db, accountId: account.id, now, calendars: await calendars.of(account.id) },
    policy: await context.policyFor(account.id),
  }
  const window = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), zone: 'UTC', filters: {} }
  const isMissesOnly = MISSES_ONLY.includes(measure)
  const reported = await reportedCases(
    { ...window, measure, after: null, only: isMissesOnly ? 'misses' : null },
    setting,
  )
  const report = await reportOf({ ...window, measures: [measure], by: by === null ? [] : [by] }, setting)
  const check = checkReport(reported, recounted, why)
  const { title, definition, kind } = definitionOf(measure)
  const pair = (tier: string | null, value: MeasureValue): FigurePair => {
    const own = recounted.filter((one) => tier === null || String(one.tier) === tier)
    const figure = figureOf(own, kind)
    return { tier, reported: value, recounted: figure, agrees: isMissesOnly || isSame(value, figure, kind) }
  }
  return {
    ...{ measure, title, definition, from, to, asOf: now, isMissesOnly, ...check },
    figures: [
      pair(null, report.totals[measure]!),
      ...report.groups.map(({ at, values }) => pair(at.tier ?? '', values[measure]!)),
    ],
    unexplained: check.differences.filter(({ reason }) => reason === null).length,
  }
}

function isSame(reported: MeasureValue, own: RecountedFigure, kind: string): boolean {
  if (kind === 'count') return reported.value === own.n
  return reported.n === own.n && isSameFigure(reported.value, own.value)
}

async function recountedFrom({ db, account }: Context, { measure, from, to }: ReportToVerify, now: Instant) {
  return inAccount(db, account.id, async (tx) => {
    const recounted: Recounted[] = []
    const reasons = new Map<string, ReportReason>()
    for await (const episode of recordedEpisodes(tx, from, to)) {
      recounted.push(...recount(measure, episode).filter(({ at }) => at >= from && at < to))
      if (now - episode.recordedAt < MEASURED_WITHIN_MS) reasons.set(episode.escalationId, 'recent')
      else if (lacksHistory(measure, episode)) reasons.set(episode.escalationId, 'no-history')
    }
    return { recounted, why: (escalationId: string) => reasons.get(escalationId) ?? null }
  })
}

/** Every row behind the figure, page by page. */
async function reportedCases(
  request: ReportTicketsRequest,
  setting: Parameters<typeof reportTickets>[1],
): Promise<Recounted[]> {
  const found: Recounted[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof reportTickets>> = await reportTickets({ ...request, after }, setting)
    found.push(
      ...page.rows.map(({ escalationId, ticketId, tier, at, value }) => {
        return { escalationId: escalationId ?? '', ticketId, tier, at: Date.parse(at), value }
      }),
    )
    after = page.next
  } while (after !== null)
  return found
}
