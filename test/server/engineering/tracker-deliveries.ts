import type { Tracker } from '../../../core/engineering/tracker.ts'
import { hmac, hubSignature } from '../../../server/engineering/proof.ts'

export const SECRETS: Record<Tracker, string> = {
  github: 'the secret of the webhook at GitHub',
  gitlab: 'the token of the webhook at GitLab',
  jira: 'the secret of the webhook at Jira',
  linear: 'lin_wh_the_secret_of_the_webhook',
}

export type Sending = { id?: string | null; secret?: string; headers?: Record<string, string>; raw?: string | Buffer }

let deliveries = 0

/** A delivery as the tracker sends it, with what a test wants to be wrong about it. */
export function sendFrom(tracker: Tracker, url: string, body: unknown, sending: Sending = {}): Promise<Response> {
  const { id = `delivery-${++deliveries}`, secret = SECRETS[tracker], raw } = sending
  const bytes = Buffer.from(raw ?? JSON.stringify(body))
  const headers = { 'content-type': 'application/json', ...headersOf(tracker, bytes, id, secret), ...sending.headers }
  return fetch(`${url}/webhooks/engineering/${tracker}`, { method: 'POST', headers, body: bytes })
}

function headersOf(tracker: Tracker, body: Buffer, id: string | null, secret: string): Record<string, string> {
  const named = (name: string) => (id === null ? {} : { [name]: id })
  switch (tracker) {
    case 'github':
      return {
        'x-github-event': 'issues',
        'x-hub-signature-256': hubSignature(body, secret),
        ...named('x-github-delivery'),
      }
    case 'gitlab':
      return { 'x-gitlab-event': 'Issue Hook', 'x-gitlab-token': secret, ...named('idempotency-key') }
    case 'jira':
      return { 'x-hub-signature': hubSignature(body, secret), ...named('x-atlassian-webhook-identifier') }
    case 'linear':
      return { 'linear-event': 'Issue', 'linear-signature': hmac(body, secret), ...named('linear-delivery') }
  }
}
