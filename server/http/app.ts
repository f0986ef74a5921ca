import express, { type Express, type Router } from 'express'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { type EngineeringDeps, engineeringRoutes } from '../engineering/routes.ts'
import type { Metrics } from '../metrics.ts'
import { openApiDocument } from '../openapi/document.ts'
import { type ApiKeyDeps, requireApiKey } from './api-key-check.ts'
import { answerErrors, notFound } from './errors.ts'
import { type HealthDeps, healthRoutes } from './health.ts'
import { logRequests } from './request-log.ts'
import { requireSession, type SessionDeps } from './session.ts'
import { type WebhookDeps, webhookRoutes } from './webhook.ts'

export type AppDeps = WebhookDeps &
  EngineeringDeps &
  SessionDeps &
  ApiKeyDeps &
  HealthDeps & {
    config: Pick<Config, 'publicUrl' | 'engineering'>
    log: Logger
    metrics: Metrics
    /** What the sidebar asks; everything in it is behind a session. */
    api: Router
    /** What programs ask; everything in it is behind a key. */
    bots: Router
    /** The page in Zendesk's navigation bar, with the sign-in it is behind. */
    desk: Router
  }

/** The HTTP server's routes. Webhooks come first: they need their body raw, and nothing in front of them. */
export function createApp(deps: AppDeps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)

  app.use(logRequests(deps.log, deps.metrics))
  app.use(secureHeaders)
  app.use(webhookRoutes(deps))
  app.use(engineeringRoutes(deps))
  app.use(healthRoutes(deps))
  app.get('/openapi.json', (_req, res) => {
    res.json(openApiDocument(deps.config.publicUrl))
  })
  app.use('/api/v1', requireApiKey(deps), deps.bots, notFound)
  app.use('/api', requireSession(deps))
  app.use(deps.api)
  app.use(deps.desk)
  app.use(notFound)
  app.use(answerErrors(deps.log))
  return app
}

/** We answer programs alone: nothing is to be framed, sniffed, cached or run. */
const secureHeaders: express.RequestHandler = (_req, res, next) => {
  res.set({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  next()
}
