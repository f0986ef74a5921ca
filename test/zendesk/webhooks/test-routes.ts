import { json, Router } from 'express'
import { type Instant, MINUTE_MS } from '../../../core/units.ts'
import { admit } from '../oauth/authenticate.ts'
import { refuse } from '../oauth/refusals.ts'
import type { Webhook } from '../state/model.ts'
import type { World } from '../world.ts'
import { deliver } from './deliver.ts'
import { findWebhook } from './find.ts'
import { invalidWebhook, webhookNotFound } from './refusals.ts'
import { webhookRequest } from './request.ts'
import { WEBHOOK_TIMEOUT_MS } from './sender.ts'
import { STATIC_TEST_SECRET } from './sign.ts'

const TESTS_PER_MINUTE = 20

/**
 * `POST /webhooks/test`: sends a request at once and shows the receiver's answer.
 * Before a webhook is saved the request is signed with Zendesk's published secret, which receivers must refuse.
 */
export function testRoutes(world: World): Router {
  const router = Router()
  let recent: Instant[] = []

  router.post('/api/v2/webhooks/test{.json}', json({ limit: '1mb' }), async (req, res) => {
    if (!admit(world, req, res, { resource: 'webhooks', access: 'write', role: 'admin' })) return
    const now = world.clock.now()
    recent = recent.filter((at) => at > now - MINUTE_MS)
    if (recent.length >= TESTS_PER_MINUTE) {
      res.status(429).set('retry-after', '60')
      return void res.json({
        error: 'APIRateLimitExceeded',
        description: 'Number of allowed API requests per minute exceeded',
      })
    }
    recent.push(now)

    const id = typeof req.query.webhook_id === 'string' ? req.query.webhook_id : null
    const saved = findWebhook(world, id)
    if (id !== null && !saved) return refuse(res, webhookNotFound)
    const asked = (req.body?.request ?? {}) as Partial<Webhook> & { payload?: unknown }
    const webhook = { ...(saved ?? unsaved(world)), ...known(asked) }
    if (!URL.parse(webhook.endpoint)) return refuse(res, invalidWebhook(['endpoint must be a valid http or https URL']))

    const payload =
      typeof asked.payload === 'string' ? asked.payload : asked.payload ? JSON.stringify(asked.payload) : ''
    const request = webhookRequest(world, webhook, world.nextUlid(), payload)
    const { outcome, response } = await deliver(request, WEBHOOK_TIMEOUT_MS)
    const status_code = outcome.kind === 'answered' ? outcome.statusCode : outcome.kind === 'timeout' ? 504 : 502
    res.json({ response: { status_code, headers: response?.headers ?? [], payload: response?.payload ?? '' } })
  })

  return router
}

function unsaved(world: World): Webhook {
  const now = world.clock.now()
  return {
    id: world.nextUlid(),
    name: '',
    description: '',
    endpoint: '',
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: [],
    custom_headers: {},
    authentication: null,
    secret: STATIC_TEST_SECRET,
    created_at: now,
    updated_at: now,
    created_by: '',
  }
}

/** A test may change where and how, never the secret. */
function known({
  endpoint,
  http_method,
  request_format,
  custom_headers,
  authentication,
}: Partial<Webhook>): Partial<Webhook> {
  const given = { endpoint, http_method, request_format, custom_headers, authentication }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null))
}
