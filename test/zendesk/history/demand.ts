import { DAY_MS, HOUR_MS, type Instant } from '../../../core/units.ts'
import type { Random } from '../../support/random.ts'
import { fraction } from './draw.ts'

/** Something that went wrong for many customers at once. */
export type Spike = { from: Instant; to: Instant; theme: number; factor: number }

export type Arrival = { at: Instant; spike: Spike | null }

export type Demand = { from: Instant; until: Instant; count: number; themes: number }

/** Sunday first. */
const WEEK = [0.2, 1.45, 1.2, 1.1, 1.05, 0.9, 0.26]
/** By the hour in UTC: Europe in the morning, both sides of the ocean in the afternoon, America after that. */
const DAY = [6, 4, 3, 3, 4, 8, 22, 48, 70, 74, 66, 58, 62, 82, 96, 92, 80, 60, 44, 36, 28, 20, 13, 9]
/** Month and day on which most customers are away. */
const QUIET = new Set([
  '12-24',
  '12-25',
  '12-26',
  '12-27',
  '12-28',
  '12-29',
  '12-30',
  '12-31',
  '01-01',
  '05-01',
  '10-03',
])

/** When tickets come: by day and week, growing over time, fewer on holidays, more while something is broken. */
export function arrivalsOf({ from, until, count, themes }: Demand, random: Random): Arrival[] {
  const spikes = spikesBetween(from, until, themes, random)
  const hours = Math.ceil((until - from) / HOUR_MS)
  const sums: number[] = []
  let total = 0
  for (let hour = 0; hour < hours; hour++) {
    const at = from + hour * HOUR_MS
    total += weightOf(at, (at - from) / (until - from)) * (1 + (spikeAt(spikes, at)?.factor ?? 0))
    sums.push(total)
  }
  return Array.from({ length: count }, () => draw()).sort((a, b) => a.at - b.at)

  function draw(): Arrival {
    const hour = firstAbove(sums, fraction(random) * total)
    const at = Math.min(until - 1, from + hour * HOUR_MS + random.between(0, HOUR_MS - 1))
    const spike = spikeAt(spikes, at)
    const isOfSpike = spike !== null && random.chance(spike.factor / (1 + spike.factor))
    return { at, spike: isOfSpike ? spike : null }
  }
}

function weightOf(at: Instant, progress: number): number {
  const date = new Date(at)
  const isQuiet = QUIET.has(date.toISOString().slice(5, 10))
  const growth = 1 + 0.8 * progress
  return WEEK[date.getUTCDay()]! * DAY[date.getUTCHours()]! * growth * (isQuiet ? 0.3 : 1)
}

/** About one in two weeks, more of them around the releases of spring and autumn. */
function spikesBetween(from: Instant, until: Instant, themes: number, random: Random): Spike[] {
  const spikes: Spike[] = []
  for (let at = from + random.between(2, 12) * DAY_MS; at < until; at += random.between(6, 22) * DAY_MS) {
    const month = new Date(at).getUTCMonth()
    const isRelease = month === 2 || month === 8
    const begins = at - (at % DAY_MS) + random.between(6, 15) * HOUR_MS
    spikes.push({
      from: begins,
      to: begins + random.between(4, 30) * HOUR_MS,
      theme: random.between(0, themes - 1),
      factor: (isRelease ? 1.2 : 0.6) + fraction(random),
    })
  }
  return spikes
}

function spikeAt(spikes: readonly Spike[], at: Instant): Spike | null {
  return spikes.find(({ from, to }) => at >= from && at < to) ?? null
}

function firstAbove(sums: readonly number[], wanted: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle]! > wanted) high = middle
    else low = middle + 1
  }
  return low
}
