import { type Instant, SECOND_MS } from '../units.ts'
import type { Recounted } from './recount.ts'

/** What both sides come to. `value`: hours at the median, a share, a mean or a count, as the measure has it. */
export type RecountedFigure = { n: number; hits: number; value: number | null; mean: number | null; open: number }

export type MeasureKind = 'count' | 'share' | 'duration' | 'mean'

/** Why the two may differ. The words are stable. */
export type ReportReason =
  /** It was recorded a moment ago, and is measured within minutes. */
  | 'recent'
  /** Zendesk's export has not told of the ticket yet, so that its creation or solving is not known here. */
  | 'no-history'

/** A case that one side has and the other has not, or has with another value. */
export type CaseDifference = {
  escalationId: string
  ticketId: number
  at: Instant
  reported: number | null | 'none'
  recounted: number | null | 'none'
  reason: ReportReason | null
}

export type ReportCheck = { same: number; differences: CaseDifference[] }

/** A figure that is worked out from hours or whole numbers may be off by what whole seconds leave. */
const CLOSE = 0.001

/**
 * Holds the cases behind a figure of a report beside those that were counted again from events.
 *
 * @param why what may explain a difference in an escalation
 */
export function checkReport(
  reported: readonly Recounted[],
  recounted: readonly Recounted[],
  why: (escalationId: string) => ReportReason | null,
): ReportCheck {
  const [theirs, ours] = [keyed(reported), keyed(recounted)]
  const check: ReportCheck = { same: 0, differences: [] }
  for (const key of new Set([...theirs.keys(), ...ours.keys()])) {
    const [left, right] = [theirs.get(key) ?? [], ours.get(key) ?? []]
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      const [one, other] = [left[index], right[index]]
      if (one && other && isClose(one.value, other.value)) check.same++
      else {
        const { escalationId, ticketId, at } = (one ?? other)!
        check.differences.push({
          ...{ escalationId, ticketId, at, reason: why(escalationId) },
          ...{ reported: one ? one.value : 'none', recounted: other ? other.value : 'none' },
        })
      }
    }
  }
  check.differences.sort((a, b) => a.at - b.at || (a.escalationId < b.escalationId ? -1 : 1))
  return check
}

/** By escalation and second; several of one second in the order of their values. */
function keyed(cases: readonly Recounted[]): Map<string, Recounted[]> {
  const groups = Map.groupBy(cases, ({ escalationId, at }) => `${escalationId}/${Math.floor(at / SECOND_MS)}`)
  return new Map([...groups].map(([key, some]) => [key, some.toSorted((a, b) => (a.value ?? -1) - (b.value ?? -1))]))
}

function isClose(one: number | null, other: number | null): boolean {
  return one === null || other === null ? one === other : Math.abs(one - other) < CLOSE
}

export function figureOf(cases: readonly Recounted[], kind: MeasureKind): RecountedFigure {
  const values = cases.flatMap(({ value }) => (value === null ? [] : [value])).toSorted((a, b) => a - b)
  const n = values.length
  const mean = n === 0 ? null : values.reduce((sum, value) => sum + value, 0) / n
  const median = n === 0 ? null : values[Math.ceil(n / 2) - 1]!
  return {
    ...{ n, mean, hits: kind === 'share' ? values.filter((value) => value === 1).length : n, open: cases.length - n },
    value: kind === 'count' ? n : kind === 'duration' ? median : mean,
  }
}

export function isSameFigure(one: number | null, other: number | null): boolean {
  return isClose(one, other)
}
