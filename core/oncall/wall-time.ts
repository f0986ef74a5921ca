import { type OffsetSpan, offsetAt, offsetSpans } from '../clock/zones.ts'
import { DAY_MS, type Instant } from '../units.ts'
import type { WallTime } from './schedule.ts'

/** No wall is further from UTC, and no change of the clock puts it further forward or back. */
const MARGIN_MS = 2 * DAY_MS
/** Asked for beyond what is wanted, so that the next question finds its answer here. */
const AHEAD_MS = 400 * DAY_MS

/** What was asked for last of each zone; a longer stretch replaces a shorter one. */
const KEPT = new Map<string, { from: Instant; to: Instant; offsets: OffsetSpan[] }>()

/** Stretches of constant offset that place at least every wall time which may fall in [from, to]. */
export function offsetsAround(zone: string, from: Instant, to: Instant): readonly OffsetSpan[] {
  const kept = KEPT.get(zone)
  if (kept && kept.from <= from - MARGIN_MS && kept.to >= to + MARGIN_MS) return kept.offsets
  const start = Math.min(kept?.from ?? from, from - AHEAD_MS)
  const end = Math.max(kept?.to ?? to, to + AHEAD_MS)
  const offsets = offsetSpans(zone, start, end)
  KEPT.set(zone, { from: start, to: end, offsets })
  return offsets
}

/** The first instant at which the wall shows `wall`; for a time that a change skips, the instant of the change. */
export function instantOf(offsets: readonly OffsetSpan[], wall: WallTime): Instant {
  for (const { from, to, offsetMs } of offsets) {
    if (wall - offsetMs < to) return Math.max(from, wall - offsetMs)
  }
  return offsets.at(-1)!.to
}

const DAY_NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** What the wall shows, to the minute: `Sat 2026-01-10 17:00`. */
export function writeLocal(zone: string, instant: Instant): string {
  const wall = new Date(instant + offsetAt(zone, instant))
  return `${DAY_NAMES[wall.getUTCDay()]} ${wall.toISOString().slice(0, 16).replace('T', ' ')}`
}
