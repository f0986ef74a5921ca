import { DAY_MS } from '../units.ts'
import { hoursOf } from './layer.ts'
import type { Schedule } from './schedule.ts'
import { gapsIn, type Span, union } from './spans.ts'
import { instantOf, offsetsAround } from './wall-time.ts'

const CHUNK_MS = 28 * DAY_MS

/**
 * The first span in which no layer covers, once all of them have begun and overrides are left aside; null when there
 * is none in the year that follows. A year sees every change of the clock, and so every way in which the hours of
 * several zones can drift apart.
 */
export function firstGap({ layers }: Schedule): Span | null {
  if (layers.some(({ hours }) => hours.length === 0)) return null
  const starts = layers.map(({ zone, startsAt }) => instantOf(offsetsAround(zone, startsAt, startsAt), startsAt))
  const begin = Math.max(0, ...starts)
  for (let from = begin; from < begin + 366 * DAY_MS; from += CHUNK_MS) {
    const gap = gapAfter(from)
    // Looked at again from its own beginning, it is whole.
    if (gap) return gapAfter(gap.from)
  }
  return null

  function gapAfter(from: number): Span | null {
    const range = { from, to: from + CHUNK_MS }
    return gapsIn(union(layers.flatMap((layer) => hoursOf(layer, range))), range)[0] ?? null
  }
}
