import { type Instant, SECOND_MS } from '../../core/units.ts'

/** Headers by lower-case name. */
export type HeaderReader = (name: string) => string | undefined

/** When a refused call may be tried again: `Retry-After` (seconds or a date), else the reset of the limit it ran into. */
export function readRetryAt(header: HeaderReader, now: Instant): Instant | undefined {
  const after = header('retry-after')
  if (after !== undefined) {
    const seconds = Number(after)
    if (Number.isFinite(seconds)) return now + Math.max(0, seconds) * SECOND_MS
    const date = Date.parse(after)
    if (!Number.isNaN(date)) return date
  }
  const perTicket = /remaining=0\b.*resets=(\d+)/.exec(header('zendesk-ratelimit-per-ticket-updates') ?? '')
  const reset = perTicket?.[1] ?? header('ratelimit-reset') ?? header('rate-limit-reset')
  const seconds = Number(reset)
  return reset !== undefined && Number.isFinite(seconds) ? now + Math.max(0, seconds) * SECOND_MS : undefined
}
