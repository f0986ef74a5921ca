import { Router } from 'express'
import { iso } from '../http/times.ts'
import { admit } from '../oauth/authenticate.ts'
import { refuse } from '../oauth/refusals.ts'
import type { Invocation, WebhookAttempt } from '../state/model.ts'
import type { World } from '../world.ts'
import { findInvocation, findWebhook } from './find.ts'
import { webhookNotFound } from './refusals.ts'

/** The delivery log: invocations of a webhook, newest first, and the attempts of each. */
export function invocationRoutes(world: World): Router {
  const router = Router()
  const admin = { resource: 'webhooks', access: 'read', role: 'admin' } as const

  router.get('/api/v2/webhooks/:id/invocations{.json}', (req, res) => {
    if (!admit(world, req, res, admin)) return
    if (!findWebhook(world, req.params.id)) return refuse(res, webhookNotFound)
    const query = new URL(req.originalUrl, world.url).searchParams
    const status = query.get('filter[status]')
    const rows = invocationsOf(world, req.params.id).filter((invocation) => !status || invocation.status === status)
    const size = Math.min(100, Math.max(1, Number(query.get('page[size]')) || 100))
    const after = query.get('page[after]')
    const start = after ? rows.findIndex((invocation) => invocation.id === after) + 1 : 0
    const page = rows.slice(start, start + size)
    const hasMore = start + page.length < rows.length
    const next = new URL(`${world.url}/api/v2/webhooks/${req.params.id}/invocations`)
    next.searchParams.set('page[size]', String(size))
    next.searchParams.set('page[after]', page.at(-1)?.id ?? after ?? '')
    if (hasMore) res.set('link', `<${next.href}>; rel="next"`)
    res.json({
      meta: { has_more: hasMore, after_cursor: page.at(-1)?.id ?? null, before_cursor: page[0]?.id ?? null },
      links: { next: hasMore ? next.href : null, prev: null },
      invocations: page.map(showInvocation),
    })
  })

  router.get('/api/v2/webhooks/:id/invocations/:invocation/attempts{.json}', (req, res) => {
    if (!admit(world, req, res, admin)) return
    const invocation = findInvocation(world, req.params.invocation)
    if (invocation?.webhook_id !== req.params.id) return refuse(res, webhookNotFound)
    res.json({ attempts: invocation.attempts.map((attempt) => showAttempt(invocation, attempt)) })
  })

  return router
}

function invocationsOf(world: World, webhookId: string): Invocation[] {
  return Object.values(world.state.invocations)
    .filter((invocation) => invocation.webhook_id === webhookId)
    .reverse()
}

function showInvocation(invocation: Invocation) {
  const last = invocation.attempts.at(-1)
  return {
    id: invocation.id,
    ...(last?.status_code ? { status_code: last.status_code } : {}),
    status: invocation.status,
    latest_completed_at: iso(last?.completed_at ?? invocation.created_at),
  }
}

/** `id` is the webhook's, as recorded. */
function showAttempt(invocation: Invocation, attempt: WebhookAttempt) {
  return {
    id: invocation.webhook_id,
    invocation_id: invocation.id,
    ...(attempt.status_code ? { status_code: attempt.status_code } : {}),
    status: attempt.status,
    request: attempt.request,
    ...(attempt.response ? { response: attempt.response } : {}),
    completed_at: iso(attempt.completed_at),
  }
}
