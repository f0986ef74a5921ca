import { DAY_MS, type Instant } from '../units.ts'
import { hoursOf } from './layer.ts'
import type { Schedule } from './schedule.ts'
import { gapsIn, type Span, union } from './spans.ts'
import { instantOf, offsetsAround } from './wall-time.ts'

const YEAR_MS = 366 * DAY_MS
/** Longer than a week: between two changes of any clock every week is as the one before. */
const WEEK_MS = 8 * DAY_MS
/** Longer than any gap that has an end: a layer's hours come back within a week, or two if a change skips them. */
const LONGEST_GAP_MS = 28 * DAY_MS

/**
 * The first span in which no layer covers, once all of them have begun and overrides are left aside; null when there
 * is none in the year that follows. A year sees every change of the clock, and so every way in which the hours of
 * several zones can drift apart.
 */
export function firstGap({ layers }: Schedule): Span | null {
  if (layers.some(({ hours }) => hours.length === 0)) return null
  const starts = layers.map(({ zone, startsAt }) => instantOf(offsetsAround(zone, startsAt, startsAt), startsAt))
  const begin = Math.max(...starts)
  for (const weeks of weeksToSee(layers, begin)) {
    const gap = gapIn(weeks)
    if (gap) return gapIn({ from: gap.from, to: gap.from + LONGEST_GAP_MS })
  }
  return null

  function gapIn(range: Span): Span | null {
    return gapsIn(union(layers.flatMap((layer) => hoursOf(layer, range))), range)[0] ?? null
  }
}

/** The first week, and the one around and after every change of a clock. */
function weeksToSee(layers: Schedule['layers'], begin: Instant): Span[] {
  const end = begin + YEAR_MS
  const changes = [...new Set(layers.map(({ zone }) => zone))]
    .flatMap((zone) => offsetsAround(zone, begin, end).slice(1))
    .map(({ from }) => ({ from: Math.max(begin, from - DAY_MS), to: Math.min(end, from + WEEK_MS) }))
  return union([{ from: begin, to: begin + WEEK_MS }, ...changes])
}
