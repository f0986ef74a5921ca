import { json, type Request, type Response, Router } from 'express'
import { paginate } from '../http/paging.ts'
import { iso } from '../http/times.ts'
import { admit } from '../oauth/authenticate.ts'
import { refuse } from '../oauth/refusals.ts'
import type { Webhook } from '../state/model.ts'
import type { World } from '../world.ts'
import { mergeWebhook, type WebhookInput, type WebhookSettings, webhookProblems } from './check-webhook.ts'
import { findWebhook } from './find.ts'
import { invocationRoutes } from './invocation-routes.ts'
import { invalidWebhook, webhookNotFound } from './refusals.ts'
import { newSigningSecret } from './sign.ts'
import { testRoutes } from './test-routes.ts'

const UNSET: WebhookSettings = {
  name: '',
  description: '',
  endpoint: '',
  http_method: '',
  request_format: '',
  status: 'active',
  subscriptions: [],
  custom_headers: {},
  authentication: null,
}

/** Webhooks: admins only. Source: developer.zendesk.com, "Webhooks"; shapes from recorded answers. */
export function webhookRoutes(world: World): Router {
  const router = Router()
  const body = json({ limit: '1mb' })
  router.use('/api/v2/webhooks', (_req, res, next) => {
    // The webhook API has a bucket of its own.
    res.set('x-rate-limit', '100')
    next()
  })

  router.use(testRoutes(world))

  router.get('/api/v2/webhooks{.json}', (req, res) => {
    if (!reading(req, res)) return
    const query = new URL(req.originalUrl, world.url).searchParams
    const name = query.get('filter[name_contains]')?.toLowerCase() ?? ''
    const status = query.get('filter[status]')
    const found = Object.values(world.state.webhooks)
      .filter((webhook) => webhook.name.toLowerCase().includes(name) && (!status || webhook.status === status))
      .sort((a, b) => a.created_at - b.created_at)
    // Always the cursor form; no links when there is one page.
    const page = paginate(world, withCursor(req), found)
    const { meta, links } = page.envelope as { meta: { has_more: boolean }; links: unknown }
    const webhooks = page.rows.map((webhook) => showWebhook(webhook))
    res.json(
      meta.has_more || query.has('page[after]') ? { meta, links, webhooks } : { meta: { has_more: false }, webhooks },
    )
  })

  router.post('/api/v2/webhooks{.json}', body, (req, res) => {
    const caller = admit(world, req, res, { resource: 'webhooks', access: 'write', role: 'admin' })
    if (!caller) return
    const settings = mergeWebhook(UNSET, (req.body?.webhook ?? {}) as WebhookInput)
    const problems = webhookProblems(settings)
    if (problems.length > 0) return refuse(res, invalidWebhook(problems))
    const now = world.clock.now()
    const webhook: Webhook = {
      ...settings,
      id: world.nextUlid(),
      secret: newSigningSecret(world.nextToken(64)),
      created_at: now,
      updated_at: now,
      created_by: String(caller.user.id),
    }
    world.state.webhooks[webhook.id] = webhook
    const shown = showWebhook(webhook)
    // Nanoseconds on create, seconds on every read.
    const precise = new Date(now).toISOString().replace('Z', '000000Z')
    res.status(201).json({ webhook: { ...shown, created_at: precise, updated_at: precise } })
  })

  router.get('/api/v2/webhooks/:id{.json}', (req, res) => {
    if (!reading(req, res)) return
    const webhook = find(req, res)
    if (webhook) res.json({ webhook: showWebhook(webhook) })
  })

  const change = (req: Request, res: Response) => {
    if (!writing(req, res)) return
    const webhook = find(req, res)
    if (!webhook) return
    const settings = mergeWebhook(webhook, (req.body?.webhook ?? {}) as WebhookInput)
    const problems = webhookProblems(settings)
    if (isConditional(settings) !== isConditional(webhook)) {
      problems.push('the kind of a webhook cannot be changed: delete it and make a new one')
    }
    if (problems.length > 0) return refuse(res, invalidWebhook(problems))
    Object.assign(webhook, pick(settings), { updated_at: world.clock.now() })
    res.status(204).end()
  }
  router.put('/api/v2/webhooks/:id{.json}', body, change)
  router.patch('/api/v2/webhooks/:id{.json}', body, change)

  router.delete('/api/v2/webhooks/:id{.json}', (req, res) => {
    if (!writing(req, res)) return
    const webhook = find(req, res)
    if (!webhook) return
    const trigger = Object.values(world.state.triggers).find(
      (one) => one.active && one.actions.some(({ field, value }) => isCallTo(webhook.id, field, value)),
    )
    if (trigger) return refuse(res, invalidWebhook([`the webhook is used by the trigger "${trigger.title}"`]))
    delete world.state.webhooks[webhook.id]
    res.status(204).end()
  })

  router.get('/api/v2/webhooks/:id/signing_secret{.json}', (req, res) => {
    if (!reading(req, res)) return
    const webhook = find(req, res)
    if (webhook) res.json({ signing_secret: { secret: webhook.secret, algorithm: 'SHA256' } })
  })

  router.post('/api/v2/webhooks/:id/signing_secret{.json}', (req, res) => {
    if (!writing(req, res)) return
    const webhook = find(req, res)
    if (!webhook) return
    // The new secret holds at once: Zendesk documents no overlap.
    webhook.secret = newSigningSecret(world.nextToken(64))
    res.status(201).json({ signing_secret: { secret: webhook.secret, algorithm: 'SHA256' } })
  })

  router.use(invocationRoutes(world))
  return router

  function reading(req: Request, res: Response) {
    return admit(world, req, res, { resource: 'webhooks', access: 'read', role: 'admin' })
  }

  function writing(req: Request, res: Response) {
    return admit(world, req, res, { resource: 'webhooks', access: 'write', role: 'admin' })
  }

  function find(req: Request, res: Response): Webhook | undefined {
    const webhook = findWebhook(world, req.params.id)
    if (!webhook) refuse(res, webhookNotFound)
    return webhook
  }
}

