import type { World } from '../world.ts'

/** Ids of the account's own counters, which rise and leave gaps, without a digest for each: a history needs millions. */
export function countIds(world: World): void {
  const { counters } = world.state
  const first = world.nextId
  world.nextId = (kind) => {
    const last = counters[kind]
    if (last === undefined || kind === 'ticket') return first(kind)
    counters[kind] = last + 1 + ((last * 31) % 89)
    return counters[kind]
  }
}
