import type { Instant } from '../../core/units.ts'
import type { MovableClock } from '../zendesk/world.ts'

type Wake = { at: Instant; order: number; run: () => void }

/** A clock that stands still until `advance` moves it. */
export function createStoppedClock(at: Instant | string): MovableClock {
  let now = typeof at === 'string' ? readInstant(at) : at
  let order = 0
  const wakes = new Set<Wake>()

  return {
    now: () => now,
    schedule(due, run) {
      const wake = { at: due, order: order++, run }
      wakes.add(wake)
      return () => void wakes.delete(wake)
    },
    async advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`A clock only moves forward, not by ${ms} ms`)
      const until = now + ms
      for (let wake = earliest(wakes, until); wake; wake = earliest(wakes, until)) {
        wakes.delete(wake)
        now = Math.max(now, wake.at)
        wake.run()
        await turn()
      }
      now = until
      await turn()
    },
  }
}

/** Real time plus an offset that `advance` enlarges. Its timers don't keep the process alive. */
export function createRunningClock(offsetMs = 0): MovableClock {
  let offset = offsetMs
  let order = 0
  const wakes = new Map<Wake, NodeJS.Timeout>()
  const now = () => Date.now() + offset

  return {
    now,
    schedule(due, run) {
      const wake = { at: due, order: order++, run }
      arm(wake)
      return () => drop(wake)
    },
    async advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`A clock only moves forward, not by ${ms} ms`)
      offset += ms
      for (let wake = earliest(wakes.keys(), now()); wake; wake = earliest(wakes.keys(), now())) {
        drop(wake)
        wake.run()
        await turn()
      }
      for (const wake of [...wakes.keys()]) {
        drop(wake)
        arm(wake)
      }
    },
  }

  function arm(wake: Wake): void {
    const waitMs = Math.min(Math.max(0, wake.at - now()), LONGEST_TIMER_MS)
    wakes.set(
      wake,
      setTimeout(() => {
        wakes.delete(wake)
        if (wake.at > now()) arm(wake)
        else wake.run()
      }, waitMs).unref(),
    )
  }

  function drop(wake: Wake): void {
    clearTimeout(wakes.get(wake))
    wakes.delete(wake)
  }
}

/** What `setTimeout` can hold; longer waits are armed again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function earliest(wakes: Iterable<Wake>, until: Instant): Wake | null {
  let first: Wake | null = null
  for (const wake of wakes) {
    if (wake.at > until) continue
    if (!first || wake.at < first.at || (wake.at === first.at && wake.order < first.order)) first = wake
  }
  return first
}

/** Lets promises and answers that are already on their way come through before time goes on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Reads `2026-03-06 10:00Z` and every other form `Date` knows. */
function readInstant(text: string): Instant {
  const instant = Date.parse(text.replace(/^(\d{4}-\d\d-\d\d) /, '$1T'))
  if (Number.isNaN(instant)) throw new RangeError(`Not a time: ${text}`)
  return instant
}
