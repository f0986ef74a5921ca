import { createHmac, randomBytes } from 'node:crypto'

/** Zendesk's published secret, used only to test a webhook that is not saved yet. Anyone can sign with it. */
export const STATIC_TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='

/**
 * The signature of a webhook request.
 *
 * The secret is used as the text it is, though it looks like base64; timestamp and raw body are joined without separator.
 * Source: developer.zendesk.com, "Verifying webhook authenticity".
 */
export function signWebhook(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(timestamp).update(body).digest('base64')
}

/** A new signing secret: 44 characters that look like base64. */
export function newSigningSecret(hex?: string): string {
  return (hex ? Buffer.from(hex, 'hex') : randomBytes(32)).toString('base64')
}
