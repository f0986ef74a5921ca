import { bootstrapRanks } from '../metrics/intervals.ts'

/** The median of some spans, with the interval that holds the true one 19 times out of 20; nulls where there is nothing to say. */
export type Spread = { n: number; medianMs: number | null; interval: [number, number] | null }

export function spreadOf(spans: readonly number[]): Spread {
  const sorted = spans.toSorted((a, b) => a - b)
  const n = sorted.length
  if (n === 0) return { n, medianMs: null, interval: null }
  const rank = Math.ceil(n / 2)
  const ranks = bootstrapRanks(n, rank)
  return { n, medianMs: sorted[rank - 1]!, interval: ranks && [sorted[ranks[0] - 1]!, sorted[ranks[1] - 1]!] }
}

/** Whether one is shorter beyond doubt; null while the intervals meet or are not known. */
export function isShorter(one: Spread, other: Spread): boolean | null {
  if (!one.interval || !other.interval) return null
  if (one.interval[1] < other.interval[0]) return true
  return one.interval[0] > other.interval[1] ? false : null
}