/** The webhook API knows no offset form. */
function withCursor(req: Request): Request {
  const page = typeof req.query.page === 'object' ? req.query.page : { size: '100' }
  return { originalUrl: req.originalUrl, query: { ...req.query, page } } as unknown as Request
}

function isConditional(settings: WebhookSettings): boolean {
  return settings.subscriptions.includes('conditional_ticket_events')
}

function isCallTo(webhookId: string, field: string, value: unknown): boolean {
  return field === 'notification_webhook' && Array.isArray(value) && value[0] === webhookId
}

function pick(settings: WebhookSettings): WebhookSettings {
  return mergeWebhook(UNSET, settings)
}

/** What is safe to show: passwords and tokens are never echoed, nor is the signing secret. */
function showWebhook(webhook: Webhook) {
  return {
    id: webhook.id,
    name: webhook.name,
    description: webhook.description,
    endpoint: webhook.endpoint,
    http_method: webhook.http_method,
    request_format: webhook.request_format,
    status: webhook.status,
    subscriptions: webhook.subscriptions,
    custom_headers: webhook.custom_headers,
    ...(webhook.authentication ? { authentication: showAuthentication(webhook.authentication) } : {}),
    created_at: iso(webhook.created_at),
    created_by: webhook.created_by,
    updated_at: iso(webhook.updated_at),
    updated_by: webhook.created_by,
  }
}

function showAuthentication({ type, data, add_position }: Record<string, unknown>) {
  const { username, name } = (data ?? {}) as Record<string, unknown>
  return {
    type,
    add_position: add_position ?? 'header',
    data: { ...(username ? { username } : {}), ...(name ? { name } : {}) },
  }
}
