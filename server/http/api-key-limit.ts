import { type Clock, type Instant, MINUTE_MS } from '../../core/units.ts'

/** How many requests a key may make: so many at once, and so many a minute in the long run. */
export type Limit = { burst: number; perMinute: number }

export const KEY_LIMIT: Limit = { burst: 60, perMinute: 120 }

/** Takes one request of a key's; answers how many ms to wait for the next, 0 when this one may pass. */
export type KeyLimiter = (key: string) => number

/**
 * A token bucket for each key, in memory: every server counts for itself, and a restart fills them all. It only ever
 * hears of keys that are valid, so there are no more buckets than keys.
 */
export function createKeyLimiter(clock: Clock, { burst, perMinute }: Limit = KEY_LIMIT): KeyLimiter {
  const buckets = new Map<string, { tokens: number; at: Instant }>()
  const perMs = perMinute / MINUTE_MS

  return (key) => {
    const now = clock.now()
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now }
    const full = Math.min(burst, tokens + Math.max(0, now - at) * perMs)
    const isLet = full >= 1
    buckets.set(key, { tokens: isLet ? full - 1 : full, at: now })
    return isLet ? 0 : Math.ceil((1 - full) / perMs)
  }
}
