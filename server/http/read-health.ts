import { sql } from 'kysely'
import { type Clock, SECOND_MS } from '../../core/units.ts'
import { type TimersStanding, timersStanding } from '../clocks/standing.ts'
import type { Database } from '../db/connect.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Metrics } from '../metrics.ts'
import type { Health, Ready } from '../openapi/health.ts'
import type { Secrets } from '../secrets.ts'
import type { ExportName } from '../sync/export-cursor.ts'
import { exportStanding } from '../sync/standing.ts'
import type { Budget } from '../zendesk/budget.ts'
import { type Arrivals, readArrivals, readNotices, readSchedules, readSync, showCalls } from './health-parts.ts'

export type HealthSources = {
  db: Database
  jobs: Pick<Jobs, 'counts'>
  secrets: Pick<Secrets, 'get'>
  clock: Clock
  metrics: Pick<Metrics, 'webhooks'>
  /** The account this server was configured for. */
  account: { id: number }
  /** What calls to Zendesk are paid from. */
  budget: Pick<Budget, 'standing'>
}

export type HealthReader = {
  ready(): Promise<Ready>
  health(): Promise<Health>
}

const UNKNOWN_TIMERS: TimersStanding = {
  state: 'unknown',
  due: 0,
  late: 0,
  sweepAgeMs: null,
  canaryAgeMs: null,
  canaryLateMs: null,
  findings: [],
}
const UNKNOWN_ARRIVALS: Arrivals = { undispatched: null, acceptedLastHour: null, lastAcceptedAgeSeconds: null }

/** Asks every part how it is. One that cannot be asked is unknown; nothing here fails. */
export function createHealthReader(sources: HealthSources): HealthReader {
  const { db, jobs, secrets, clock, metrics, account, budget } = sources
  return { ready, health }

  async function ready(): Promise<Ready> {
    const [database, queue, zendesk, catchUp, timers, metricEvents, schedules, notices] = await Promise.all([
      works(sql`select 1`.execute(db)),
      works(jobs.counts()),
      signIn(),
      reading('tickets'),
      readTimers(),
      reading('ticket-metric-events'),
      schedulesStanding(),
      readNotices(sources).catch(() => null),
    ])
    return {
      ...{ database, jobs: queue, zendesk, catchUp: catchUp.state, timers: timers.state },
      ...{ metricEvents: metricEvents.state, schedules: schedules.state },
      notices: notices === null ? 'unknown' : notices.failed > 0 ? 'failed' : 'ok',
    }
  }

  async function health(): Promise<Health> {
    const [database, queue, zendesk, timers, answered] = await Promise.all([
      works(sql`select 1`.execute(db)),
      jobs.counts().catch(() => null),
      signIn(),
      readTimers(),
      metrics.webhooks.get(),
    ])
    const [catchUp, metricEvents, schedules, notices, arrivals, sync] = await Promise.all([
      reading('tickets'),
      reading('ticket-metric-events'),
      schedulesStanding(),
      readNotices(sources).catch(() => null),
      readArrivals(sources).catch(() => UNKNOWN_ARRIVALS),
      readSync(sources).catch(() => null),
    ])
    return {
      at: new Date(clock.now()).toISOString(),
      ...{ database, zendesk, queue, catchUp, metricEvents, schedules, sync, notices },
      timers: showTimers(timers),
      webhooks: {
        answered: Object.fromEntries(answered.values.map(({ labels, value }) => [String(labels.outcome), value])),
        ...arrivals,
      },
      zendeskCalls: showCalls(budget.standing()),
    }
  }

  async function readTimers(): Promise<TimersStanding> {
    return timersStanding(db, account.id, clock).catch(() => UNKNOWN_TIMERS)
  }

  async function schedulesStanding(): Promise<Health['schedules']> {
    return readSchedules(sources).catch(() => ({ state: 'unknown', readAgeSeconds: null, troubles: 0 }))
  }

  async function reading(name: ExportName): Promise<Health['catchUp']> {
    try {
      const { state, lagMs } = await exportStanding(db, account.id, name, clock)
      return { state, lagSeconds: inSeconds(lagMs) }
    } catch {
      return { state: 'unknown', lagSeconds: null }
    }
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

function showTimers(timers: TimersStanding): Health['timers'] {
  const { state, due, late, sweepAgeMs, canaryAgeMs, canaryLateMs, findings } = timers
  return {
    ...{ state, due, late },
    sweepAgeSeconds: inSeconds(sweepAgeMs),
    canaryAgeSeconds: inSeconds(canaryAgeMs),
    canaryLateSeconds: inSeconds(canaryLateMs),
    findings: findings.map(({ kind, escalationId, since }) => {
      return { kind, escalationId, since: new Date(since).toISOString() }
    }),
  }
}

function inSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / SECOND_MS
}

async function works(check: Promise<unknown>): Promise<'ok' | 'away'> {
  return check.then(
    () => 'ok',
    () => 'away',
  )
}
