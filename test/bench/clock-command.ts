import { execFile } from 'node:child_process'
import path from 'node:path'
import type { BenchRow } from './row.ts'

const main = path.resolve(import.meta.dirname, '../../server/cli/main.ts')
const REQUESTS = 2000
const LIMIT_MS = 2000
const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
]

/** 2,000 requests to `baton clock`, from the start of its process until it has ended. */
export async function benchClockCommand(): Promise<BenchRow[]> {
  return [
    row('2,000 requests, 6 schedules', await medianMs(() => '2026-12-24')),
    row(
      '2,000 requests, 2,000 schedules',
      await medianMs((index) => new Date(index * 86_400_000).toISOString().slice(0, 10)),
    ),
  ]
}

function row(size: string, ms: number): BenchRow {
  const ratio = `${(ms / LIMIT_MS).toFixed(2)} of ${LIMIT_MS / 1000} s`
  return { what: 'baton clock', size, result: `${Math.round(ms)} ms`, reference: `at most ${LIMIT_MS} ms`, ratio }
}

async function medianMs(holidayOf: (index: number) => string): Promise<number> {
  const input = JSON.stringify(Array.from({ length: REQUESTS }, (_, index) => request(index, holidayOf(index))))
  const times = [await timeOf(input), await timeOf(input), await timeOf(input)]
  return times.sort((a, b) => a - b)[1]!
}

/** The three questions in turn, spread over the years 2000 to 2035. */
function request(index: number, holiday: string): object {
  const hours = [
    ['09:00', '12:00'],
    ['13:00', '17:00'],
  ]
  const weekly = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours }
  const schedule = { timezone: ZONES[index % ZONES.length], weekly, holidays: [holiday] }
  const startMs = Date.UTC(2000 + (index % 36), index % 12, 1 + (index % 28), index % 24)
  const start = new Date(startMs).toISOString()
  const end = new Date(startMs + (index % 1000) * 86_400_000).toISOString()
  if (index % 3 === 0) return { schedule, start, end }
  if (index % 3 === 1) return { schedule, start, addSeconds: index * 1000 }
  const target = { minutes: 1 + index, pausedIn: ['pending'], stopsIn: ['solved'] }
  return { schedule, target, history: [{ at: start, status: 'new' }], asOf: end }
}

function timeOf(input: string): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [main, 'clock'], { maxBuffer: 16 * 1024 * 1024 }, (error) => {
      if (error) reject(error)
      else resolve(performance.now() - startedAt)
    })
    child.stdin!.end(input)
  })
}
