import type { WebhookAttempt } from '../state/model.ts'
import type { WebhookRequest } from './request.ts'
import type { Outcome } from './retry.ts'

/** What the log keeps of a receiver's answer, in characters. */
const LOGGED_CHARACTERS = 10_000

export type Delivery = { outcome: Outcome; response: WebhookAttempt['response'] }

/**
 * Sends one request and waits for its answer.
 *
 * The limit is counted in real time, which the receiver lives in too: moving the world's clock far ahead must not cut
 * off a request that is just being answered.
 */
export async function deliver(request: WebhookRequest, timeoutMs: number, stop?: AbortSignal): Promise<Delivery> {
  const limit = AbortSignal.timeout(timeoutMs)
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: stop ? AbortSignal.any([limit, stop]) : limit,
    })
    const payload = await answer.text()
    return {
      outcome: { kind: 'answered', statusCode: answer.status, retryAfterSeconds: readRetryAfter(answer.headers) },
      response: {
        headers: [...answer.headers].map(([key, value]) => ({ key, value })),
        payload: payload.slice(0, LOGGED_CHARACTERS),
      },
    }
  } catch {
    return { outcome: { kind: limit.aborted ? 'timeout' : 'unreachable' }, response: null }
  }
}

function readRetryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')
  return value !== null && /^\d+$/.test(value.trim()) ? Number(value) : null
}
