import { InvalidArgumentError } from 'commander'
import { DAY_MS, type Instant } from '../../core/units.ts'

const USUAL_MS = 30 * DAY_MS
const DATE = /^\d{4}-\d{2}-\d{2}$/

/** `2026-03-01`, its midnight in UTC, or an instant of ISO 8601. @throws {InvalidArgumentError} for anything else */
export function readWhen(text: string): Instant {
  const at = Date.parse(DATE.test(text) ? `${text}T00:00:00Z` : text)
  const isReal = DATE.test(text) ? new Date(at || 0).toISOString().startsWith(text) : /T.*(Z|[+-]\d\d:\d\d)$/.test(text)
  if (!Number.isNaN(at) && isReal) return at
  throw new InvalidArgumentError('Write a day such as 2026-03-01, or an instant such as 2026-03-01T09:00:00Z.')
}

/** [from, to) as it was asked for; the last thirty days where it names none. */
export function windowOf({ from, to }: { from?: Instant; to?: Instant }, now: Instant): { from: Instant; to: Instant } {
  const until = to ?? now
  const since = from ?? until - USUAL_MS
  if (since < until) return { from: since, to: until }
  throw new Error('--from must come before --to.')
}
