import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Request, type Response } from 'express'
import type { Fault } from '../slack/server.ts'
import { renderAlerts } from './page.ts'

export type Alert = {
  service: string
  dedupKey: string
  status: 'triggered' | 'acknowledged' | 'resolved'
  summary: string
  severity: string
  details: Record<string, string>
  /** Every event that reached it, oldest first. */
  log: string[]
  /** How often somebody was paged: once for each time it was opened. */
  pages: number
}

export type LocalPagerDuty = AsyncDisposable & {
  url: string
  /** Name of a service → its routing key. */
  keys: Readonly<Record<string, string>>
  alerts: Alert[]
  requests: number
  failNext(fault: Fault): void
  setDown(fault: Fault | null): void
}

export const KEYS = {
  default: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  platform: 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
} as const

const ACTIONS = ['trigger', 'acknowledge', 'resolve']
const SEVERITIES = ['critical', 'error', 'warning', 'info']

/**
 * A local PagerDuty: its Events API v2, refusing as that does.
 * Source: https://github.com/PagerDuty/api-schema/blob/main/reference/events-v2/openapiv3.json
 */
export async function startPagerDuty({
  port = 0,
  keys = KEYS as Readonly<Record<string, string>>,
} = {}): Promise<LocalPagerDuty> {
  const alerts: Alert[] = []
  const faults: Fault[] = []
  let down: Fault | null = null
  const app = express()
  app.use(express.json({ limit: '512kb' }))
  app.get('/', (_req, res) => void res.type('html').send(renderAlerts(alerts)))
  app.post('/v2/enqueue', (req, res) => {
    local.requests += 1
    const fault = down ?? faults.shift()
    if (fault && !fault.afterDoing) return answerWith(fault, req, res)
    const errors = troubleIn(req.body)
    if (errors.length === 0) take(req.body)
    if (fault) return answerWith(fault, req, res)
    if (errors.length > 0) {
      return void res.status(400).json({ status: 'invalid event', message: 'Event object is invalid', errors })
    }
    res.status(202).json({ status: 'success', message: 'Event processed', dedup_key: req.body.dedup_key })
  })
  app.use((error: { status?: number }, _req: Request, res: Response, _next: unknown) => {
    const status = error.status === 413 ? 413 : 400
    res.status(status).json({
      status: 'Unrecognized object',
      message: 'Event object format is unrecognized',
      errors: ['JSON parse error'],
    })
  })

  const server = createServer(app)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const local: LocalPagerDuty = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ keys, alerts, requests: 0 },
    failNext: (fault) => void faults.push(fault),
    setDown: (fault) => {
      down = fault
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return local

  function troubleIn(body: Record<string, unknown>): string[] {
    const errors: string[] = []
    const { routing_key: key, event_action: action, dedup_key: dedup, payload } = body ?? {}
    if (typeof key !== 'string') errors.push("'routing_key' is missing or blank")
    else if (key.length !== 32) errors.push("Length of 'routing_key' is incorrect (should be 32 characters)")
    else if (!Object.values(keys).includes(key)) errors.push('Invalid routing key')
    if (typeof action !== 'string' || !ACTIONS.includes(action))
      errors.push("'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')")
    if (action !== 'trigger' && typeof dedup !== 'string') errors.push("'dedup_key' is missing or blank")
    if (typeof dedup === 'string' && dedup.length > 255)
      errors.push("'dedup_key' is too long (maximum is 255 characters)")
    if (action === 'trigger') {
      const { summary, source, severity } = (payload ?? {}) as Record<string, unknown>
      if (typeof summary !== 'string' || summary === '') errors.push("'payload.summary' is missing or blank")
      else if (summary.length > 1024) errors.push("'payload.summary' is too long (maximum is 1024 characters)")
      if (typeof source !== 'string' || source === '') errors.push("'payload.source' is missing or blank")
      if (!SEVERITIES.includes(String(severity)))
        errors.push(
          "'payload.severity' is invalid (must be one of the following: 'critical', 'warning', 'error' or 'info')",
        )
    }
    return errors
  }

  function take(body: {
    routing_key: string
    event_action: string
    dedup_key: string
    payload?: Record<string, unknown>
  }): void {
    const service = Object.entries(keys).find(([, key]) => key === body.routing_key)![0]
    const open = alerts.findLast(
      (one) => one.service === service && one.dedupKey === body.dedup_key && one.status !== 'resolved',
    )
    if (body.event_action === 'trigger') {
      const { summary, severity, custom_details } = body.payload!
      const said = {
        summary: String(summary),
        severity: String(severity),
        details: (custom_details ?? {}) as Record<string, string>,
      }
      if (open) Object.assign(open, { ...said, log: [...open.log, 'trigger'] })
      else alerts.push({ service, dedupKey: body.dedup_key, status: 'triggered', ...said, log: ['trigger'], pages: 1 })
      return
    }
    // What nobody knows is taken, and nothing comes of it.
    if (!open) return
    open.log.push(body.event_action)
    open.status = body.event_action === 'acknowledge' ? 'acknowledged' : 'resolved'
  }
}

function answerWith({ status = 202, body = {}, retryAfter, hangUp }: Fault, req: Request, res: Response): void {
  if (hangUp) return void req.socket.destroy()
  if (retryAfter !== undefined) res.set('retry-after', String(retryAfter))
  res.status(status).json(body)
}
