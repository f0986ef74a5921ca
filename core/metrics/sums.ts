import { EXCLUSIONS } from './case.ts'

/**
 * What cases of one measure add up to. Two of them add up to what their cases together would: also the percentiles,
 * because every amount is kept, in runs that are each in order.
 */
export type Sums = {
  hits: number
  misses: number
  open: number
  /** How many of each, in the order of `EXCLUSIONS`. */
  excluded: number[]
  /** Of the amounts of hits and misses. */
  total: number
  /** Amounts of durations, each run ascending. */
  runs: Int32Array[]
}

export function noSums(): Sums {
  return { hits: 0, misses: 0, open: 0, excluded: EXCLUSIONS.map(() => 0), total: 0, runs: [] }
}

/** Adds to `sums` in place: a window is made of hundreds of these. */
export function addTo(sums: Sums, more: Sums): Sums {
  sums.hits += more.hits
  sums.misses += more.misses
  sums.open += more.open
  sums.total += more.total
  more.excluded.forEach((count, index) => {
    sums.excluded[index]! += count
  })
  for (const run of more.runs) if (run.length > 0) sums.runs.push(run)
  return sums
}

export function amountsIn({ runs }: Sums): number {
  return runs.reduce((sum, run) => sum + run.length, 0)
}

/**
 * The amount that has `rank` - 1 before it in the order of all runs.
 *
 * It is looked for among the values, not by merging: each try counts with one binary search a run how many amounts are
 * no greater, and thirty-odd tries suffice however many there are.
 *
 * @param rank from 1 to the number of amounts
 */
export function ranked(runs: readonly Int32Array[], rank: number): number {
  let low = Math.min(...runs.map((run) => run[0]!))
  let high = Math.max(...runs.map((run) => run.at(-1)!))
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    let atMost = 0
    for (const run of runs) atMost += countAtMost(run, middle)
    if (atMost >= rank) high = middle
    else low = middle + 1
  }
  return low
}

/** The rank of the least amount that so many percent do not exceed. */
export function rankOf(count: number, percent: number): number {
  return Math.max(1, Math.ceil((percent / 100) * count))
}

function countAtMost(run: Int32Array, value: number): number {
  let low = 0
  let high = run.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (run[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
