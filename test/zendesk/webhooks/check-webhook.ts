import type { Webhook } from '../state/model.ts'

export const CONDITIONAL = 'conditional_ticket_events'

/** What an admin may set on a webhook; values come from outside. */
export type WebhookInput = Partial<Record<keyof WebhookSettings, unknown>>
export type WebhookSettings = Pick<
  Webhook,
  | 'name'
  | 'description'
  | 'endpoint'
  | 'http_method'
  | 'request_format'
  | 'status'
  | 'subscriptions'
  | 'custom_headers'
  | 'authentication'
>

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const FORMATS = ['json', 'xml', 'form_encoded']

/** Headers the sender sets itself. */
const RESERVED_HEADERS = /^(x-zendesk-.*|content-type|content-length|host|authorization|user-agent)$/i

/** The webhook's settings after the request, over `before`; unknown keys are ignored. */
export function mergeWebhook(before: WebhookSettings, input: WebhookInput): WebhookSettings {
  const merged: Record<string, unknown> = { ...before }
  for (const key of Object.keys(before)) {
    const value = input[key as keyof WebhookInput]
    if (value !== undefined) merged[key] = value
  }
  return merged as WebhookSettings
}

/** Everything wrong with a webhook's settings; empty when they may be saved. */
export function webhookProblems(webhook: WebhookSettings): string[] {
  const problems: string[] = []
  if (typeof webhook.name !== 'string' || !webhook.name.trim()) problems.push('name is required')
  if (!METHODS.includes(webhook.http_method)) problems.push(`http_method must be one of ${METHODS.join(', ')}`)
  if (!FORMATS.includes(webhook.request_format)) problems.push(`request_format must be one of ${FORMATS.join(', ')}`)
  if (webhook.status !== 'active' && webhook.status !== 'inactive') problems.push('status must be active or inactive')
  const url = typeof webhook.endpoint === 'string' ? URL.parse(webhook.endpoint) : null
  if (!url || !/^https?:$/.test(url.protocol)) problems.push('endpoint must be a valid http or https URL')
  problems.push(...subscriptionProblems(webhook), ...headerProblems(webhook.custom_headers))
  problems.push(...authenticationProblems(webhook.authentication))
  return problems
}

function subscriptionProblems({ subscriptions, http_method }: WebhookSettings): string[] {
  if (!Array.isArray(subscriptions)) return ['subscriptions must be an array']
  const events = subscriptions.filter((subscription) => subscription !== CONDITIONAL)
  if (events.length > 0 && events.length < subscriptions.length) {
    return [`${CONDITIONAL} cannot be combined with other subscriptions`]
  }
  if (events.some((event) => !/^zen:event-type:[a-z_]+\.[a-z_]+$/.test(String(event)))) {
    return ['subscriptions holds an unknown event type']
  }
  return events.length > 0 && http_method !== 'POST' ? ['event subscriptions need http_method POST'] : []
}

function headerProblems(headers: unknown): string[] {
  if (headers === null || typeof headers !== 'object' || Array.isArray(headers))
    return ['custom_headers must be an object']
  const names = Object.keys(headers)
  const bad = names.filter((name) => RESERVED_HEADERS.test(name) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
  return [
    ...bad.map((name) => `custom_headers may not contain ${name}`),
    ...(names.length > 5 ? ['custom_headers may hold at most 5 headers'] : []),
  ]
}

const AUTHENTICATION_KEYS: Record<string, string[]> = {
  basic_auth: ['username', 'password'],
  bearer_token: ['token'],
  api_key: ['name', 'value'],
}

function authenticationProblems(authentication: Webhook['authentication']): string[] {
  if (authentication === null) return []
  const keys = AUTHENTICATION_KEYS[String(authentication.type)]
  if (!keys) return ['authentication.type must be basic_auth, bearer_token or api_key']
  const data = (authentication.data ?? {}) as Record<string, unknown>
  const missing = keys.filter((key) => typeof data[key] !== 'string' || data[key] === '')
  return missing.map((key) => `authentication.data.${key} is required`)
}
