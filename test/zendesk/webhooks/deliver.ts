import type { WebhookAttempt } from '../state/model.ts'
import type { World } from '../world.ts'
import type { WebhookRequest } from './request.ts'
import type { Outcome } from './retry.ts'

/** What the log keeps of a receiver's answer, in characters. */
const LOGGED_CHARACTERS = 10_000

export type Delivery = { outcome: Outcome; response: WebhookAttempt['response'] }

/**
 * Sends one request and waits for its answer.
 *
 * The limit is counted on the world's clock, which tests move, and on the real one, so that a clock that stands still
 * never keeps a request open for ever.
 */
export async function deliver(
  world: World,
  request: WebhookRequest,
  timeoutMs: number,
  stop: AbortSignal,
): Promise<Delivery> {
  const limit = new AbortController()
  const unschedule = world.clock.schedule(world.clock.now() + timeoutMs, () => limit.abort())
  const timer = setTimeout(() => limit.abort(), timeoutMs)
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.any([limit.signal, stop]),
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
    return { outcome: { kind: limit.signal.aborted ? 'timeout' : 'unreachable' }, response: null }
  } finally {
    unschedule()
    clearTimeout(timer)
  }
}

function readRetryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after')
  return value !== null && /^\d+$/.test(value.trim()) ? Number(value) : null
}
