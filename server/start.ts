import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Router } from 'express'
import { HOUR_MS } from '../core/units.ts'
import { reportRoutes } from './analytics/routes.ts'
import { apiRoutes } from './api/routes.ts'
import { createLoop } from './clocks/loop.ts'
import type { Context } from './context.ts'
import { customerRoutes } from './customer/routes.ts'
import { inAccount } from './db/in-account.ts'
import { deskRoutes } from './desk/routes.ts'
import { requireRole } from './desk/session.ts'
import { withoutPeople } from './desk/without-people.ts'
import { createApiKeys } from './http/api-keys.ts'
import { createApp } from './http/app.ts'
import { LOOK_EVERY_MS, lookAtDrafts } from './knowledge/look-at-drafts.ts'
import { knowledgeRoutes } from './knowledge/routes.ts'
import { ticketDraftRoutes } from './knowledge/ticket-routes.ts'
import { forgetOldNotices } from './notify/forget-old.ts'
import { packetRoutes } from './packet/routes.ts'
import { reviewRoutes } from './review/routes.ts'
import { findSimilarRoutes, similarRoutes } from './similar/routes.ts'
import { skillRoutes } from './skill/routes.ts'
import { beginSync } from './sync/begin-sync.ts'

/** A Baton that listens. Disposing of it stops accepting, finishes what is under way and closes its parts. */
export type Running = AsyncDisposable & { url: string; port: number }

export type StartOptions = {
  /** Address to listen on; all of them by default. */
  host?: string
  /** False leaves stored deliveries to whoever calls `inbox.dispatch`, the jobs to `jobs.settle` and timers to their sweep. */
  withWorkers?: boolean
}

/** Lets a context work: HTTP first to last, workers in between. The context is closed with what is answered. */
export async function start(context: Context, { host, withWorkers = true }: StartOptions = {}): Promise<Running> {
  const { config, clock, log, db, jobs, inbox, account, handlers, timers, measurer } = context
  const server = createServer(createApp({ ...context, ...routersOf(context), apiKeys: createApiKeys(context) }))
  const forgetting = createLoop(() => forgetOldNotices(db, account.id, clock.now()), {
    pauseMs: HOUR_MS,
    onTrouble: (error) => error && log.warn({ event: 'notices.forget-failed', err: error }),
  })
  const looking = createLoop(() => lookAtDrafts(account.id, { db, clock, zendeskOf: context.zendeskFor }), {
    pauseMs: LOOK_EVERY_MS,
    onTrouble: (error) => error && log.warn({ event: 'drafts.look-failed', err: error }),
  })
  // Longer than load balancers keep idle connections, so that it is they who close them.
  server.keepAliveTimeout = 75_000
  server.requestTimeout = 30_000
  try {
    await listen(server, config.port, host)
    // Makes up for what was missed while no server ran. A look that waits already stays the only one.
    await jobs.enqueue(db, 'catch-up', { accountId: account.id })
    await jobs.enqueue(db, 'metric-events', { accountId: account.id })
    await jobs.enqueue(db, 'schedules', { accountId: account.id })
    await inAccount(db, account.id, (tx) => beginSync(tx, account.id, { jobs, history: config.history }))
    if (withWorkers) {
      await jobs.startWorkers(handlers)
      inbox.start()
      timers.start()
      measurer.start()
      forgetting.start()
      looking.start()
    }
  } catch (error) {
    await context[Symbol.asyncDispose]()
    throw error
  }
  const { port } = server.address() as AddressInfo
  log.info({ event: 'server.ready', port, subdomain: config.zendesk.subdomain })

  return { url: `http://localhost:${port}`, port, [Symbol.asyncDispose]: stop }

  async function stop(): Promise<void> {
    log.info({ event: 'server.stopping' })
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    await Promise.all([closed, jobs.stopWorkers(), timers.stop(), measurer.stop(), forgetting.stop(), looking.stop()])
    await inbox.drain()
    await context[Symbol.asyncDispose]()
    log.info({ event: 'server.stopped' })
  }
}

/** What the sidebar asks, what programs ask, and the page. */
export function routersOf(context: Context): { api: Router; bots: Router; desk: Router } {
  const deps = { ...context, zendeskOf: context.zendeskFor }
  const api = apiRoutes(deps)
  api.use(packetRoutes(deps))
  api.use(customerRoutes(deps))
  api.use(similarRoutes(deps))
  api.use(ticketDraftRoutes(context))
  api.use(reviewRoutes(context))
  const desk = deskRoutes(context)
  desk.use(['/desk/reports', '/desk/reports.csv', '/desk/spread', '/desk/hours'], withoutPeople)
  desk.use('/desk/load', requireRole('lead', 'admin'))
  desk.use(reportRoutes(context))
  // What is owed is for everybody to see.
  desk.use(['/desk/patterns', '/desk/deflection', '/desk/article-debt/:escalationId'], requireRole('lead', 'admin'))
  desk.use(knowledgeRoutes(context))
  const bots = skillRoutes(deps)
  bots.use(findSimilarRoutes(deps))
  return { api, bots, desk }
}

async function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error)
      reject(new Error(`Port ${port} is taken. Stop what listens there, or set BATON_PORT to another.`))
    })
    server.listen(port, host, resolve)
  })
}
