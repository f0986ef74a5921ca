import type { MeasureDefinition, MeasureValue } from '../contract/report.ts'
import { EXCLUSION_WORDS, EXCLUSIONS } from './case.ts'
import { bootstrapRanks, wilson } from './intervals.ts'
import { amountsIn, ranked, rankOf, type Sums } from './sums.ts'

const SECONDS_AN_HOUR = 3600

/** What people get to read of sums. */
export function measureValue(sums: Sums, { kind }: Pick<MeasureDefinition, 'kind'>): MeasureValue {
  const { hits, misses, open, excluded } = sums
  const common = {
    ...{ value: null, reason: null, hits: null, interval: null, mean: null, p75: null, p90: null, open },
    excluded: EXCLUSIONS.flatMap((why, index) =>
      excluded[index]! > 0 ? [{ why: EXCLUSION_WORDS[why], count: excluded[index]! }] : [],
    ),
  }
  const n = hits + misses
  if (kind === 'count') return { ...common, value: n + open, n: n + open }
  if (n === 0) return { ...common, n, reason: open > 0 ? 'Nothing is decided yet' : 'Nothing in this window' }
  if (kind === 'share') return { ...common, n, hits, value: hits / n, interval: wilson(hits, n) }
  if (kind === 'mean') return { ...common, n, value: sums.total / n, mean: sums.total / n }
  return { ...common, n, ...spread(sums) }
}

/** Of durations: the median with its interval, the mean, and how slow the slow ones are. */
function spread(sums: Sums): Pick<MeasureValue, 'value' | 'interval' | 'mean' | 'p75' | 'p90'> {
  const { runs, total } = sums
  const count = amountsIn(sums)
  const hours = (rank: number) => ranked(runs, rank) / SECONDS_AN_HOUR
  const middle = rankOf(count, 50)
  const ranks = bootstrapRanks(count, middle)
  return {
    value: hours(middle),
    interval: ranks && [hours(ranks[0]), hours(ranks[1])],
    mean: total / count / SECONDS_AN_HOUR,
    p75: hours(rankOf(count, 75)),
    p90: hours(rankOf(count, 90)),
  }
}

/** A value there is none of, and why. */
export function noValue(reason: string, n = 0): MeasureValue {
  return {
    ...{ value: null, reason, n, hits: null, interval: null, mean: null, p75: null, p90: null, open: 0, excluded: [] },
  }
}
