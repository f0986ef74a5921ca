/** A server for the bench of tiles, alone in its process: it takes webhooks and answers reports, as one does. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { ReportRequest, ReportTicketsRequest } from '../../core/contract/report.ts'
import { backlogAt, loadOf } from '../../server/analytics/backlog.ts'
import { reportOf } from '../../server/analytics/report.ts'
import { reportTickets } from '../../server/analytics/report-tickets.ts'
import { readConfig } from '../../server/config.ts'
import { createContext } from '../../server/context.ts'
import { start } from '../../server/start.ts'
import { BENCH_SECRET } from './bench-secret.ts'

export type Asked =
  | { kind: 'report'; request: ReportRequest }
  | { kind: 'tickets'; request: ReportTicketsRequest }
  | { kind: 'backlog'; at: number }
  | { kind: 'load'; from: number; to: number }

/** How long each took, what they cost this process on average, the longest it was held up, and what it has in memory. */
export type Told = { ms: number[]; cpuMs: number; heldUpMs: number; rssMb: number }

if (process.send && process.argv[2]) {
  const config = readConfig({
    BATON_HOME: process.argv[2],
    BATON_PORT: '0',
    ZENDESK_SUBDOMAIN: 'bench',
    ZENDESK_CLIENT_ID: 'bench',
    ZENDESK_CLIENT_SECRET: 'bench',
    LOG_LEVEL: 'warn',
  })
  const context = await createContext(config)
  const { db, account, clock, calendars } = context
  await context.secrets.put(account.id, 'webhook', BENCH_SECRET)
  const running = await start(context, { host: '127.0.0.1', withWorkers: false })
  context.inbox.start()
  let isStopping = false

  const answer = async (asked: Asked) => {
    const setting = {
      ...{ db, accountId: account.id, now: clock.now() },
      ...{ policy: await context.policyFor(account.id), calendars: await calendars.of(account.id) },
    }
    if (asked.kind === 'report') return reportOf(asked.request, setting)
    if (asked.kind === 'tickets') return reportTickets(asked.request, setting)
    return asked.kind === 'backlog' ? backlogAt(asked.at, setting) : loadOf(asked, setting)
  }

  process.on('message', async (message: 'stop' | { asked: Asked[]; times: number }) => {
    if (message === 'stop') {
      if (isStopping) return
      isStopping = true
      await running[Symbol.asyncDispose]()
      process.exit(0)
    }
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const ms: number[] = []
    const cpu = process.cpuUsage()
    for (let time = 0; time < message.times; time++) {
      const startedAt = performance.now()
      await answer(message.asked[time % message.asked.length]!)
      ms.push(performance.now() - startedAt)
    }
    delay.disable()
    const { user, system } = process.cpuUsage(cpu)
    const cpuMs = (user + system) / 1000 / message.times
    process.send!({ ms, cpuMs, heldUpMs: delay.max / 1e6, rssMb: process.memoryUsage().rss / 2 ** 20 } satisfies Told)
  })
  process.send({ port: running.port, accountId: account.id })
}
