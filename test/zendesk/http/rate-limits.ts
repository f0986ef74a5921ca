import type { Response } from 'express'
import { type Instant, MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import type { Caller, World } from '../world.ts'
import { Refused } from './refused.ts'

/** How many requests fit. Source: https://developer.zendesk.com/api-reference/introduction/rate-limits/ */
export type Limits = {
  /** All calls of the account, a minute. Left out, the plan decides. */
  accountPerMinute: number
  /** Calls from one agent's browser, in five minutes. */
  sessionPer5Minutes: number
  /** `PUT /tickets/…`, of the account, a minute; agents' own edits count too. */
  ticketUpdatesPerMinute: number
  /** Updates of one ticket by one user, in ten minutes. */
  updatesPerTicketPer10Minutes: number
  ticketCreationsPerMinute: number
  ticketDeletionsPerMinute: number
  /** Every kind of incremental export together. */
  exportsPerMinute: number
  /** Samples of incremental exports, which do not count as exports. */
  samplesPer20Minutes: number
}

const DEFAULTS: Omit<Limits, 'accountPerMinute'> = {
  sessionPer5Minutes: 700,
  ticketUpdatesPerMinute: 100,
  updatesPerTicketPer10Minutes: 30,
  ticketCreationsPerMinute: 300,
  ticketDeletionsPerMinute: 400,
  exportsPerMinute: 10,
  samplesPer20Minutes: 10,
}

export type RateLimits = ReturnType<typeof createRateLimits>

type Window = { startedAt: Instant; used: number }

/** Counts requests in windows that begin with their first request, on the world's clock. */
export function createRateLimits(world: World, overrides: Partial<Limits> = {}) {
  const limits = { ...DEFAULTS, ...overrides }
  const windows = new Map<string, Window>()

  return { countRequest, countUpdate, countCreation, countDeletion, countExport, countSample }

  /** Every call: the account's minute, or the five minutes of an agent's browser. */
  function countRequest(caller: Caller | null, res: Response): void {
    const isSession = caller?.kind === 'session'
    const total = isSession ? limits.sessionPer5Minutes : (overrides.accountPerMinute ?? world.state.account.rate_limit)
    const key = isSession ? `session ${caller.user.id}` : 'account'
    const { remaining, resets } = take(key, total, isSession ? 5 * MINUTE_MS : MINUTE_MS)
    res.set({
      'x-rate-limit': String(total),
      'x-rate-limit-remaining': String(Math.max(0, remaining)),
      'ratelimit-limit': String(total),
      'ratelimit-remaining': String(Math.max(0, remaining)),
      'ratelimit-reset': String(resets),
    })
    if (remaining < 0) throw exceeded(resets)
  }

  function countUpdate(caller: Caller, ticketId: number, res: Response, isPut = true): void {
    if (isPut) countBucket('tickets-update', 'updates', limits.ticketUpdatesPerMinute, MINUTE_MS, res)
    const total = limits.updatesPerTicketPer10Minutes
    countBucket('per-ticket-updates', `${caller.user.id} ${ticketId}`, total, 10 * MINUTE_MS, res)
  }

  function countCreation(caller: Caller, res: Response): void {
    const total = limits.ticketCreationsPerMinute
    countBucket('ticket-request-create-by-user-and-ip', `create ${caller.user.id}`, total, MINUTE_MS, res)
  }

  function countDeletion(res: Response): void {
    countBucket('deleted-tickets-destroy', 'delete', limits.ticketDeletionsPerMinute, MINUTE_MS, res)
  }

  function countExport(res: Response): void {
    countBucket('incremental-exports', 'account', limits.exportsPerMinute, MINUTE_MS, res)
  }

  function countSample(res: Response): void {
    countBucket('incremental-exports-sample', 'account', limits.samplesPer20Minutes, 20 * MINUTE_MS, res)
  }

  function countBucket(bucket: string, key: string, total: number, spanMs: number, res: Response): void {
    const { remaining, resets } = take(`${bucket} ${key}`, total, spanMs)
    const left = Math.max(0, remaining)
    res.set(`zendesk-ratelimit-${bucket}`, `total=${total}; remaining=${left}; resets=${resets}`)
    if (remaining < 0) throw exceeded(resets)
  }

  function take(key: string, total: number, spanMs: number): { remaining: number; resets: number } {
    const now = world.clock.now()
    let window = windows.get(key)
    if (!window || now >= window.startedAt + spanMs) {
      if (windows.size > 10_000) forgetOld(now)
      window = { startedAt: now, used: 0 }
      windows.set(key, window)
    }
    // What is refused is not counted, so that waiting as long as told is always enough.
    const remaining = total - window.used - 1
    if (remaining >= 0) window.used++
    return { remaining, resets: Math.max(1, Math.ceil((window.startedAt + spanMs - now) / SECOND_MS)) }
  }

  function forgetOld(now: Instant): void {
    for (const [key, window] of windows) if (now - window.startedAt > 20 * MINUTE_MS) windows.delete(key)
  }
}

function exceeded(seconds: number): Refused {
  const description = 'Number of allowed API requests per minute exceeded'
  const headers = { 'Retry-After': String(seconds) }
  return new Refused({ status: 429, headers, body: { error: 'APIRateLimitExceeded', description } })
}
