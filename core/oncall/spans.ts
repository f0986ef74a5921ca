import type { Instant } from '../units.ts'

/** A half-open span [from, to). Lists of spans are ascending and disjoint. */
export type Span = { from: Instant; to: Instant }

/** Joins spans that touch or overlap. They come in any order. */
export function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (to <= from) continue
    const last = joined.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else joined.push({ from, to })
  }
  return joined
}

/** What of `pieces` lies within `windows`, cut at their edges. */
export function within<T extends Span>(pieces: readonly T[], windows: readonly Span[]): T[] {
  const kept: T[] = []
  let next = 0
  for (const piece of pieces) {
    while (next < windows.length && windows[next]!.to <= piece.from) next++
    for (let index = next; index < windows.length && windows[index]!.from < piece.to; index++) {
      const { from, to } = windows[index]!
      kept.push({ ...piece, from: Math.max(piece.from, from), to: Math.min(piece.to, to) })
    }
  }
  return kept
}

/** `upper` whole, and of `lower` what it leaves free. */
export function overlay<T extends Span>(lower: readonly T[], upper: readonly T[]): T[] {
  if (upper.length === 0) return [...lower]
  const free = gapsIn(upper, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY })
  return [...within(lower, free), ...upper].sort((a, b) => a.from - b.from)
}

/** The parts of `range` that no piece covers. */
export function gapsIn(pieces: readonly Span[], range: Span): Span[] {
  const gaps: Span[] = []
  let free = range.from
  for (const { from, to } of pieces) {
    if (to <= range.from) continue
    if (from >= range.to) break
    if (from > free) gaps.push({ from: free, to: from })
    free = Math.max(free, to)
  }
  if (free < range.to) gaps.push({ from: free, to: range.to })
  return gaps
}
