import type { Instant } from '../../core/units.ts'

/**
 * What to do next: `conflict` read again and decide again; `collision` and `unavailable` try again; `rate-limited` try
 * again at `retryAt`; the others need a person.
 */
export type ZendeskFailure =
  | 'rate-limited'
  | 'conflict'
  | 'collision'
  | 'not-found'
  | 'denied'
  | 'rejected'
  | 'unavailable'

export type ZendeskErrorOptions = {
  /** A stable word: `ticket-closed`, `insufficient-scope`, `timeout`, `half-an-answer` … */
  reason: string
  status?: number | undefined
  retryAt?: Instant | undefined
  /** Zendesk's `x-request-id`, which its support asks for. */
  requestId?: string | undefined
}

/**
 * A Zendesk call that did not succeed. The message names the call and the answer, never a token or a customer's text;
 * there is no `cause`, because an HTTP error carries the request with its headers and body.
 */
export class ZendeskError extends Error {
  override readonly name = 'ZendeskError'
  readonly failure: ZendeskFailure
  readonly reason: string
  readonly status: number | null
  /** Earliest instant at which Zendesk asked us to try again, if it did. */
  readonly retryAt: Instant | null
  readonly requestId: string | null

  constructor(failure: ZendeskFailure, message: string, options: ZendeskErrorOptions) {
    super(message)
    this.failure = failure
    this.reason = options.reason
    this.status = options.status ?? null
    this.retryAt = options.retryAt ?? null
    this.requestId = options.requestId ?? null
  }
}

/** Whether the same call may succeed later without anybody doing anything. */
export function isTransient({ failure }: ZendeskError): boolean {
  return ['rate-limited', 'conflict', 'collision', 'unavailable'].includes(failure)
}
