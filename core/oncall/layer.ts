import { WEEKDAYS } from '../clock/schedule-input.ts'
import type { OffsetSpan } from '../clock/zones.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../units.ts'
import type { Email, Layer } from './schedule.ts'
import { type Span, union, within } from './spans.ts'
import { instantOf, offsetsAround } from './wall-time.ts'

export type Turn = Span & { person: Email }

/** Who has the layer when, in `range`: turns of its rotation, cut to its hours. Ascending and disjoint. */
export function turnsOf(layer: Layer, range: Span): Turn[] {
  const turns = rotationOf(layer, range)
  return layer.hours.length === 0 ? turns : within(turns, hoursOf(layer, range))
}

function rotationOf({ zone, participants, rotation, startsAt }: Layer, range: Span): Turn[] {
  if (participants.length === 0 || !(rotation.length > 0)) return []
  const first = instantOf(offsetsAround(zone, startsAt, startsAt), startsAt)
  if (range.to <= first) return []
  const start = Math.max(range.from, first)
  if (participants.length === 1) return [{ person: participants[0]!, from: start, to: range.to }]

  const lengthMs = rotation.length * (rotation.unit === 'days' ? DAY_MS : HOUR_MS)
  const offsets = offsetsAround(zone, range.from - 2 * lengthMs, range.to + 2 * lengthMs)
  const handOver = (turn: number) =>
    rotation.unit === 'days' ? instantOf(offsets, startsAt + turn * lengthMs) : first + turn * lengthMs
  const turns: Turn[] = []
  // Clock changes move local days against elapsed ones by at most a day, so the turn before the guess is early enough.
  let turn = Math.max(0, Math.floor((start - first) / lengthMs) - 1)
  for (let from = handOver(turn); from < range.to; turn++) {
    const to = handOver(turn + 1)
    if (to > start && to > from) {
      const person = participants[turn % participants.length]!
      turns.push({ person, from: Math.max(from, start), to: Math.min(to, range.to) })
    }
    from = to
  }
  return turns
}

/**
 * The layer's hours as spans, cut to `range`. An instant is within them when the wall shows a time within them, so
 * hours that a change of the clock skips are not there, and those that it repeats are there twice.
 */
export function hoursOf({ zone, hours }: Pick<Layer, 'zone' | 'hours'>, range: Span): Span[] {
  const offsets = offsetsAround(zone, range.from, range.to).filter(({ from, to }) => from < range.to && to > range.from)
  return union(offsets.flatMap((stretch) => hoursDuring(stretch, hours, range)))
}

function hoursDuring({ from, to, offsetMs }: OffsetSpan, hours: Layer['hours'], range: Span): Span[] {
  const spans: Span[] = []
  const starts = Math.max(from, range.from)
  const ends = Math.min(to, range.to)
  // A day early for hours that go over midnight.
  const firstDay = Math.floor((starts + offsetMs) / DAY_MS) - 1
  for (let day = firstDay; day * DAY_MS - offsetMs < ends; day++) {
    // 1970-01-01, day 0, was a Thursday.
    const weekday = WEEKDAYS[(((day + 4) % 7) + 7) % 7]!
    const midnight = day * DAY_MS - offsetMs
    for (const { days, from: opens, until } of hours) {
      if (!days.includes(weekday)) continue
      const span = {
        from: Math.max(midnight + opens * MINUTE_MS, starts),
        to: Math.min(midnight + until * MINUTE_MS, ends),
      }
      if (span.from < span.to) spans.push(span)
    }
  }
  return spans
}
