import { iso } from '../http/times.ts'
import type { Webhook } from '../state/model.ts'
import type { World } from '../world.ts'
import { signWebhook } from './sign.ts'

export type WebhookRequest = { url: string; method: string; headers: Record<string, string>; body: string | null }

const CONTENT_TYPES: Record<string, string> = {
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  form_encoded: 'application/x-www-form-urlencoded; charset=utf-8',
}

/**
 * One HTTP request of an invocation, signed with the time it is sent at.
 *
 * Custom headers and authentication go to https endpoints only, loopback included.
 * Source: headers of a recorded attempt; "Anatomy of a webhook request".
 */
export function webhookRequest(world: World, webhook: Webhook, invocationId: string, payload: string): WebhookRequest {
  const hasBody = webhook.http_method !== 'GET' && webhook.http_method !== 'DELETE'
  const body = hasBody ? payload : ''
  const timestamp = iso(world.clock.now())
  const isSecure = webhook.endpoint.startsWith('https:')
  return {
    url: hasBody || !payload ? webhook.endpoint : withQuery(webhook.endpoint, payload),
    method: webhook.http_method,
    headers: {
      ...(isSecure ? webhook.custom_headers : {}),
      ...(isSecure ? authorization(webhook.authentication) : {}),
      ...(hasBody ? { 'Content-Type': CONTENT_TYPES[webhook.request_format] ?? CONTENT_TYPES.json! } : {}),
      'User-Agent': 'Zendesk Webhook',
      'X-Zendesk-Account-Id': String(world.state.account.id),
      'X-Zendesk-Webhook-Id': webhook.id,
      'X-Zendesk-Webhook-Invocation-Id': invocationId,
      'X-Zendesk-Webhook-Signature-Timestamp': timestamp,
      'X-Zendesk-Webhook-Signature': signWebhook(webhook.secret, timestamp, body),
    },
    body: hasBody ? body : null,
  }
}

function withQuery(endpoint: string, query: string): string {
  return `${endpoint}${endpoint.includes('?') ? '&' : '?'}${query}`
}

function authorization(authentication: Webhook['authentication']): Record<string, string> {
  const data = (authentication?.data ?? {}) as Record<string, string>
  switch (authentication?.type) {
    case 'basic_auth':
      return { Authorization: `Basic ${Buffer.from(`${data.username}:${data.password}`).toString('base64')}` }
    case 'bearer_token':
      return { Authorization: `Bearer ${data.token}` }
    case 'api_key':
      return { [data.name ?? 'X-Api-Key']: data.value ?? '' }
    default:
      return {}
  }
}
