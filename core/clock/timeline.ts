import { DAY_MS, type Instant, MINUTE_MS } from '../units.ts'
import type { ScheduleHistory } from './history.ts'
import type { LocalDay } from './local-date.ts'
import { visitLocalPieces } from './local-pieces.ts'
import { spansOn } from './week.ts'

/** No local date is longer: what begins inside a range has ended, and what ends inside it has begun, within this margin. */
const MARGIN_MS = 2 * DAY_MS

/**
 * The open periods that overlap [from, to) as flat columns, whole, ascending and disjoint, with a few more on either
 * side. `openBefore[i]` is the open time of all periods before the i-th, in milliseconds, so any span is two look-ups
 * and a subtraction.
 */
export type Timeline = {
  from: Instant
  to: Instant
  opensAt: Float64Array
  closesAt: Float64Array
  openBefore: Float64Array
  day: Int32Array
}

export function buildTimeline(history: ScheduleHistory, from: Instant, to: Instant): Timeline {
  const opensAt: Instant[] = []
  const closesAt: Instant[] = []
  const days: LocalDay[] = []
  visitLocalPieces(history, from - MARGIN_MS, to + MARGIN_MS, (piece) => {
    if (piece.holiday !== null) return
    for (const span of spansOn(piece.schedule.week, piece.day)) {
      const opens = Math.max(piece.from, piece.midnight + span.from * MINUTE_MS)
      const closes = Math.min(piece.to, piece.midnight + span.to * MINUTE_MS)
      if (opens < closes) add(opens, closes, piece.day)
    }
  })
  return timelineOf(from, to, opensAt, closesAt, days)

  /** What goes on across a change of the clocks within one date is one period. */
  function add(opens: Instant, closes: Instant, day: LocalDay): void {
    const last = opensAt.length - 1
    if (last >= 0 && closesAt[last] === opens && days[last] === day) {
      closesAt[last] = closes
      return
    }
    opensAt.push(opens)
    closesAt.push(closes)
    days.push(day)
  }
}

export function timelineOf(
  from: Instant,
  to: Instant,
  opensAt: readonly Instant[],
  closesAt: readonly Instant[],
  days: readonly LocalDay[],
): Timeline {
  const openBefore = new Float64Array(opensAt.length)
  for (let index = 1; index < opensAt.length; index++) {
    openBefore[index] = openBefore[index - 1]! + closesAt[index - 1]! - opensAt[index - 1]!
  }
  return {
    from,
    to,
    opensAt: new Float64Array(opensAt),
    closesAt: new Float64Array(closesAt),
    openBefore,
    day: new Int32Array(days),
  }
}

/** Open milliseconds between the timeline's beginning and `at`, which it must cover. */
export function openUntil({ opensAt, closesAt, openBefore }: Timeline, at: Instant): number {
  const index = lastAtOrBelow(opensAt, at)
  if (index < 0) return 0
  return openBefore[index]! + Math.min(at, closesAt[index]!) - opensAt[index]!
}

/** All open milliseconds of the timeline. */
export function openInAll(timeline: Timeline): number {
  return openUntil(timeline, Number.POSITIVE_INFINITY)
}

/** The first instant by which `openMs` > 0 have been open since the timeline's beginning; it must hold that many. */
export function firstWith({ opensAt, openBefore }: Timeline, openMs: number): Instant {
  const index = lastBelow(openBefore, openMs)
  return opensAt[index]! + openMs - openBefore[index]!
}

/** The index of the last value that is at most `wanted` in an ascending column; -1 when none is. */
export function lastAtOrBelow(column: Float64Array, wanted: number): number {
  let low = 0
  let high = column.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (column[middle]! <= wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}

function lastBelow(column: Float64Array, wanted: number): number {
  let low = 0
  let high = column.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (column[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low - 1
}
