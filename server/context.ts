import { TRACKERS } from '../core/engineering/tracker.ts'
import type { Policy } from '../core/policy/policy.ts'
import type { Clock } from '../core/units.ts'
import { type Account, type Accounts, createAccounts } from './accounts.ts'
import { act } from './act/act.ts'
import { createMeasurer, type Measurer } from './analytics/measurer.ts'
import { createTimers, type Timers } from './clocks/timers.ts'
import { type Config, ConfigError } from './config.ts'
import { connect, type Database, openPool } from './db/connect.ts'
import { startEmbedded } from './db/embedded.ts'
import { migrate } from './db/migrate.ts'
import type { FollowUp } from './engine/follow-up.ts'
import { ensurePolicy } from './first-policy.ts'
import { createFollowUp } from './follow-up.ts'
import { createInbox, type Inbox } from './inbox/inbox.ts'
import { createJobs, drivenSettings, type JobHandlers, type Jobs } from './jobs/jobs.ts'
import { keyInHome } from './key.ts'
import { createLog, type Logger } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { notify } from './notify/notify.ts'
import { createSenders } from './notify/senders.ts'
import { observe } from './observe/observe.ts'
import { policyFor } from './observe/policy-for.ts'
import { type Calendars, createCalendars } from './schedules/calendars.ts'
import { recount } from './schedules/recount.ts'
import { syncSchedules } from './schedules/sync-schedules.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import { createSimilar, type Similar } from './similar/similar.ts'
import { catchUp } from './sync/catch-up.ts'
import { metricEvents } from './sync/metric-events.ts'
import { reconcile } from './sync/reconcile.ts'
import { sync } from './sync/sync.ts'
import { type Budget, createBudget, type Lane } from './zendesk/budget.ts'
import { connectInLanes, type ZendeskClient } from './zendesk/client.ts'
import { createTokenStore } from './zendesk-tokens.ts'

/** The parts of a running Baton. Disposing of it closes them in the order that loses nothing. */
export type Context = AsyncDisposable & {
  config: Config
  clock: Clock
  log: Logger
  metrics: Metrics
  /** Reaches the database as its owner, whether ours or yours. */
  databaseUrl: string
  db: Database
  jobs: Jobs
  inbox: Inbox
  accounts: Accounts
  /** The schedules clocks count by. */
  calendars: Calendars
  /** What people are told of what happens. */
  followUp: FollowUp
  secrets: Secrets
  /** Past escalations like a problem. */
  similar: Similar
  /** The Zendesk account this server is configured for. */
  account: Account
  /** `lane`: which share of the rate limit its calls are paid from; `interactive` when left out. */
  zendeskFor(accountId: number, lane?: Lane): Promise<ZendeskClient>
  /** What calls to the account's Zendesk are paid from. */
  budget: Pick<Budget, 'standing'>
  /** The policy in force, or that of a version; a version that is not kept is answered with the one in force. */
  policyFor(accountId: number, version?: string | null): Promise<Policy>
  /** What carries out each kind of job. */
  handlers: JobHandlers
  /** What tells when something falls due, and what proves that it does. */
  timers: Timers
  /** What keeps the figures of reports in step with the record. */
  measurer: Measurer
}

export type ContextOverrides = {
  clock?: Clock
  log?: Logger
  /** The clock stands still and is moved by hand; deliveries wait for `inbox.dispatch()`, jobs for `jobs.settle(handlers)`, timers for `timers.sweep.pass()`, figures for `measurer.pass()`. */
  isDriven?: boolean
  /** Settings of the embedded database, such as `{ fsync: 'off' }` for tests. */
  databaseSettings?: Record<string, string>
  /** A call to Zendesk that has not answered in full by then counts as failed. */
  zendeskCallMs?: number
}

/**
 * Builds the parts, brings the database up to date and makes the account known. Nothing listens or works yet.
 *
 * @throws {ConfigError | MigrationError | NoEmbeddedPostgres | UnusableHome | EmbeddedStartFailed} saying what to do
 */
