import type { HandOver } from './state.ts'

/** From this many hands on, handing it on again is not the way. */
export const THIRD = 3

/** The hand-overs to a queue that had it before within the episode. Baton's own raises are none: they go up. */
export function bouncesIn(handOvers: readonly HandOver[]): HandOver[] {
  return handOvers.filter(
    ({ queue, raisedFor }, index) =>
      raisedFor === null && handOvers.slice(0, index).some((earlier) => earlier.queue === queue),
  )
}
