import path from 'node:path'
import express, { type Express, type RequestHandler } from 'express'
import { authenticate } from '../oauth/authenticate.ts'
import { oauthRoutes } from '../oauth/routes.ts'
import { historyRoutes } from '../tickets/history-routes.ts'
import { ticketRoutes } from '../tickets/routes.ts'
import { createWebhookSender } from '../webhooks/sender.ts'
import type { World } from '../world.ts'
import { sendError, unknownEndpoint } from './errors.ts'
import { faultAnswers } from './faults.ts'
import { createRateLimits, type Limits, type RateLimits } from './rate-limits.ts'
import { type LoggedRequest, logRequests } from './requests.ts'

export type RunningApp = {
  handler: Express
  requests: LoggedRequest[]
  settle(): Promise<void>
  close(): Promise<void>
}

/** Puts the parts of the local Zendesk together, in the order a request meets them. */
export function startApp(world: World, options: { limits?: Partial<Limits>; assetsDir?: string }): RunningApp {
  const requests: LoggedRequest[] = []
  const limits = createRateLimits(world, options.limits)
  const sender = createWebhookSender(world)
  world.fireWebhook = sender.fire

  const handler = express()
  handler.disable('x-powered-by').disable('etag').set('query parser', 'extended')
  handler.use(withoutSuffix, logRequests(world, requests), faultAnswers(world))
  handler.use('/api/v2', tellRequestId(world), countRequests(world, limits))
  handler.use('/api/v2', express.json({ limit: '10mb' }))
  handler.use(oauthRoutes(world))
  handler.use(ticketRoutes(world, limits), historyRoutes(world))
  handler.use('/api', unknownEndpoint)
  handler.use(sendError)

  return { handler, requests, settle, close }

  async function settle(): Promise<void> {
    await sender.settle()
  }

  async function close(): Promise<void> {
    await sender.close()
  }
}

/** `.json` is accepted on every API path. */
const withoutSuffix: RequestHandler = (req, _res, next) => {
  if (req.url.startsWith('/api/')) req.url = req.url.replace(/^([^?]*)\.json(?=\?|$)/, '$1')
  next()
}

function tellRequestId(world: World): RequestHandler {
  return (_req, res, next) => {
    res.set('x-request-id', world.nextToken(32))
    next()
  }
}

/** Everyone's calls count, also those that will be refused for another reason. */
function countRequests(world: World, limits: RateLimits): RequestHandler {
  return (req, res, next) => {
    const caller = authenticate(world, req)
    if (typeof caller !== 'string') res.locals.caller = caller
    limits.countRequest(typeof caller === 'string' ? null : caller, res)
    next()
  }
}

/** Where `npm run build` puts the agent page. */
export const PAGE_DIR = path.resolve(import.meta.dirname, '../../../dist/agent-page')
