/**
 * What kept our server from answering, by what a person would do about it:
 * `server-down` wait, `not-installed` call the admin, `denied` call the admin, `bad-answer` update the app or the server.
 */
export type BatonFailure = 'server-down' | 'not-installed' | 'denied' | 'bad-answer'

export class BatonError extends Error {
  override readonly name = 'BatonError'
  readonly failure: BatonFailure

  constructor(failure: BatonFailure, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.failure = failure
  }
}

/**
 * Zendesk's proxy answers 422 when the app's settings can't be filled in, which is so when it is not installed.
 * @param status of the proxy's answer, 0 for none
 */
export function failureOf(status: number): BatonFailure {
  if (status === 422) return 'not-installed'
  if (status === 401 || status === 403) return 'denied'
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return 'bad-answer'
  return 'server-down'
}
