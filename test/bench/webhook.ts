import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sign } from '../../server/inbox/signature.ts'
import { BENCH_SECRET } from './bench-secret.ts'
import type { BenchRow } from './row.ts'
import type { Kind } from './webhook-server.ts'

const CONNECTIONS = 64
const TICKETS = 1000
const WARM_UP_MS = 2000
const MEASURE_MS = 1500
/** Many and short: what else the machine does falls on both of a pair. */
const ROUNDS = 11

const LIMIT_MS = 50

export type Measured = { perSecond: number; p99Ms: number }

/**
 * Webhooks accepted durably per second against the same server with an inbox that stores nothing. Each runs in a process
 * of its own over an embedded database that syncs; they take turns, and the median of the pairs counts.
 */
export async function benchWebhook(): Promise<BenchRow[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'baton-bench-'))
  const servers: Server[] = []
  try {
    for (const kind of ['durable', 'bare'] as const) servers.push(await startServer(kind, home))
    const ports = { durable: servers[0]!.port, bare: servers[1]!.port }
    for (const { port } of servers) await load(port, WARM_UP_MS)
    const durable: Measured[] = []
    const bare: Measured[] = []
    for (let round = 0; round < ROUNDS; round++) {
      durable.push(await load(ports.durable, MEASURE_MS))
      bare.push(await load(ports.bare, MEASURE_MS))
    }
    const ratio = median(durable.map((measured, round) => measured.perSecond / bare[round]!.perSecond))
    const rate = (all: Measured[]) => `${Math.round(median(all.map(({ perSecond }) => perSecond)))}/s`
    const p99 = (all: Measured[]) => median(all.map(({ p99Ms }) => p99Ms))
    const size = `${CONNECTIONS} connections, ${TICKETS} tickets, median of ${ROUNDS} pairs of ${MEASURE_MS / 1000} s`
    return [
      {
        what: 'webhooks accepted durably',
        size,
        result: rate(durable),
        reference: `same Express app and signature check, nothing stored: ${rate(bare)}`,
        ratio: `${ratio.toFixed(2)} (at least 0.65)`,
      },
      {
        what: 'webhook answered, p99',
        size,
        result: `${p99(durable).toFixed(1)} ms`,
        reference: `the same, nothing stored: ${p99(bare).toFixed(1)} ms`,
        ratio: `${(p99(durable) / LIMIT_MS).toFixed(2)} of ${LIMIT_MS} ms`,
      },
    ]
  } finally {
    for (const server of servers) await stopServer(server)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

type Server = { child: ChildProcess; port: number }

async function startServer(kind: Kind, home: string): Promise<Server> {
  const child = fork(path.join(import.meta.dirname, 'webhook-server.ts'), [kind, home])
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.once('message', (port) => resolve(port as number))
  child.once('exit', (code) => reject(new Error(`The ${kind} server ended with ${code}`)))
  return { child, port: await promise }
}

async function stopServer({ child }: Server): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.send('stop')
  await ended
}

let invocations = 0

/** Keeps every connection busy for `ms`. */
export async function load(port: number, ms: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const took: number[] = []
  const startedAt = performance.now()
  const until = startedAt + ms
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < until) {
        const sentAt = performance.now()
        await post(agent, port)
        took.push(performance.now() - sentAt)
      }
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  agent.destroy()
  took.sort((a, b) => a - b)
  return { perSecond: took.length / seconds, p99Ms: took[Math.floor(took.length * 0.99)] ?? 0 }
}

function post(agent: Agent, port: number): Promise<void> {
  const timestamp = new Date().toISOString()
  const ticketId = 1 + (++invocations % TICKETS)
  const body = Buffer.from(
    `{"v":1,"ticket_id":"${ticketId}","updated_at":"${timestamp}","actor_id":"11","rule":"escalation-requested"}`,
  )
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'x-zendesk-webhook-signature-timestamp': timestamp,
    'x-zendesk-webhook-signature': sign(body, timestamp, BENCH_SECRET),
    'x-zendesk-webhook-invocation-id': `BENCH-${process.pid}-${invocations}`,
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const sent = request({ agent, port, host: '127.0.0.1', method: 'POST', path: '/webhooks/zendesk/bench', headers })
  sent.once('error', reject)
  sent.once('response', (answer) => {
    answer.resume()
    answer.once('end', () => {
      if (answer.statusCode === 202) resolve()
      else reject(new Error(`The server answered ${answer.statusCode}`))
    })
  })
  sent.end(body)
  return promise
}
