import type { ReportDimension } from '../contract/report.ts'
import type { Instant } from '../units.ts'
import { type Part, partsWithin } from './parts.ts'

/** A stretch of a window, [from, to), that is one group in time. */
export type Slice = { from: Instant; to: Instant; week: string | null; month: string | null }

type Wanted = {
  zone: string
  by: readonly ReportDimension[]
  filters: Readonly<Partial<Record<ReportDimension, readonly string[]>>>
}

/** A window cut into the weeks and months that are asked for, without those that are filtered out. */
export function slicesOf(window: { from: Instant; to: Instant }, { zone, by, filters }: Wanted): Slice[] {
  const isTimed = [...by, ...Object.keys(filters)].some((dimension) => dimension === 'week' || dimension === 'month')
  if (!isTimed) return window.from < window.to ? [{ ...window, week: null, month: null }] : []
  const kept = partsWithin(zone, window.from, window.to).filter(
    ({ week, month }) => (filters.week?.includes(week) ?? true) && (filters.month?.includes(month) ?? true),
  )
  const slices: Slice[] = []
  for (const part of kept) {
    const slice: Slice = {
      from: Math.max(part.from, window.from),
      to: Math.min(part.to, window.to),
      week: by.includes('week') ? part.week : null,
      month: by.includes('month') ? part.month : null,
    }
    const last = slices.at(-1)
    if (last && last.to === slice.from && last.week === slice.week && last.month === slice.month) last.to = slice.to
    else slices.push(slice)
  }
  return slices
}

/** Where the cases of slices are found: whole parts that are added up, and what is left to count one by one. */
export type Sources = {
  parts: { from: Instant; slice: number }[]
  stretches: { from: Instant; to: Instant; slice: number }[]
}

/** @param isAddedUp null where nothing is added up by what is asked for */
export function sourcesOf(
  slices: readonly Slice[],
  zone: string,
  isAddedUp: ((part: Part) => boolean) | null,
): Sources {
  const sources: Sources = { parts: [], stretches: [] }
  slices.forEach(({ from, to }, slice) => {
    if (isAddedUp === null) {
      sources.stretches.push({ from, to, slice })
      return
    }
    for (const part of partsWithin(zone, from, to)) {
      if (part.from >= from && part.to <= to && isAddedUp(part)) {
        sources.parts.push({ from: part.from, slice })
        continue
      }
      const stretch = { from: Math.max(part.from, from), to: Math.min(part.to, to), slice }
      const last = sources.stretches.at(-1)
      if (last && last.slice === slice && last.to === stretch.from) last.to = stretch.to
      else sources.stretches.push(stretch)
    }
  })
  return sources
}
