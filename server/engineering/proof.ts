import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Tracker } from '../../core/engineering/tracker.ts'
import { type Instant, MINUTE_MS } from '../../core/units.ts'

/** What a request says about who sent it. */
export type Verdict = 'proven' | 'unsigned' | 'bad-signature' | 'stale'

export type Sent = { body: Buffer; header(name: string): string | undefined }

type Proof = {
  /** The header with the signature. */
  header: string
  isProven(sent: Sent, given: string, secret: string): boolean
  /** When it was sent, where that is part of what was signed. */
  sentAt?(body: Buffer): Instant | null
}

/** Linear names a minute; a minute more allows for clocks that differ. */
const WINDOW_MS = 2 * MINUTE_MS

/**
 * How each tracker proves who it is, over the bytes as they came.
 * Sources: https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries,
 * https://docs.gitlab.com/user/project/integrations/webhooks/#create-a-webhook (a token, no signature),
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks,
 * https://linear.app/developers/webhooks#securing-webhooks
 */
const PROOFS: Record<Tracker, Proof> = {
  github: { header: 'x-hub-signature-256', isProven: isHubSigned },
  gitlab: { header: 'x-gitlab-token', isProven: (_sent, given, secret) => isSame(given, secret) },
  jira: { header: 'x-hub-signature', isProven: isHubSigned },
  linear: {
    header: 'linear-signature',
    isProven: ({ body }, given, secret) => isSame(given.toLowerCase(), hmac(body, secret)),
    sentAt: stampIn,
  },
}

/** @param secrets the current one and, during a rotation, the previous one */
export function judge(tracker: Tracker, sent: Sent, secrets: readonly string[], now: Instant): Verdict {
  const { header, isProven, sentAt } = PROOFS[tracker]
  const given = sent.header(header)
  if (!given) return 'unsigned'
  if (!secrets.some((secret) => isProven(sent, given, secret))) return 'bad-signature'
  if (!sentAt) return 'proven'
  const at = sentAt(sent.body)
  return at !== null && Math.abs(now - at) <= WINDOW_MS ? 'proven' : 'stale'
}

/**
 * What tells one delivery from another, the same on every retry; for a server that is too old to send one, its body.
 * GitLab's event id is shared by events that follow from one another.
 */
export function deliveryIdOf(tracker: Tracker, { body, header }: Sent): string {
  const digest = () => createHash('sha256').update(body).digest('base64url')
  const event = header('x-gitlab-event-uuid')
  const given = {
    github: header('x-github-delivery'),
    gitlab: header('idempotency-key') ?? (event && `${event} ${digest()}`),
    jira: header('x-atlassian-webhook-identifier'),
    linear: header('linear-delivery'),
  }[tracker]
  return given && /^[\x21-\x7e ]{1,200}$/.test(given) ? given : `body ${digest()}`
}

/** `sha256=` and the HMAC in hexadecimal. */
export function hubSignature(body: Buffer, secret: string): string {
  return `sha256=${hmac(body, secret)}`
}

export function hmac(body: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

function isHubSigned({ body }: Sent, given: string, secret: string): boolean {
  return isSame(given, hubSignature(body, secret))
}

/** In a time that depends on neither text: their digests are compared. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(a!, b!)
}

/** `webhookTimestamp`, in milliseconds; only read once the signature holds. */
function stampIn(body: Buffer): Instant | null {
  try {
    const { webhookTimestamp: at } = JSON.parse(body.toString('utf8')) as { webhookTimestamp?: unknown }
    return typeof at === 'number' ? at : null
  } catch {
    return null
  }
}
