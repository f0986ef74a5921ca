import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { BenchRow } from './row.ts'

const main = path.resolve(import.meta.dirname, '../../server/main.ts')

/** From the start of the process until it listens: the first time, when the database is made, and afterwards. */
export async function benchReady(): Promise<BenchRow[]> {
  const home = mkdtempSync(path.join(tmpdir(), 'baton-ready-'))
  try {
    const first = await startOnce(home)
    const later = [await startOnce(home), await startOnce(home), await startOnce(home)]
    const median = later.sort((a, b) => a.ms - b.ms)[1]!
    return [
      row('server ready, first start', 'database made', first.ms, 2000),
      row('server ready', 'median of 3', median.ms, 1000),
      {
        what: 'idle memory of the server',
        size: 'one process, without the database',
        result: median.rssMb === null ? 'not told here' : `${median.rssMb} MB`,
        reference: '',
        ratio: 'stated',
      },
    ]
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

function row(what: string, size: string, ms: number, limitMs: number): BenchRow {
  const ratio = `${(ms / limitMs).toFixed(2)} of ${limitMs / 1000} s`
  return { what, size, result: `${Math.round(ms)} ms`, reference: `at most ${limitMs} ms`, ratio }
}

async function startOnce(home: string): Promise<{ ms: number; rssMb: number | null }> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      BATON_HOME: home,
      BATON_PORT: '0',
      ZENDESK_SUBDOMAIN: 'bench',
      ZENDESK_CLIENT_ID: 'bench',
      ZENDESK_CLIENT_SECRET: 'bench',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('listens on')) break
  const ms = performance.now() - startedAt
  const rssMb = memoryOf(child.pid!)
  child.kill('SIGTERM')
  await ended
  return { ms, rssMb }
}

/** Null where there is no /proc. */
function memoryOf(pid: number): number | null {
  try {
    const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kb === undefined ? null : Math.round(Number(kb) / 1024)
  } catch {
    return null
  }
}
