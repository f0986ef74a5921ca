import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Router } from 'express'
import { pino } from 'pino'
import { type Account, createAccounts } from '../../../server/accounts.ts'
import { connect, type Database, openPool } from '../../../server/db/connect.ts'
import { type ApiKeys, createApiKeys } from '../../../server/http/api-keys.ts'
import { createApp } from '../../../server/http/app.ts'
import { createInbox, type Inbox } from '../../../server/inbox/inbox.ts'
import { sign } from '../../../server/inbox/signature.ts'
import { createJobs, drivenSettings, type Jobs } from '../../../server/jobs/jobs.ts'
import { createMetrics, type Metrics } from '../../../server/metrics.ts'
import { createSecrets, type Secrets } from '../../../server/secrets.ts'
import { type Budget, createBudget } from '../../../server/zendesk/budget.ts'
import { createStoppedClock } from '../../support/clock.ts'
import type { MovableClock } from '../../zendesk/world.ts'

export const WEBHOOK_SECRET = 'a secret as long as Zendesk makes them, 44 ch'
export const APP_SECRET = 'the secret that the proxy of Zendesk signs with'
export const NOW = '2026-03-06T10:00:00Z'

/** Our HTTP server over a real database, with one account and a clock that stands still. */
export type AServer = AsyncDisposable & {
  url: string
  db: Database
  jobs: Jobs
  inbox: Inbox
  clock: MovableClock
  metrics: Metrics
  secrets: Secrets
  budget: Budget
  apiKeys: ApiKeys
  account: Account
  /** What went to the log, a line each. */
  logged: string[]
  /** Sizes of the inbox's commits. */
  commits: number[]
}

export async function startServer(
  databaseUrl: string,
  api: Router = Router(),
  bots: Router = Router(),
): Promise<AServer> {
  const clock = createStoppedClock(NOW)
  const db = connect(databaseUrl, { settings: drivenSettings, onError: () => {} })
  const jobs = await createJobs({ url: databaseUrl, clock, isDriven: true, onError: () => {} })
  const accounts = createAccounts({ db, clock })
  const secrets = createSecrets({ db, clock, key: randomBytes(32) })
  const account = await accounts.ensureAccount({ subdomain: 'acme', zendeskUrl: 'https://acme.zendesk.com' })
  await secrets.put(account.id, 'webhook', WEBHOOK_SECRET)
  await secrets.put(account.id, 'app', APP_SECRET)

  const apiKeys = createApiKeys({ db, clock })
  const metrics = createMetrics()
  const budget = createBudget(clock)
  const logged: string[] = []
  const commits: number[] = []
  const pool = openPool(databaseUrl, { max: 2, onError: () => {} })
  const inbox = createInbox({ db, pool, clock, jobs, account, onCommit: (size) => commits.push(size) })
  const app = createApp({
    config: { publicUrl: 'https://baton.example', engineering: { secrets: {}, hosts: {} } },
    log: pino({ level: 'trace' }, { write: (line) => void logged.push(line) }),
    ...{ inbox, accounts, secrets, clock, metrics, db, jobs, account, api, apiKeys, bots, budget, desk: Router() },
  })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    ...{ url, db, jobs, inbox, clock, metrics, secrets, apiKeys, account, logged, commits, budget },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await jobs[Symbol.asyncDispose]()
      await pool.end()
      await db.destroy()
    },
  }
}

export type Delivery = {
  invocationId?: string | null
  ticketId?: number
  body?: string | Buffer
  secret?: string
  timestamp?: string
  headers?: Record<string, string>
}

let invocations = 0

/** A webhook as Zendesk sends it, with what a test wants to be wrong about it. */
export async function deliver(server: { url: string }, delivery: Delivery = {}): Promise<Response> {
  const {
    ticketId = 7,
    secret = WEBHOOK_SECRET,
    timestamp = NOW,
    invocationId = `INVOCATION-${++invocations}`,
  } = delivery
  const body = Buffer.from(delivery.body ?? aBody(ticketId))
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Zendesk Webhook',
    'x-zendesk-account-id': '18525119',
    'x-zendesk-webhook-id': '01HAN96XNH1J7DY8D7RZ22QMT9',
    'x-zendesk-webhook-signature-timestamp': timestamp,
    'x-zendesk-webhook-signature': sign(body, timestamp, secret),
    ...(invocationId === null ? {} : { 'x-zendesk-webhook-invocation-id': invocationId }),
    ...delivery.headers,
  }
  return fetch(`${server.url}/webhooks/zendesk/acme`, { method: 'POST', headers, body })
}

export function aBody(ticketId: number): string {
  const updatedAt = '2026-03-06T10:00:00+00:00'
  return JSON.stringify({ v: 1, ticket_id: String(ticketId), updated_at: updatedAt, actor_id: '11', rule: 'baton' })
}
