import { createRunningClock } from '../../support/clock.ts'
import type { Faults, MovableClock, World } from '../world.ts'
import { nextId, nextToken, nextUlid } from './ids.ts'
import type { State } from './model.ts'
import { createState } from './store.ts'

/** A world without a server: enough for the parts that only read and change the account. */
export function createWorld({
  clock = createRunningClock(),
  state,
  url = 'http://localhost:4600',
}: NewWorld = {}): World {
  const world: World = {
    clock,
    state: state ?? createState({ at: clock.now() }),
    url,
    nextId: (kind) => nextId(world.state, kind),
    nextUlid: () => nextUlid(world.state, clock.now()),
    nextToken: (length) => nextToken(world.state, length),
    fireWebhook: () => {},
    faults: noFaults(),
  }
  return world
}

type NewWorld = { clock?: MovableClock; state?: State; url?: string }

export function noFaults(): Faults {
  return { answers: [], duplicateWebhooks: 0, dropEveryNthWebhook: 0, reorderWebhooks: 0 }
}
