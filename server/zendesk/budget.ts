import { type Clock, type Instant, MINUTE_MS } from '../../core/units.ts'
import type { HeaderReader } from './retry-at.ts'

/** `interactive`: somebody waits, for a preview or for their ticket to move. `background`: exports and the like. */
export type Lane = 'interactive' | 'background'

/** Calls per minute of the smallest plan, until an answer has told us the account's. Source: api.md 7.1 */
const LIMIT_UNTIL_KNOWN = 200
/** We share the account's limit with the agents' own tools and other integrations. */
const OUR_SHARE = 0.5
/** A job that is held back needs about so many calls when it comes back. */
const CALLS_PER_JOB = 4
/** Part of our share that background work leaves alone. */
const KEPT_FOR_INTERACTIVE = 0.3

export type Budget = {
  /** Takes a call out of the budget; answers the instant to come back at when there is none left. */
  take(lane: Lane): Instant | null
  /** Learns the account's limit from an answer's headers. */
  learn(header: HeaderReader): void
  /** Zendesk refused a call for its rate: nothing goes out before `until`. */
  stopUntil(until: Instant): void
  standing(): BudgetStanding
}

export type BudgetStanding = {
  /** The account's calls a minute; null until an answer has told it. */
  limit: number | null
  /** Calls that may go out now. */
  left: number
  /** Nothing goes out before it; null when calls may. */
  stoppedUntil: Instant | null
}

/** A token bucket that fills evenly and never holds more than half a minute's limit of the account. */
export function createBudget(clock: Clock): Budget {
  let perMinute = LIMIT_UNTIL_KNOWN * OUR_SHARE
  let tokens = perMinute
  let filledAt = clock.now()
  let stoppedUntil = 0
  let promisedUntil = 0
  let limit: number | null = null

  return { take, learn, stopUntil, standing }

  function take(lane: Lane): Instant | null {
    const now = clock.now()
    if (now < stoppedUntil) return stoppedUntil
    fill(now)
    const floor = lane === 'background' ? perMinute * KEPT_FOR_INTERACTIVE : 0
    const short = floor + 1 - tokens
    if (short > 0) return promise(now + spanOf(short))
    tokens -= 1
    return null
  }

  /** Those who are held back come back one after the other, not all for the same call. */
  function promise(at: Instant): Instant {
    const promised = Math.max(at, promisedUntil)
    promisedUntil = promised + spanOf(CALLS_PER_JOB)
    return promised
  }

  function spanOf(calls: number): number {
    return Math.ceil((calls / perMinute) * MINUTE_MS)
  }

  function learn(header: HeaderReader): void {
    const told = Number(header('x-rate-limit') ?? header('ratelimit-limit') ?? header('rate-limit'))
    if (!Number.isFinite(told) || told <= 0) return
    limit = told
    if (limit * OUR_SHARE === perMinute) return
    const used = perMinute - tokens
    perMinute = limit * OUR_SHARE
    tokens = Math.max(0, perMinute - used)
  }

  function stopUntil(until: Instant): void {
    stoppedUntil = Math.max(stoppedUntil, until)
  }

  function standing(): BudgetStanding {
    const now = clock.now()
    fill(now)
    const isStopped = now < stoppedUntil
    return { limit, left: isStopped ? 0 : Math.floor(tokens), stoppedUntil: isStopped ? stoppedUntil : null }
  }

  function fill(now: Instant): void {
    tokens = Math.min(perMinute, tokens + (Math.max(0, now - filledAt) / MINUTE_MS) * perMinute)
    filledAt = now
  }
}
