import { shareOf } from '../review/share.ts'
import { DAY_MS, type Instant } from '../units.ts'

const WEEK_MS = 7 * DAY_MS
/** Over less time a rate says nothing. */
const LEAST_MS = 2 * WEEK_MS

/** How often something came before an instant and after it. */
export type RateChange = {
  beforeAWeek: number
  afterAWeek: number
  /** After divided by before; null where nothing came before. */
  ratio: number | null
  /** 95 %. */
  interval: [number, number | null] | null
  verdict: 'fewer' | 'more' | 'unclear'
}

/**
 * Compares how often things came in [from, at) and in [at, to).
 *
 * Given how many came in all, how many of them came after is binomial, so Wilson's interval of that share gives one of the
 * ratio of the rates. Source: Krishnamoorthy and Thomson, A more powerful test for comparing two Poisson means, 2004, section 2
 *
 * @returns null where one of the two spans is too short
 */
export function compareRates(instants: readonly Instant[], from: Instant, at: Instant, to: Instant): RateChange | null {
  const [beforeMs, afterMs] = [at - from, to - at]
  if (beforeMs < LEAST_MS || afterMs < LEAST_MS) return null
  const before = instants.filter((one) => one >= from && one < at).length
  const after = instants.filter((one) => one >= at && one < to).length
  const { low, high } = shareOf(after, before + after)
  const asRatio = (share: number) => (share >= 1 ? null : (share / (1 - share)) * (beforeMs / afterMs))
  const interval: RateChange['interval'] = before + after === 0 ? null : [asRatio(low) ?? 0, asRatio(high)]
  return {
    beforeAWeek: (before * WEEK_MS) / beforeMs,
    afterAWeek: (after * WEEK_MS) / afterMs,
    ratio: before === 0 ? null : after / afterMs / (before / beforeMs),
    interval,
    verdict: verdictOf(interval),
  }
}

function verdictOf(interval: RateChange['interval']): RateChange['verdict'] {
  if (interval === null) return 'unclear'
  const [low, high] = interval
  if (high !== null && high < 1) return 'fewer'
  return low > 1 ? 'more' : 'unclear'
}
