import { type Share, shareOf } from '../review/share.ts'
import type { Instant } from '../units.ts'
import type { ZendeskCheck } from './check-zendesk.ts'
import type { Pair } from './pairs.ts'

/** How many agree to the minute, how many differ for a named reason, and how many for none. */
export type AgreementTally = {
  agrees: Share
  explained: { reason: string; count: number }[]
  unexplained: number
  /** What could not be compared, and why: in no share. */
  notComparable: { reason: string; count: number }[]
}

export type Disagreement = { ticketId: number; clock: string; differences: string[] }

/** Over an account: Zendesk's own clocks reckoned again, and Baton's beside them. */
export type Agreement = {
  from: Instant
  to: Instant
  tickets: number
  /** Zendesk's clocks, by Zendesk's rules, from the record's history of the tickets. */
  reckoned: AgreementTally
  /** Baton's clocks beside the ones of Zendesk's that come closest. One that differs by several things counts for each. */
  beside: AgreementTally
  /** The first of those that nothing explains. */
  unexplained: Disagreement[]
}

type Counts = {
  agrees: number
  all: number
  unexplained: number
  explained: Map<string, number>
  out: Map<string, number>
}

export type AgreementCounts = { tickets: number; reckoned: Counts; beside: Counts; unexplained: Disagreement[] }

const MOST_SHOWN = 50

export function newCounts(): AgreementCounts {
  const none = (): Counts => ({ agrees: 0, all: 0, unexplained: 0, explained: new Map(), out: new Map() })
  return { tickets: 0, reckoned: none(), beside: none(), unexplained: [] }
}

/** Adds what one ticket shows. */
export function addTicket(
  counts: AgreementCounts,
  ticketId: number,
  checks: readonly ZendeskCheck[],
  pairs: readonly Pair[],
): void {
  counts.tickets++
  for (const { verdict, reason, metric, instance, differences } of checks) {
    add(counts.reckoned, verdict, [reason ?? 'none'])
    if (verdict === 'unexplained')
      show(
        `${metric} ${instance}`,
        differences.map(({ part }) => part),
      )
  }
  for (const { verdict, id, differences } of pairs) {
    const reasons = differences.map(({ what }) => what)
    add(counts.beside, verdict, reasons)
    if (verdict === 'unexplained') show(id, reasons)
  }

  function show(clock: string, differences: string[]): void {
    if (counts.unexplained.length < MOST_SHOWN) counts.unexplained.push({ ticketId, clock, differences })
  }
}

function add(counts: Counts, verdict: ZendeskCheck['verdict'], reasons: readonly string[]): void {
  if (verdict === 'not-comparable') {
    for (const reason of reasons) counts.out.set(reason, (counts.out.get(reason) ?? 0) + 1)
    return
  }
  counts.all++
  if (verdict === 'agrees') counts.agrees++
  if (verdict === 'unexplained') counts.unexplained++
  if (verdict !== 'explained') return
  for (const reason of new Set(reasons)) counts.explained.set(reason, (counts.explained.get(reason) ?? 0) + 1)
}

export function agreementOf(
  { tickets, reckoned, beside, unexplained }: AgreementCounts,
  { from, to }: Pick<Agreement, 'from' | 'to'>,
): Agreement {
  return { from, to, tickets, reckoned: tallyOf(reckoned), beside: tallyOf(beside), unexplained }
}

function tallyOf({ agrees, all, unexplained, explained, out }: Counts): AgreementTally {
  return { agrees: shareOf(agrees, all), explained: listed(explained), unexplained, notComparable: listed(out) }
}

function listed(counts: ReadonlyMap<string, number>): { reason: string; count: number }[] {
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
}
