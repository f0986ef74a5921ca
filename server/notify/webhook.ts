import { createHmac } from 'node:crypto'
import { renderWebhook } from '../../core/notice/render-webhook.ts'
import type { Clock } from '../../core/units.ts'
import { notConfigured } from './error.ts'
import { createPost, refuse } from './http.ts'
import type { Sender } from './sender.ts'

const NAME = 'The webhook'

/**
 * Posts JSON to an address of yours. `baton-signature` is `v1=` and the hex HMAC-SHA256 of timestamp, a full stop and the body;
 * the idempotency key is the same however often a notice is sent, and it may be sent twice.
 *
 * @param urlOf the address that the account's policy names; null when it names none any more
 */
export function createWebhook(
  secret: string,
  urlOf: (accountId: number) => Promise<string | null>,
  clock: Clock,
): Sender {
  const post = createPost(NAME)
  return async ({ accountId, fold, batch }) => {
    const url = await urlOf(accountId)
    if (url === null) throw notConfigured('The webhook')
    const body = JSON.stringify(renderWebhook(fold))
    const timestamp = String(Math.floor(clock.now() / 1000))
    const answer = await post(url, body, {
      'content-type': 'application/json',
      'idempotency-key': batch,
      'baton-timestamp': timestamp,
      'baton-signature': sign(secret, timestamp, body),
    })
    if (answer.status < 200 || answer.status > 299) throw refuse(NAME, answer, clock)
    return { externalId: batch }
  }
}

export function sign(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
}
