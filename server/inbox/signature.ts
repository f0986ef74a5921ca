import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Instant, MINUTE_MS } from '../../core/units.ts'

/** What a webhook's headers and secret say about who sent it. */
export type SignatureVerdict = 'signed' | 'unsigned' | 'stale' | 'test-secret' | 'bad-signature'

/**
 * Zendesk signs "Test webhook" of a webhook that is not saved yet with this secret. It is in their documentation, so
 * a signature made with it proves nothing.
 * Source: https://developer.zendesk.com/documentation/webhooks/verifying/
 */
export const PUBLISHED_TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='

/** Longer than all of Zendesk's attempts at one delivery take; it may or may not sign each anew. */
const WINDOW_MS = 10 * MINUTE_MS

export type SignedRequest = { body: Buffer; timestamp: string | undefined; signature: string | undefined }

/**
 * Judges a webhook's signature: base64 of HMAC-SHA256, keyed with the secret's own characters, over the timestamp and
 * the body's bytes as they came.
 *
 * @param secrets the current one and, during a rotation, the previous one
 * Source: https://developer.zendesk.com/documentation/webhooks/verifying/
 */
export function judgeSignature(request: SignedRequest, secrets: string[], now: Instant): SignatureVerdict {
  const { timestamp, signature } = request
  if (!timestamp || !signature) return 'unsigned'
  const isOurs = secrets.some((secret) => secret !== PUBLISHED_TEST_SECRET && isSignedWith(request, secret))
  if (!isOurs) return isSignedWith(request, PUBLISHED_TEST_SECRET) ? 'test-secret' : 'bad-signature'
  const sentAt = Date.parse(timestamp)
  return Math.abs(now - sentAt) <= WINDOW_MS ? 'signed' : 'stale'
}

/** What Zendesk would send as signature. */
export function sign(body: Buffer, timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(timestamp).update(body).digest('base64')
}

function isSignedWith({ body, timestamp, signature }: SignedRequest, secret: string): boolean {
  const expected = Buffer.from(sign(body, timestamp!, secret))
  const given = Buffer.from(signature!)
  return expected.length === given.length && timingSafeEqual(expected, given)
}
