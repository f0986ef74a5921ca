import { sql } from 'kysely'
import { type Clock, SECOND_MS } from '../../core/units.ts'
import { type TimersStanding, timersStanding } from '../clocks/standing.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Metrics } from '../metrics.ts'
import type { Health, Ready } from '../openapi/health.ts'
import type { Secrets } from '../secrets.ts'
import { catchUpStanding } from '../sync/standing.ts'

export type HealthSources = {
  db: Database
  jobs: Pick<Jobs, 'counts'>
  secrets: Pick<Secrets, 'get'>
  clock: Clock
  metrics: Pick<Metrics, 'webhooks'>
  /** The account this server was configured for. */
  account: { id: number }
}

export type HealthReader = {
  ready(): Promise<Ready>
  health(): Promise<Health>
  timers(): Promise<TimersStanding>
  catchUp(): Promise<{ state: Ready['catchUp']; lagMs: number | null }>
}

const UNKNOWN: TimersStanding = {
  state: 'unknown',
  due: 0,
  late: 0,
  sweepAgeMs: null,
  canaryAgeMs: null,
  canaryLateMs: null,
  findings: [],
}

/** Asks every part how it is. One that cannot be asked is unknown; nothing here fails. */
export function createHealthReader({ db, jobs, secrets, clock, metrics, account }: HealthSources): HealthReader {
  return { ready, health, timers, catchUp }

  async function ready(): Promise<Ready> {
    const [database, queue, zendesk, { state: caughtUp }, { state: timing }] = await Promise.all([
      works(sql`select 1`.execute(db)),
      works(jobs.counts()),
      signIn(),
      catchUp(),
      timers(),
    ])
    return { database, jobs: queue, zendesk, catchUp: caughtUp, timers: timing }
  }

  async function health(): Promise<Health> {
    const [database, queue, zendesk, caughtUp, timing, answered, undispatched] = await Promise.all([
      works(sql`select 1`.execute(db)),
      jobs.counts().catch(() => null),
      signIn(),
      catchUp(),
      timers(),
      metrics.webhooks.get(),
      countUndispatched().catch(() => null),
    ])
    return {
      at: new Date(clock.now()).toISOString(),
      ...{ database, zendesk, queue },
      timers: {
        ...{ state: timing.state, due: timing.due, late: timing.late },
        sweepAgeSeconds: inSeconds(timing.sweepAgeMs),
        canaryAgeSeconds: inSeconds(timing.canaryAgeMs),
        canaryLateSeconds: inSeconds(timing.canaryLateMs),
        findings: timing.findings.map(({ kind, escalationId, since }) => {
          return { kind, escalationId, since: new Date(since).toISOString() }
        }),
      },
      webhooks: {
        answered: Object.fromEntries(answered.values.map(({ labels, value }) => [String(labels.outcome), value])),
        undispatched,
      },
      catchUp: { state: caughtUp.state, lagSeconds: inSeconds(caughtUp.lagMs) },
    }
  }

  async function timers(): Promise<TimersStanding> {
    return timersStanding(db, account.id, clock).catch(() => UNKNOWN)
  }

  async function catchUp(): Promise<{ state: Ready['catchUp']; lagMs: number | null }> {
    return catchUpStanding(db, account.id, clock).catch(() => ({ state: 'unknown', lagMs: null }))
  }

  async function countUndispatched(): Promise<number> {
    const { rows } = await inAccount(db, account.id, (tx) =>
      sql<{ count: number }>`
        select coalesce(sum(cardinality(ticket_ids)), 0)::int as count from inbox_commit`.execute(tx),
    )
    return rows[0]!.count
  }

  async function signIn(): Promise<Ready['zendesk']> {
    try {
      const stored = await secrets.get(account.id, 'oauth')
      if (stored === null) return 'never'
      const { expiresAt } = JSON.parse(stored) as { expiresAt: number | null }
      return expiresAt === null || expiresAt > clock.now() ? 'signed-in' : 'expired'
    } catch {
      return 'unknown'
    }
  }
}

export function inSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / SECOND_MS
}

async function works(check: Promise<unknown>): Promise<'ok' | 'away'> {
  return check.then(
    () => 'ok',
    () => 'away',
  )
}
