import { Router } from 'express'
import type { Metrics } from '../metrics.ts'
import { showHealth } from './health-metrics.ts'
import { healthPage, healthPagePolicy } from './health-page.ts'
import { createHealthReader, type HealthSources } from './read-health.ts'

export type HealthDeps = HealthSources & { metrics: Metrics }

/**
 * GET /healthz (the process answers), /readyz (it can take work: 503 while the database is away), /health (how everything
 * is, for people) and /metrics. Neither a Zendesk that is away nor timers that stand still make us unready: webhooks must
 * still be stored. All of it is open to everybody, so it tells counts, ages, our own words and ids of escalations, and
 * nothing else.
 */
export function healthRoutes({ metrics, ...sources }: HealthDeps): Router {
  const router = Router()
  const read = createHealthReader({ ...sources, metrics })

  router.get('/healthz', (_req, res) => {
    res.type('text/plain').send('ok\n')
  })

  router.get('/readyz', async (_req, res) => {
    const ready = await read.ready()
    res.status(ready.database === 'ok' && ready.jobs === 'ok' ? 200 : 503).json(ready)
  })

  router.get('/health', async (req, res) => {
    const health = await read.health()
    res.status(health.database === 'ok' ? 200 : 503).vary('accept')
    if (req.accepts(['html', 'json']) === 'json') res.json(health)
    else res.set('content-security-policy', healthPagePolicy()).type('text/html').send(healthPage(health))
  })

  router.get('/metrics', async (_req, res) => {
    showHealth(metrics, await read.health())
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })

  return router
}
