import type { ClockSignal } from '../clock/targets.ts'
import type { Returned } from '../escalation/life-state.ts'
import { compareMoments } from '../escalation/moments.ts'
import type { Escalation, HandOver, Moment } from '../escalation/state.ts'
import type { Instant } from '../units.ts'

/** What one tier and queue did while it had an escalation. */
export type Chapter = {
  index: number
  handOver: HandOver
  /** The hand-over that ended it; null for the last one. */
  next: HandOver | null
  /** The first of each that was reported. */
  first(signal: ClockSignal): Moment | null
  returns: Returned[]
}

export function chaptersOf({ handOvers, signals, returns }: Escalation): Chapter[] {
  const inOrder = signals.toSorted(compareMoments)
  return handOvers.map((handOver, index) => {
    const next = handOvers[index + 1] ?? null
    const isWithin = (one: Moment) =>
      compareMoments(one, handOver) >= 0 && (next === null || compareMoments(one, next) < 0)
    return {
      index,
      handOver,
      next,
      first: (signal) => inOrder.find((one) => one.signal === signal && isWithin(one)) ?? null,
      returns: returns.filter(isWithin),
    }
  })
}

/** The tier that had it at an instant; before the first one, that. */
export function chapterAt(chapters: readonly Chapter[], at: Instant): Chapter {
  return chapters.findLast(({ handOver }) => handOver.at <= at) ?? chapters[0]!
}
