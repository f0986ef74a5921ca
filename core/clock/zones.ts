import { DAY_MS, type Instant, SECOND_MS } from '../units.ts'
import type { LocalDay } from './local-date.ts'

/** A stretch [from, to) in which a zone's clocks keep one distance from UTC: local wall time = instant + offsetMs. */
export type OffsetSpan = { from: Instant; to: Instant; offsetMs: number }

/** What is known of time zones here: before and after, a schedule is refused rather than guessed. */
export const EARLIEST: Instant = Date.UTC(1900, 0, 1)
export const LATEST: Instant = Date.UTC(2200, 0, 1)

/**
 * The stretches of constant offset that cover [from, to), in order, without holes.
 *
 * Local time needs no other rule: a wall time in a gap lies in no stretch, one in an overlap lies in two, so what is
 * open by the wall is clipped at a gap and counted twice in an overlap, always in elapsed time.
 *
 * @param zone a name that `Intl` knows
 */
export function offsetSpans(zone: string, from: Instant, to: Instant): OffsetSpan[] {
  const known = knownChanges(zone)
  learn(known, Math.max(from, EARLIEST), Math.min(to, LATEST))
  const spans: OffsetSpan[] = []
  let start = from
  let offsetMs = known.offsetAt(from)
  for (const change of changesBetween(known, from, to)) {
    spans.push({ from: start, to: change.at, offsetMs })
    start = change.at
    offsetMs = change.offsetMs
  }
  if (start < to) spans.push({ from: start, to, offsetMs })
  return spans
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds; exact to the second. */
export function offsetAt(zone: string, at: Instant): number {
  return knownChanges(zone).offsetAt(at)
}

/** Whether `Intl` knows a zone by this name. A bare offset such as `+01:00` is no zone: it has no rules to follow. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    knownChanges(name)
    return true
  } catch {
    return false
  }
}

type Change = { at: Instant; offsetMs: number }

/** What has been learnt of a zone so far: every change in [from, to), and nothing yet while from = to. */
type KnownChanges = { from: Instant; to: Instant; changes: Change[]; offsetAt: (at: Instant) => number }

/** Grows by one entry for each zone ever asked for; `Intl` knows about six hundred names. */
const KNOWN = new Map<string, KnownChanges>()

function knownChanges(zone: string): KnownChanges {
  const key = zone.toLowerCase()
  let known = KNOWN.get(key)
  if (!known) {
    known = { from: 0, to: 0, changes: [], offsetAt: offsetReader(zone) }
    KNOWN.set(key, known)
  }
  return known
}

function offsetReader(zone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return (at) => {
    const whole = Math.floor(at / SECOND_MS) * SECOND_MS
    const wall = format.format(whole)
    return (
      Date.UTC(
        digits(wall, 6, 10),
        digits(wall, 0, 2) - 1,
        digits(wall, 3, 5),
        digits(wall, 12, 14),
        digits(wall, 15, 17),
        digits(wall, 18, 20),
      ) - whole
    )
  }
}

/** Reads a column of `03/29/2026, 02:00:00`; a calendar reads some two thousand such texts. */
function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let index = from; index < to; index++) value = value * 10 + text.charCodeAt(index) - 48
  return value
}

/**
 * Shorter than any stretch between two changes on record (seven days: Brazil's north-east, October 2000), so that no
 * pair of changes hides between two looks.
 */
const LOOK_EVERY_MS = 5 * DAY_MS

/** Makes sure every change in [from, to) is known, looking only where nobody has looked before. */
function learn(known: KnownChanges, from: Instant, to: Instant): void {
  if (from >= to) return
  if (known.from === known.to) {
    known.from = from
    known.to = from
  }
  if (from < known.from) {
    known.changes.unshift(...findChanges(known.offsetAt, from, known.from))
    known.from = from
  }
  if (to > known.to) {
    known.changes.push(...findChanges(known.offsetAt, known.to, to))
    known.to = to
  }
}

/** The changes in (from, to], each at the first instant of its new offset. */
function findChanges(offsetAt: (at: Instant) => number, from: Instant, to: Instant): Change[] {
  const changes: Change[] = []
  let seen = from
  let offsetMs = offsetAt(from)
  while (seen < to) {
    const look = Math.min(seen + LOOK_EVERY_MS, to)
    const there = offsetAt(look)
    while (offsetMs !== there) {
      seen = firstWithout(offsetAt, offsetMs, seen, look)
      offsetMs = offsetAt(seen)
      changes.push({ at: seen, offsetMs })
    }
    seen = look
  }
  return changes
}

/** The first whole second in (low, high] whose offset is not `offsetMs`. */
function firstWithout(offsetAt: (at: Instant) => number, offsetMs: number, low: Instant, high: Instant): Instant {
  let before = Math.floor(low / SECOND_MS)
  let after = Math.ceil(high / SECOND_MS)
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetAt(middle * SECOND_MS) === offsetMs) before = middle
    else after = middle
  }
  return after * SECOND_MS
}

function changesBetween({ changes }: KnownChanges, from: Instant, to: Instant): Change[] {
  return changes.filter(({ at }) => at > from && at < to)
}

/** The first instant of a local date; where the date is skipped altogether (Apia, 2011-12-30), the first one after it. */
export function startOfDay(zone: string, day: LocalDay): Instant {
  const midnight = day * DAY_MS
  for (const span of offsetSpans(zone, midnight - 2 * DAY_MS, midnight + 3 * DAY_MS)) {
    const at = Math.max(span.from, midnight - span.offsetMs)
    if (at < span.to) return at
  }
  return midnight
}
