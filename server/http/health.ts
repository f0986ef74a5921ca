import { Router } from 'express'
import type { TimersStanding } from '../clocks/standing.ts'
import type { JobCounts } from '../jobs/jobs.ts'
import type { Metrics } from '../metrics.ts'
import { healthPage, healthPagePolicy } from './health-page.ts'
import { createHealthReader, type HealthSources, inSeconds } from './read-health.ts'

export type HealthDeps = HealthSources & { metrics: Metrics }

/**
 * GET /healthz (the process answers), /readyz (it can take work: 503 while the database is away), /health (how everything
 * is, for people) and /metrics. Neither a Zendesk that is away nor timers that stand still make us unready: webhooks must
 * still be stored. All of it is open to everybody, so it tells counts and ids of escalations, and nothing else.
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
    await sources.jobs.counts().then(showJobs, () => metrics.jobs.reset())
    const { lagMs } = await read.catchUp()
    metrics.catchUpLag.set(inSeconds(lagMs) ?? Number.NaN)
    showTimers(await read.timers())
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })

  return router

  function showJobs(counts: JobCounts): void {
    for (const [job, states] of Object.entries(counts)) {
      for (const [state, count] of Object.entries(states)) metrics.jobs.set({ job, state }, count)
    }
  }

  /** Not a number is not known, which is not the same as none. */
  function showTimers({ state, due, late, sweepAgeMs, canaryAgeMs, findings }: TimersStanding): void {
    const isKnown = state !== 'unknown'
    metrics.timersDue.set(isKnown ? due : Number.NaN)
    metrics.timersLate.set(isKnown ? late : Number.NaN)
    metrics.sweepAge.set(inSeconds(sweepAgeMs) ?? Number.NaN)
    metrics.canaryAge.set(inSeconds(canaryAgeMs) ?? Number.NaN)
    metrics.timerFindings.reset()
    for (const [kind, some] of Map.groupBy(findings, (finding) => finding.kind)) {
      metrics.timerFindings.set({ kind }, some.length)
    }
  }
}
