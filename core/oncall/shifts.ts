import { EARLIEST, LATEST } from '../clock/zones.ts'
import type { Instant } from '../units.ts'
import { turnsOf } from './layer.ts'
import type { Email, Schedule, Source } from './schedule.ts'
import { overlay, type Span } from './spans.ts'

/** Somebody on call without a break. */
export type Shift = Span & {
  person: Email
  /** What puts them on call, in the order in which it takes over; each once. */
  sources: readonly Source[]
}

type Piece = Span & { person: Email; source: Source }

/**
 * Who is on call in [from, to): ascending, disjoint, and cut to the range. Each shift is as long as it can be: whoever
 * is on call next is somebody else, or comes after a gap. What no shift covers is a gap (`gapsIn`),
 * and so is everything before 1900 and after 2199.
 */
export function shifts(schedule: Schedule, from: Instant, to: Instant): Shift[] {
  const joined: (Shift & { sources: Source[] })[] = []
  for (const { source, ...piece } of piecesOf(schedule, { from, to })) {
    const last = joined.at(-1)
    if (last?.person !== piece.person || last.to !== piece.from) {
      joined.push({ ...piece, sources: [source] })
      continue
    }
    last.to = piece.to
    if (!last.sources.some((known) => isSame(known, source))) last.sources.push(source)
  }
  return joined
}

/** As `shifts`, but a new piece begins wherever another layer or override takes over. */
export function piecesOf(schedule: Schedule, { from, to }: Span): Piece[] {
  const range = { from: Math.max(from, EARLIEST), to: Math.min(to, LATEST) }
  if (!(range.from < range.to)) return []
  let pieces: Piece[] = []
  for (const layer of schedule.layers) {
    const source = { layer: layer.id }
    pieces = overlay(
      pieces,
      turnsOf(layer, range).map((turn) => ({ ...turn, source })),
    )
  }
  schedule.overrides.forEach(({ person, ...span }, index) => {
    const from = Math.max(span.from, range.from)
    const to = Math.min(span.to, range.to)
    if (from < to) pieces = overlay(pieces, [{ from, to, person, source: { override: index } }])
  })
  return pieces
}

function isSame(one: Source, other: Source): boolean {
  return 'layer' in one
    ? 'layer' in other && one.layer === other.layer
    : 'override' in other && one.override === other.override
}
