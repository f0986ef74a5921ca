import type { DeflectionResponse, OpportunityView, ShareView } from '../../core/contract/knowledge.ts'
import { monthSpan } from '../../core/review/reasons.ts'
import { DAY_MS } from '../../core/units.ts'
import type { Context } from '../context.ts'
import { inAccount } from '../db/in-account.ts'
import { keepVerdict, type Verdict } from '../knowledge/audit.ts'
import { gatherDeflection } from '../knowledge/gather-deflection.ts'
import { createPatterns } from '../knowledge/patterns.ts'
import { patternView } from '../knowledge/present.ts'
import { table } from './table.ts'

const USUAL_MS = 90 * DAY_MS

export async function showPatterns({ db, clock, account }: Context, { json }: { json: boolean }): Promise<string> {
  const { patterns, cases } = await createPatterns(db, clock).of(account.id)
  const views = patterns.map((pattern) => patternView(pattern, clock.now()))
  if (json) return JSON.stringify({ patterns: views, cases: cases.length }, null, 2)
  const rows = views.map(({ id, name, component, count, trend, outcomes, articles }) => [
    ...[id, String(count), `${trend.before} → ${trend.recent}${MARKS[trend.direction]}`, component ?? '-', name],
    ...[outcomes[0]!.code.replaceAll('_', ' '), articles[0]?.url ?? '-'],
  ])
  const head = ['PATTERN', 'COUNT', '8 WEEKS', 'COMPONENT', 'NAME', 'MOSTLY', 'ARTICLE']
  const first = `${views.length} patterns in ${cases.length} resolved escalations`
  return rows.length === 0 ? first : [first, '', table(head, rows)].join('\n')
}

const MARKS = { up: ' more', down: ' fewer', unclear: '' }

export async function showDeflection(
  context: Context,
  { from, to, json }: { from?: number; to?: number; json: boolean },
): Promise<string> {
  const until = to ?? context.clock.now()
  const answer = await gather(context, from ?? until - USUAL_MS, until)
  return json ? JSON.stringify(answer, null, 2) : written(answer)
}

/** Notes a verdict, if one is given, and answers how the month's sample stands. */
export async function audit(
  context: Context,
  { mark, verdict, month, by }: { mark?: string; verdict?: Verdict; month?: string; by: string },
): Promise<string> {
  const { db, clock, account } = context
  const wanted = month ?? new Date(clock.now()).toISOString().slice(0, 7)
  const { from, to } = monthSpan(wanted)!
  if (mark !== undefined && verdict !== undefined) {
    const { sample } = (await gather(context, from, to)).audit
    if (!sample.some(({ escalationId }) => escalationId === mark)) {
      throw new Error(`${mark} was not drawn for ${wanted}. Those that were: baton deflection audit --month ${wanted}`)
    }
    const given = { escalationId: mark, month: wanted, verdict, by, at: clock.now() }
    await inAccount(db, account.id, (tx) => keepVerdict(tx, account.id, given))
  }
  const { sample, agreement } = (await gather(context, from, to)).audit
  const rows = sample.map((one) => [one.escalationId, `#${one.ticketId}`, one.told, one.verdict ?? '-'])
  return [
    `Drawn by lot for ${wanted}: ${sample.length}. Auditor and marks agree: ${percent(agreement)}`,
    ...(rows.length > 0 ? ['', table(['ESCALATION', 'TICKET', 'MARKED', 'AUDITOR'], rows)] : []),
  ].join('\n')
}

function gather({ db, clock, account }: Context, from: number, to: number): Promise<DeflectionResponse> {
  return gatherDeflection(account.id, { from, to }, { db, clock, patterns: createPatterns(db, clock) })
}

function written(answer: DeflectionResponse): string {
  const { shares, opportunities, toWrite } = answer
  const rows = opportunities.map((one) => [
    ...[one.patternId, one.name, one.component ?? '-', String(one.count)],
    ...[one.medianHours === null ? '-' : one.medianHours.toFixed(1), percent(one.lower), hours(one.hours)],
    articleOf(one, toWrite),
  ])
  const head = ['PATTERN', 'NAME', 'COMPONENT', 'COUNT', 'MEDIAN H', 'LOWER', 'HOURS', 'ARTICLE']
  return [
    `Deflection opportunity, ${answer.from.slice(0, 10)} to ${answer.to.slice(0, 10)}: ${hours(answer.hours)} hours of specialists`,
    `Covered by articles in use: ${hours(answer.coveredHours)} hours. Deflected by "same problem": ${answer.stops}.`,
    '',
    `Of ${answer.episodes} escalations resolved, or sent back without work:`,
    `  known (one like it was resolved before)      ${percent(shares.repeat)}`,
    `  known and captured (its article was there)   ${percent(shares.captured)}`,
    `  known, not captured (three and no article)   ${percent(shares.uncaptured)}`,
    `  the first tier could have (marks, codes)     ${percent(shares.l1Capable)}`,
    `  sent back without work                       ${percent(shares.bounced)}`,
    `  any of known, captured, lower, sent back     ${percent(shares.any)}`,
    `  unknown                                      ${percent(shares.unknown)}`,
    `  receivers who said                           ${percent(shares.said)}`,
    ...answer.excluded.map(({ why, count }) => `  left out, ${why}: ${count}`),
    ...(rows.length > 0 ? ['', table(head, rows)] : []),
    '',
    'Assumptions:',
    ...answer.assumptions.map((line) => `  - ${line}`),
  ].join('\n')
}

function articleOf(
  { coveredBy, isUncaptured, afterPublishing, patternId }: OpportunityView,
  toWrite: string[],
): string {
  const change = afterPublishing ? `, since then ${VERDICTS[afterPublishing.verdict]}` : ''
  if (coveredBy) return `in use${change}`
  if (isUncaptured) return toWrite.includes(patternId) ? 'TO WRITE' : 'none'
  return `published, not used yet${change}`
}

const VERDICTS = { fewer: 'fewer', more: 'more', unclear: 'no clear change' }

function percent({ hits, n, share, interval }: ShareView): string {
  if (share === null || interval === null) return 'nothing to tell'
  const [low, high] = interval.map((one) => Math.round(one * 100))
  return `${Math.round(share * 100)} % (${low}–${high}), ${hits} of ${n}`
}

function hours(estimate: { value: number; low: number; high: number } | null): string {
  if (estimate === null) return 'unknown'
  const { value, low, high } = estimate
  return `${value.toFixed(0)} (${low.toFixed(0)}–${high.toFixed(0)})`
}
