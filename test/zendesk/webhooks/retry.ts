import { SECOND_MS } from '../../../core/units.ts'

/** What came of one try. */
export type Outcome =
  | { kind: 'answered'; statusCode: number; retryAfterSeconds: number | null }
  | { kind: 'timeout' }
  | { kind: 'unreachable' }

export const MAX_RETRIES_ON_CONFLICT = 3
export const MAX_RETRIES_ON_RETRY_AFTER = 3
export const MAX_RETRIES_ON_TIMEOUT = 5

/** Gap before the next try where Zendesk documents none. */
const GAP_MS = 5 * SECOND_MS

/**
 * How long to wait before the next try, or null when there is none.
 *
 * 409 is tried again, 429 and 503 only when they ask for less than a minute, timeouts; nothing else, a 500 included.
 * Source: developer.zendesk.com, "Webhook retries". The gaps of 409 and timeout are not documented.
 *
 * @param tries how many were made so far, at least one
 */
export function retryDelayMs(outcome: Outcome, tries: number): number | null {
  if (outcome.kind === 'timeout') return tries <= MAX_RETRIES_ON_TIMEOUT ? GAP_MS : null
  if (outcome.kind === 'unreachable') return null
  const { statusCode, retryAfterSeconds } = outcome
  if (statusCode === 409) return tries <= MAX_RETRIES_ON_CONFLICT ? GAP_MS : null
  if (statusCode !== 429 && statusCode !== 503) return null
  if (retryAfterSeconds === null || retryAfterSeconds >= 60) return null
  return tries <= MAX_RETRIES_ON_RETRY_AFTER ? retryAfterSeconds * SECOND_MS : null
}

/** Word of the invocation log for an outcome after which nothing is tried again. */
export function finalStatus(outcome: Outcome, tries: number): string {
  if (outcome.kind === 'timeout') return 'timeout'
  if (outcome.kind === 'unreachable') return 'failed'
  if (outcome.statusCode >= 200 && outcome.statusCode < 300) return 'success'
  return tries > 1 ? 'failed' : 'terminated'
}