export async function createContext(config: Config, overrides: ContextOverrides = {}): Promise<Context> {
  const { clock = Date, isDriven = false } = overrides
  const log = overrides.log ?? createLog(config)
  const metrics = createMetrics({ withProcess: !isDriven })
  await using opened = new AsyncDisposableStack()

  const databaseUrl = config.databaseUrl ?? (await startOwnDatabase())
  await migrate(databaseUrl).catch(explainUnreachable)
  const settings = isDriven ? drivenSettings : {}
  const db = connect(databaseUrl, { max: 20, settings, onError: logDatabaseError })
  opened.defer(() => db.destroy())

  const accounts = createAccounts({ db, clock })
  const secrets = createSecrets({ db, clock, key: config.key ?? keyInHome(config.home) })
  const { subdomain, url: zendeskUrl } = config.zendesk
  const account = await accounts.ensureAccount({ subdomain, zendeskUrl })
  if (config.appSecret) await secrets.rotate(account.id, 'app', config.appSecret)
  for (const tracker of TRACKERS) {
    const secret = config.engineering.secrets[tracker]
    if (secret) await secrets.rotate(account.id, tracker, secret)
  }
  await ensurePolicy(db, account.id, config.policyFile, { now: clock.now(), log })

  const jobs = opened.use(await createJobs({ url: databaseUrl, clock, isDriven, onError: logDatabaseError, onJob }))
  const pool = openPool(databaseUrl, { max: 2, onError: logDatabaseError })
  opened.defer(() => pool.end())
  const onCommit = (size: number) => metrics.commitSize.observe(size)
  const inbox = createInbox({ db, pool, clock, jobs, account, onCommit, onError: logDispatchError })
  opened.defer(() => inbox.drain())

  const calendars = createCalendars(db, clock)
  const clients = new Map<number, Record<Lane, ZendeskClient>>()
  const budget = createBudget(clock)
  const followUp = createFollowUp({ accounts, jobs })
  const shared = {
    db,
    clock,
    jobs,
    accounts,
    calendars,
    followUp,
    log,
    metrics,
    zendeskOf: zendeskFor,
    history: config.history,
  }
  const senders = createSenders({
    ...{ config: config.notify, db, clock, jobs },
    policyOf: (accountId) => policyFor(db, accountId, null, clock.now()),
  })
  const handlers: JobHandlers = {
    observe: (payload) => observe(payload, { ...shared, trackerHosts: config.engineering.hosts }),
    act: (payload) => act(payload, shared),
    'catch-up': (payload) => catchUp(payload, shared),
    'metric-events': (payload) => metricEvents(payload, shared),
    sync: (payload) => sync(payload, shared),
    reconcile: (payload) => reconcile(payload, shared),
    schedules: (payload) => syncSchedules(payload, shared),
    recount: (payload) => recount(payload, shared),
    notify: (payload) => notify(payload, { ...shared, senders }),
  }

  const similar = createSimilar({
    ...{ db, clock },
    onError: (error) => log.warn({ event: 'similar.learning-failed', err: error }),
  })
  const timers = createTimers({
    ...{ db, clock, jobs, calendars, followUp, account, log, metrics, zendeskOf: zendeskFor },
    policyOf: (accountId, version) => policyFor(db, accountId, version, clock.now()),
    observe: handlers.observe,
  })

  const measurer = createMeasurer({
    ...{ db, clock, account, calendars, log },
    policyOf: (accountId, version) => policyFor(db, accountId, version, clock.now()),
  })

  const parts = {
    config,
    clock,
    log,
    metrics,
    databaseUrl,
    db,
    jobs,
    inbox,
    accounts,
    calendars,
    followUp,
    secrets,
    similar,
    account,
    handlers,
    timers,
    measurer,
    budget,
  }
  const closing = opened.move()
  return {
    ...parts,
    zendeskFor,
    policyFor: (accountId, version = null) => policyFor(db, accountId, version, clock.now()),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }

  async function startOwnDatabase(): Promise<string> {
    const embedded = await startEmbedded({
      home: config.home,
      settings: overrides.databaseSettings,
      onEvent: (how, error) => {
        metrics.databaseStarts.inc({ how })
        log[how === 'restart-failed' ? 'error' : 'info']({ event: `database.${how}`, ...(error ? { err: error } : {}) })
      },
    })
    opened.use(embedded)
    return embedded.url
  }

  async function zendeskFor(accountId: number, lane: Lane = 'interactive'): Promise<ZendeskClient> {
    const known = clients.get(accountId)
    if (known) return known[lane]
    if (accountId !== account.id) throw new ConfigError(`This server has no OAuth client for account ${accountId}`)
    const client = { id: config.zendesk.clientId, secret: config.zendesk.clientSecret }
    const made = connectInLanes({
      ...{ baseUrl: zendeskUrl, client, tokens: createTokenStore(secrets, accountId), clock, log, budget },
      ...(overrides.zendeskCallMs === undefined ? {} : { callMs: overrides.zendeskCallMs }),
    })
    clients.set(accountId, made)
    return made[lane]
  }

  function onJob(job: string, outcome: 'done' | 'failed', seconds: number, error?: unknown): void {
    metrics.jobSeconds.observe({ job, outcome }, seconds)
    if (outcome === 'failed') log.warn({ event: 'job.failed', job, err: error })
  }

  /** The pools replace their connections by themselves; one line tells that they had to. */
  function logDatabaseError(error: Error): void {
    log.warn({ event: 'database.connection-lost', reason: error.message })
  }

  function logDispatchError(error: unknown): void {
    log.warn({ event: 'inbox.dispatch-failed', err: error })
  }

  function explainUnreachable(error: Error): never {
    const { code } = error as { code?: string }
    if (config.databaseUrl === null || error.name === 'MigrationError') throw error
    throw new ConfigError(
      `The database of DATABASE_URL cannot be used (${code ?? error.message}). ` +
        'Check that it runs, that the address, user and password are right, and that the database exists.',
      { cause: error },
    )
  }
}
