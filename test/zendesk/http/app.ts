import { randomUUID } from 'node:crypto'
import path from 'node:path'
import express, { type Express, type RequestHandler } from 'express'
import { appRoutes } from '../apps/routes.ts'
import { automationRoutes } from '../automations/routes.ts'
import { startAutomations } from '../automations/run.ts'
import { exportRoutes } from '../exports/routes.ts'
import { accountRoutes } from '../fields/account-routes.ts'
import { formRoutes } from '../fields/form-routes.ts'
import { fieldRoutes } from '../fields/routes.ts'
import { helpCenterRoutes } from '../help-center/routes.ts'
import { metricEventRoutes } from '../metric-events/routes.ts'
import { authenticate } from '../oauth/authenticate.ts'
import { oauthRoutes } from '../oauth/routes.ts'
import { pageRoutes } from '../page/routes.ts'
import { groupRoutes } from '../people/group-routes.ts'
import { membershipRoutes } from '../people/membership-routes.ts'
import { organizationRoutes } from '../people/organization-routes.ts'
import { userRoutes } from '../people/user-routes.ts'
import { triggerRoutes } from '../rules/routes.ts'
import { scheduleRoutes } from '../schedules/routes.ts'
import { searchRoutes } from '../search/routes.ts'
import { groupSlaRoutes } from '../slas/group-routes.ts'
import { slaRoutes } from '../slas/routes.ts'
import { bulkRoutes } from '../tickets/bulk-routes.ts'
import { historyRoutes } from '../tickets/history-routes.ts'
import { createJobs } from '../tickets/jobs.ts'
import { metricRoutes } from '../tickets/metric-routes.ts'
import { ticketRoutes } from '../tickets/routes.ts'
import { tagRoutes } from '../tickets/tag-routes.ts'
import { uploadRoutes } from '../uploads/routes.ts'
import { viewRoutes } from '../views/routes.ts'
import { webhookRoutes } from '../webhooks/routes.ts'
import { createWebhookSender } from '../webhooks/sender.ts'
import type { World } from '../world.ts'
import { controlRoutes } from './control-routes.ts'
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

export type AppOptions = {
  limits?: Partial<Limits>
  /** The built agent page. */
  assetsDir?: string
  /** The origin that serves installed apps' files. */
  appOrigin(): string
}

/** Puts the parts of the local Zendesk together, in the order a request meets them. */
export function startApp(world: World, options: AppOptions): RunningApp {
  const requests: LoggedRequest[] = []
  const limits = createRateLimits(world, options.limits)
  const sender = createWebhookSender(world)
  const jobs = createJobs(world)
  world.fireWebhook = sender.fire
  const stopAutomations = startAutomations(world)

  const handler = express()
  handler.disable('x-powered-by').disable('etag').set('query parser', 'extended')
  handler.use(withoutSuffix, readQueryOnce, logRequests(world, requests))
  handler.use(controlRoutes(world, settle))
  handler.use(faultAnswers(world))
  handler.use(pageRoutes(world, { assetsDir: options.assetsDir ?? PAGE_DIR, appOrigin: options.appOrigin }))
  handler.use('/api/v2', tellRequestId, countRequests(world, limits))
  // Files come as they are, also JSON ones, so they are read before bodies are parsed.
  handler.use(uploadRoutes(world))
  handler.use('/api/v2', express.json({ limit: '10mb' }))
  handler.use(oauthRoutes(world), triggerRoutes(world), webhookRoutes(world), appRoutes(world))
  handler.use(bulkRoutes(world, jobs), tagRoutes(world, limits), historyRoutes(world))
  handler.use(metricRoutes(world), ticketRoutes(world, limits))
  handler.use(exportRoutes(world, limits), metricEventRoutes(world, limits))
  handler.use(helpCenterRoutes(world, limits))
  handler.use(automationRoutes(world), scheduleRoutes(world), slaRoutes(world), groupSlaRoutes(world))
  handler.use(membershipRoutes(world), groupRoutes(world), userRoutes(world), organizationRoutes(world))
  handler.use(fieldRoutes(world), formRoutes(world), accountRoutes(world), searchRoutes(world), viewRoutes(world))
  handler.use('/api', unknownEndpoint)
  handler.use(sendError)

  return { handler, requests, settle, close }

  async function settle(): Promise<void> {
    await jobs.settle()
    await sender.settle()
  }

  async function close(): Promise<void> {
    stopAutomations()
    await jobs.settle()
    await sender.close()
  }
}

/** `.json` is accepted on every API path. */
const withoutSuffix: RequestHandler = (req, _res, next) => {
  if (req.url.startsWith('/api/')) req.url = req.url.replace(/^([^?]*)\.json(?=\?|$)/, '$1')
  next()
}

/** Express reads the query anew whenever it is looked at, which exports do for every row. */
const readQueryOnce: RequestHandler = (req, _res, next) => {
  Object.defineProperty(req, 'query', { value: req.query })
  next()
}

const tellRequestId: RequestHandler = (_req, res, next) => {
  res.set('x-request-id', randomUUID())
  next()
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
