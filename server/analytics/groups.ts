import type { MeasureId, ReportDimension, ReportRequest } from '../../core/contract/report.ts'
import type { Slice } from '../../core/metrics/slices.ts'
import { addTo, noSums, type Sums } from '../../core/metrics/sums.ts'
import type { Instant } from '../../core/units.ts'
import type { CaseDimension } from './add-up.ts'

export type Filters = ReportRequest['filters']

/** What to count: which measures, within which slices of time, apart by what, and of which values alone. */
export type Question = {
  /** Where the window begins; slices begin where anything is known. */
  from: Instant
  measures: readonly MeasureId[]
  zone: string
  slices: readonly Slice[]
  by: readonly ReportDimension[]
  filters: Filters
}

/** Values of the dimensions of a question, in their order; empty for nothing. */
export type GroupKey = readonly string[]

export type Groups<T> = Map<string, { key: GroupKey; values: Map<MeasureId, T> }>

export function caseDimensions(names: readonly string[]): CaseDimension[] {
  return names.filter((name): name is CaseDimension => name !== 'week' && name !== 'month')
}

/** @param values of the dimensions that are not time, in order */
export function keyOf({ by, slices }: Question, slice: number, values: readonly string[]): GroupKey {
  const left = [...values]
  return by.map((dimension) => {
    if (dimension === 'week' || dimension === 'month') return slices[slice]![dimension]!
    return left.shift()!
  })
}

export function putInto<T>(groups: Groups<T>, key: GroupKey, measure: MeasureId, merge: (old: T | null) => T): void {
  const id = JSON.stringify(key)
  const group = groups.get(id) ?? { key, values: new Map() }
  group.values.set(measure, merge(group.values.get(measure) ?? null))
  groups.set(id, group)
}

export function addSums(groups: Groups<Sums>, key: GroupKey, measure: MeasureId, sums: Sums): void {
  putInto(groups, key, measure, (old) => addTo(old ?? noSums(), sums))
}

/** Numbers by their size, words by the alphabet, nothing last. */
export function compareKeys(a: GroupKey, b: GroupKey): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]!
    if (left === right) continue
    if (left === '' || right === '') return left === '' ? 1 : -1
    const [x, y] = [Number(left), Number(right)]
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y
    return left < right ? -1 : 1
  }
  return 0
}
