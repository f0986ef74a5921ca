import { shareOf } from '../review/share.ts'

/** [low, high] that holds the true value 19 times out of 20. */
export type Interval = [number, number]

/** Wilson's score interval of a share; null of nothing. */
export function wilson(hits: number, n: number): Interval | null {
  if (n === 0) return null
  const { low, high } = shareOf(hits, n)
  return [low, high]
}

/** With fewer amounts the ends of an interval of a percentile would be the least and the greatest. */
export const LEAST_FOR_PERCENTILE = 6

/**
 * The ranks at which the bootstrap interval of the amount of a rank begins and ends.
 *
 * Drawing samples is not needed: of n amounts drawn with replacement, the one of rank r is at most the j-th exactly when
 * at least r of the draws are among the first j, which is a binomial tail. So the answer is exact and always the same.
 * Source: Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7 (1979), section 3;
 * Maritz and Jarrett, A note on estimating the variance of the sample median, JASA 73 (1978).
 *
 * @returns null for fewer than `LEAST_FOR_PERCENTILE` amounts
 */
export function bootstrapRanks(n: number, rank: number): [number, number] | null {
  if (n < LEAST_FOR_PERCENTILE) return null
  const id = `${n}/${rank}`
  const ranks = KNOWN.get(id) ?? ([firstRankWith(n, rank, 0.025), firstRankWith(n, rank, 0.975)] as const)
  if (n <= ADDED_UP && KNOWN.size < MOST_KNOWN) KNOWN.set(id, ranks)
  return [...ranks]
}

/** Tails take a while to add up, and a report asks for the same few sizes again and again. */
const KNOWN = new Map<string, readonly [number, number]>()
const MOST_KNOWN = 2000

/** The lowest rank that a drawn sample's amount of `rank` does not exceed with that probability. */
function firstRankWith(n: number, rank: number, probability: number): number {
  let low = 1
  let high = n
  while (low < high) {
    const middle = (low + high) >>> 1
    if (atLeast(n, rank, middle / n) >= probability) high = middle
    else low = middle + 1
  }
  return low
}

/** Up to here the binomial tail is added up; above, the normal distribution is nearer than one rank. */
const ADDED_UP = 1000

/** The probability that at least `wanted` of n draws hit, each with probability p. */
function atLeast(n: number, wanted: number, p: number): number {
  if (p >= 1) return 1
  if (n > ADDED_UP) return 1 - normal((wanted - 0.5 - n * p) / Math.sqrt(n * p * (1 - p)))
  let logTerm = n * Math.log1p(-p)
  const step = Math.log(p) - Math.log1p(-p)
  let below = 0
  for (let hits = 0; hits < wanted; hits++) {
    below += Math.exp(logTerm)
    logTerm += Math.log(n - hits) - Math.log(hits + 1) + step
  }
  return 1 - below
}

/** The standard normal distribution. Source: Abramowitz and Stegun, 26.2.17; off by less than 1e-7. */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))) *
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI))
  return x >= 0 ? 1 - tail : tail
}
