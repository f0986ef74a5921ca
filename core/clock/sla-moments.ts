import type { Instant } from '../units.ts'
import type { ClockState } from './sla-state.ts'

/** A warning or the breach of a clock. `isReached` says whether it has happened or is expected. */
export type Moment = { at: Instant; isReached: boolean } & ({ kind: 'warning'; percent: number } | { kind: 'breach' })

/**
 * What a clock has to tell, in order: what was reached, then what is expected if nothing changes. One instant tells one
 * thing, the gravest: a target that is found used up is one breach, not a warning for each percentage as well.
 */
export function momentsOf(clock: ClockState): Moment[] {
  const moments: Moment[] = clock.warnings.flatMap(({ percent, at, isReached }) =>
    at === null ? [] : [{ kind: 'warning' as const, percent, at, isReached }],
  )
  const breachAt = clock.breachedAt ?? clock.deadline
  if (breachAt !== null) moments.push({ kind: 'breach', at: breachAt, isReached: clock.breachedAt !== null })
  const inTime = moments.toSorted((a, b) => a.at - b.at)
  return inTime.filter(({ at }, index) => inTime[index + 1]?.at !== at)
}

/** When the clock has to be looked at next; null when it waits for somebody. */
export function nextDueAt(clock: ClockState): Instant | null {
  return momentsOf(clock).find(({ isReached }) => !isReached)?.at ?? null
}
