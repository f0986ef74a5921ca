import type { Instant } from '../../core/units.ts'

/** What to do next: `refused` needs a person, `rate-limited` waits until `retryAt`, `unavailable` is tried again. */
export type NotifyFailure = 'refused' | 'rate-limited' | 'unavailable'

export type NotifyErrorOptions = {
  failure: NotifyFailure
  /** A stable word: that of the channel where it has one (`channel_not_found`), else ours (`timeout`). */
  reason: string
  /** Whether the channel certainly has not got it. After a lost answer nobody knows. */
  isCertain: boolean
  retryAt?: Instant
}

/**
 * A channel that did not take a message. It names call and answer, never a token, a key or what the message said, and has no
 * `cause`: what HTTP and mail clients throw carries the request.
 */
export class NotifyError extends Error {
  override readonly name = 'NotifyError'
  readonly failure: NotifyFailure
  readonly reason: string
  readonly isCertain: boolean
  readonly retryAt: Instant | null

  constructor(message: string, { failure, reason, isCertain, retryAt }: NotifyErrorOptions) {
    super(message)
    this.failure = failure
    this.reason = reason
    this.isCertain = isCertain
    this.retryAt = retryAt ?? null
  }
}

/** The server was not given what the channel needs. */
export function notConfigured(channel: string): NotifyError {
  return new NotifyError(`${channel} is not set up`, { failure: 'refused', reason: NOT_CONFIGURED, isCertain: true })
}

export const NOT_CONFIGURED = 'not-configured'

/** Something went wrong that has no word yet; whether it arrived is not known. */
export function asNotifyError(error: unknown): NotifyError {
  if (error instanceof NotifyError) return error
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown }
  const word = typeof code === 'string' ? code : String(name ?? 'fault')
  return new NotifyError(`It could not be sent (${word})`, {
    failure: 'unavailable',
    reason: 'internal-error',
    isCertain: false,
  })
}
