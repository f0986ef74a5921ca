import { Router } from 'express'
import { sql } from 'kysely'
import { type Clock, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import type { JobCounts, Jobs } from '../jobs/jobs.ts'
import type { Metrics } from '../metrics.ts'
import type { Ready } from '../openapi/document.ts'
import type { Secrets } from '../secrets.ts'
import { catchUpStanding } from '../sync/standing.ts'

export type HealthDeps = {
  db: Database
  jobs: Pick<Jobs, 'counts'>
  secrets: Pick<Secrets, 'get'>
  clock: Clock
  metrics: Pick<Metrics, 'registry' | 'jobs' | 'catchUpLag'>
  /** The account this server was configured for. */
  account: { id: number }
}

/**
 * GET /healthz (the process answers), /readyz (it can take work: 503 while the database is away) and /metrics. A
 * Zendesk that is away does not make us unready: webhooks must still be stored.
 */
export function healthRoutes({ db, jobs, secrets, clock, metrics, account }: HealthDeps): Router {
  const router = Router()

  router.get('/healthz', (_req, res) => {
    res.type('text/plain').send('ok\n')
  })

  router.get('/readyz', async (_req, res) => {
    const [database, queue, zendesk, { state: catchUp }] = await Promise.all([
      works(sql`select 1`.execute(db)),
      works(jobs.counts()),
      signIn(),
      caughtUp(),
    ])
    const ready: Ready = { database, jobs: queue, zendesk, catchUp }
    res.status(database === 'ok' && queue === 'ok' ? 200 : 503).json(ready)
  })

  router.get('/metrics', async (_req, res) => {
    await jobs.counts().then(show, () => metrics.jobs.reset())
    const { lagMs } = await caughtUp()
    metrics.catchUpLag.set(lagMs === null ? Number.NaN : lagMs / SECOND_MS)
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })

  return router

  async function caughtUp(): Promise<{ state: Ready['catchUp']; lagMs: number | null }> {
    return catchUpStanding(db, account.id, clock).catch(() => ({ state: 'unknown', lagMs: null }))
  }

  async function signIn(): Promise<Ready['zendesk']> {
    try {
      const stored = await secrets.get(account.id, 'oauth')
      if (stored === null) return 'never'
      const { expiresAt } = JSON.parse(stored) as { expiresAt: number | null }
      return expiresAt === null || expiresAt > clock.now() ? 'signed-in' : 'expired'
    } catch {
      return 'unknown'
    }
  }

  function show(counts: JobCounts): void {
    for (const [job, states] of Object.entries(counts)) {
      for (const [state, count] of Object.entries(states)) metrics.jobs.set({ job, state }, count)
    }
  }
}

async function works(check: Promise<unknown>): Promise<'ok' | 'away'> {
  return check.then(
    () => 'ok',
    () => 'away',
  )
}
