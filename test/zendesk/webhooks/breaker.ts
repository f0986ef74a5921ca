import { type Instant, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'

const WINDOW_MS = 5 * MINUTE_MS
const PAUSE_MS = 5 * SECOND_MS
const MIN_REQUESTS = 100
const MAX_ERRORS = 1000
const MAX_ERROR_SHARE = 0.7

/**
 * The circuit breaker of one webhook.
 *
 * In five minutes with at least 100 requests, 70 % errors or more than 1,000 open it. Open, it lets nothing through for
 * 5 s, then one probe; a success closes it, a failure opens it for another 5 s.
 * Source: developer.zendesk.com, "Webhook circuit breaker".
 */
export function createBreaker() {
  let recent: { at: Instant; isError: boolean }[] = []
  let openUntil: Instant | null = null
  let isProbing = false

  return {
    /** Whether a request may go now. */
    allows(now: Instant): boolean {
      if (openUntil === null) return true
      if (now < openUntil || isProbing) return false
      isProbing = true
      return true
    },

    record(now: Instant, isError: boolean): void {
      if (openUntil !== null) {
        isProbing = false
        openUntil = isError ? now + PAUSE_MS : null
        if (!isError) recent = []
        return
      }
      recent = recent.filter((request) => request.at > now - WINDOW_MS)
      recent.push({ at: now, isError })
      const errors = recent.filter((request) => request.isError).length
      if (recent.length < MIN_REQUESTS) return
      if (errors > MAX_ERRORS || errors / recent.length >= MAX_ERROR_SHARE) openUntil = now + PAUSE_MS
    },
  }
}

export type Breaker = ReturnType<typeof createBreaker>
