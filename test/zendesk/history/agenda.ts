import type { Instant } from '../../../core/units.ts'
import type { MovableClock } from '../world.ts'

/** Somebody's story, told step by step: each `yield` waits until that instant has come. */
export type Life = AsyncGenerator<Instant, void, void>

type Entry = { at: Instant; order: number; run: () => unknown }

/**
 * What happens in a history, in the order of its time. Whoever does something may add what comes of it later; what lies
 * behind the end never happens.
 */
export type Agenda = {
  clock: MovableClock
  at(instant: Instant, run: () => unknown): void
  live(from: Instant, life: Life): void
  /** Runs everything before `until`, and leaves the clock there. */
  runUntil(until: Instant): Promise<void>
}

export function createAgenda(start: Instant): Agenda {
  let now = start
  let order = 0
  const heap: Entry[] = []
  const clock: MovableClock = {
    now: () => now,
    // Nothing here waits by the clock of the account.
    schedule: () => () => {},
    advance: async () => {},
  }
  return { clock, at, live, runUntil }

  function at(instant: Instant, run: () => unknown): void {
    push(heap, { at: Math.max(Math.round(instant), now), order: order++, run })
  }

  function live(from: Instant, life: Life): void {
    at(from, async () => {
      const { value, done } = await life.next()
      if (!done) live(value, life)
    })
  }

  async function runUntil(until: Instant): Promise<void> {
    while (heap.length > 0 && heap[0]!.at < until) {
      const entry = pop(heap)
      now = entry.at
      const result = entry.run()
      if (result instanceof Promise) await result
    }
    now = until
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

function push(heap: Entry[], entry: Entry): void {
  let place = heap.push(entry) - 1
  while (place > 0) {
    const parent = (place - 1) >> 1
    if (!isBefore(entry, heap[parent]!)) break
    heap[place] = heap[parent]!
    place = parent
  }
  heap[place] = entry
}

function pop(heap: Entry[]): Entry {
  const first = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return first
  let place = 0
  for (;;) {
    let child = 2 * place + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, last)) break
    heap[place] = heap[child]!
    place = child
  }
  heap[place] = last
  return first
}
