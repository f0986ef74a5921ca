import { partAt } from '../metrics/parts.ts'
import { type Share, shareOf } from '../review/share.ts'
import { Severity } from '../severity.ts'
import type { Instant } from '../units.ts'
import type { PressureCase } from './case.ts'
import { type Jump, jumpsAmong } from './jumps.ts'
import { PRESSURE_POINTS, PRESSURES, type Pressure, type PressurePoint, pointOf, scoreOf } from './points.ts'
import { isShorter, type Spread, spreadOf } from './spread.ts'

/** What came from above, and not from the customer or the queue. */
const EXECUTIVE: readonly Pressure[] = ['executive-tier', 'approval', 'leaders-told']

/** Escalations that were asked for in one week, or for one segment. */
export type PressureGroup = {
  name: string | null
  n: number
  /** Mean points of an escalation, 0 to 100; null of none. */
  value: number | null
  executive: Share
  jumped: Share
}

/** How long it takes until somebody accepts, or answers: with pressure, and without. */
export type Speed = { under: Spread; without: Spread; isFaster: boolean | null }

export type PressureReport = {
  from: Instant
  to: Instant
  /** Whose weeks they are. */
  zone: string
  least: number
  definition: string
  all: PressureGroup
  /** The same weighted by the yearly revenue from the customer, over those where it is known. */
  byRevenue: { n: number; value: number | null }
  points: { id: Pressure; title: string; points: number; definition: string; share: Share }[]
  weeks: PressureGroup[]
  segments: PressureGroup[]
  /** Customers with at least `least` escalations, by their share of executive ones; the others are left out. */
  customers: PressureGroup[]
  /** Whether pressure buys speed: from the request to the first accept, by severity, and all severities together. */
  accept: { severity: Severity | null; speed: Speed }[]
  /** The first answer to the customer, of tickets with an executive point against the others: slow answers invite pressure. */
  firstReply: Speed
  displaced: { jumps: Jump[]; passedOver: number; breached: number; longerMs: number }
  /** The most pressed first. */
  cases: { escalationId: string; ticketId: number; at: Instant; score: number; points: PressurePoint[] }[]
}

export const PRESSURE_DEFINITION =
  'Mean points of the escalations that were asked for in the window; each has the points named below, at most 100. ' +
  'Executive: it went to tier 4, entered by an approval, or directors or above were told. Weeks are ISO weeks of the time zone named.'

type Scored = PressureCase & { score: number; isExecutive: boolean; isJump: boolean }

/**
 * @param cases also those that were asked for before the window and may have waited within it
 */
export function pressureMeter(
  cases: readonly PressureCase[],
  { from, to, zone, least }: Pick<PressureReport, 'from' | 'to' | 'zone' | 'least'>,
): PressureReport {
  const jumps = jumpsAmong(cases)
  const jumped = new Set(jumps.map(({ escalationId }) => escalationId))
  const scored = cases
    .filter(({ requestedAt }) => requestedAt >= from && requestedAt < to)
    .map((one) => scoredOf(one, jumped.has(one.escalationId)))
  const own = new Set(scored.map(({ escalationId }) => escalationId))
  return {
    ...{ from, to, zone, least, definition: PRESSURE_DEFINITION },
    all: groupOf(null, scored),
    byRevenue: weighted(scored),
    points: PRESSURES.map((id) => ({
      ...{ id, ...PRESSURE_POINTS[id] },
      share: shareOf(scored.filter(({ points }) => points.some((point) => point.id === id)).length, scored.length),
    })),
    weeks: groupsBy(scored, ({ requestedAt }) => partAt(zone, requestedAt).week),
    segments: groupsBy(scored, ({ segment }) => segment),
    customers: groupsBy(scored, ({ account }) => account)
      .filter(({ name, n }) => name !== null && n >= least)
      .toSorted((a, b) => b.executive.low - a.executive.low || b.n - a.n),
    accept: [null, ...Severity.options].map((severity) => ({ severity, speed: acceptSpeed(scored, severity) })),
    firstReply: speedOf(
      scored.flatMap(({ firstReplyMs, isExecutive }) =>
        firstReplyMs === null ? [] : [{ ms: firstReplyMs, isUnder: isExecutive }],
      ),
    ),
    displaced: displacedBy(jumps.filter(({ escalationId }) => own.has(escalationId))),
    cases: scored
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score || a.requestedAt - b.requestedAt)
      .map(({ escalationId, ticketId, requestedAt, score, points }) => ({
        ...{ escalationId, ticketId, at: requestedAt, score, points },
      })),
  }
}

function scoredOf(one: PressureCase, isJump: boolean): Scored {
  const points = isJump ? [...one.points, pointOf('jumped-queue')] : one.points
  return {
    ...one,
    points,
    isJump,
    score: scoreOf(points),
    isExecutive: points.some(({ id }) => EXECUTIVE.includes(id)),
  }
}

function groupsBy(scored: readonly Scored[], nameOf: (one: Scored) => string | null): PressureGroup[] {
  return [...Map.groupBy(scored, nameOf)]
    .map(([name, some]) => groupOf(name, some))
    .toSorted((a, b) => ((a.name ?? '\uffff') < (b.name ?? '\uffff') ? -1 : 1))
}

function groupOf(name: string | null, some: readonly Scored[]): PressureGroup {
  const n = some.length
  return {
    ...{ name, n, value: n === 0 ? null : some.reduce((sum, { score }) => sum + score, 0) / n },
    executive: shareOf(some.filter(({ isExecutive }) => isExecutive).length, n),
    jumped: shareOf(some.filter(({ isJump }) => isJump).length, n),
  }
}

function weighted(scored: readonly Scored[]): PressureReport['byRevenue'] {
  const known = scored.filter(({ arr }) => arr !== null && arr > 0)
  const whole = known.reduce((sum, { arr }) => sum + arr!, 0)
  if (whole === 0) return { n: known.length, value: null }
  return { n: known.length, value: known.reduce((sum, { score, arr }) => sum + score * arr!, 0) / whole }
}

/** What jumped is not counted as under pressure for that: it is what pressure would buy. */
function acceptSpeed(scored: readonly Scored[], severity: Severity | null): Speed {
  return speedOf(
    scored
      .filter((one) => one.acceptedAt !== null && (severity === null || one.severity === severity))
      .map(({ acceptedAt, requestedAt, points }) => ({
        ms: acceptedAt! - requestedAt,
        isUnder: points.some(({ id }) => id !== 'jumped-queue'),
      })),
  )
}

function speedOf(spans: readonly { ms: number; isUnder: boolean }[]): Speed {
  const of = (wanted: boolean) => spreadOf(spans.filter(({ isUnder }) => isUnder === wanted).map(({ ms }) => ms))
  const [under, without] = [of(true), of(false)]
  return { under, without, isFaster: isShorter(under, without) }
}

function displacedBy(jumps: Jump[]): PressureReport['displaced'] {
  const passed = new Map(jumps.flatMap(({ passed: some }) => some.map((one) => [one.escalationId, one] as const)))
  const all = [...passed.values()]
  return {
    jumps,
    passedOver: all.length,
    breached: all.filter(({ breached }) => breached !== null).length,
    longerMs: all.reduce((sum, { longerMs }) => sum + (longerMs ?? 0), 0),
  }
}
