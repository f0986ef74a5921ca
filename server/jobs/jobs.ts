import { setTimeout as delay } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { fromKysely, type Job, PgBoss, TestClock } from 'pg-boss'
import type { Clock, Instant } from '../../core/units.ts'
import { type ConnectOptions, connectionOptions } from '../db/connect.ts'
import type { Tables } from '../db/schema.ts'
import type { JobName, JobPayloads } from './payloads.ts'
import { announce, type Presence } from './presence.ts'
import { deadQueueOf, JOB_NAMES, keyOf, QUEUES, WORKERS } from './queues.ts'

/**
 * What carries out a job. Throwing means: try again later, at the error's `retryAt` when it has one, else after the
 * queue's backoff. Every handler may be run twice with the same payload.
 */
export type JobHandlers = { [N in JobName]: (payload: JobPayloads[N]) => Promise<void> }

export type EnqueueOptions = {
  /** Not before this instant; at once when left out. */
  runAt?: Instant
}

export type JobCounts = Record<JobName, { waiting: number; active: number; dead: number }>

/** The queue. A job is put into it in the transaction of the fact it follows from. */
export type Jobs = AsyncDisposable & {
  enqueue<N extends JobName>(
    tx: Kysely<Tables>,
    name: N,
    payload: JobPayloads[N],
    options?: EnqueueOptions,
  ): Promise<void>
  /** Many at once, in one statement. */
  enqueueAll<N extends JobName>(
    tx: Kysely<Tables>,
    name: N,
    payloads: JobPayloads[N][],
    options?: EnqueueOptions,
  ): Promise<void>
  /** Lets workers take jobs as they come. Not together with `settle`. */
  startWorkers(handlers: JobHandlers): Promise<void>
  /** Takes no new job and waits for those under way; one that takes longer than `withinMs` is run again by the next server. */
  stopWorkers(withinMs?: number): Promise<void>
  /**
   * Runs every job that is due by the clock, and what those enqueue, until none is left; answers how many it ran.
   * A handler that throws has its job put off by the queue's backoff, as a worker would.
   */
  settle(handlers: JobHandlers): Promise<number>
  /** When the next waiting job falls due, null when none waits. */
  nextDueAt(): Promise<Instant | null>
  counts(): Promise<JobCounts>
  /** Puts dead jobs back into their queue; answers how many. */
  reviveDead(name: JobName): Promise<number>
}

export type JobsOptions = {
  url: string
  clock: Clock
  /**
   * The clock is moved by hand: pg-boss, inside and outside the database, then reads it too, and nothing polls. Every
   * pool that enqueues must be connected with `drivenSettings`.
   */
  isDriven?: boolean
  /** Jobs of one kind at once. */
  concurrency?: number
  onError?: (error: Error) => void
  onJob?: (name: JobName, outcome: 'done' | 'failed', seconds: number, error?: unknown) => void
}

/** Session settings that let a movable clock reach pg-boss's functions in the database. */
export const drivenSettings: NonNullable<ConnectOptions['settings']> = { 'pgboss.test_clock': 'on' }

const SCHEMA = 'jobs'

export async function createJobs(options: JobsOptions): Promise<Jobs> {
  const { clock, isDriven = false, concurrency = 8 } = options
  const movable = isDriven ? new TestClock(clock.now()) : null
  const boss = new PgBoss({
    ...connectionOptions(options.url, { max: 4, settings: isDriven ? drivenSettings : {} }),
    schema: SCHEMA,
    createSchema: false,
    useListenNotify: !isDriven,
    schedule: false,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    ...(movable ? { clock: movable, supervise: false } : {}),
  })
  boss.on('error', (error) => options.onError?.(error))
  await boss.start()
  await createQueues(boss)
  const workers: { name: JobName; id: string }[] = []
  let presence: Presence | null = null

  return {
    enqueue: (tx, name, payload, enqueueOptions) => enqueueAll(tx, name, [payload], enqueueOptions),
    enqueueAll,
    startWorkers,
    stopWorkers,
    settle,
    nextDueAt,
    counts,
    reviveDead: (name) => boss.redrive(deadQueueOf(name)),
    [Symbol.asyncDispose]: async () => {
      await stopWorkers()
      // A database that is away is no reason not to stop.
      await boss.stop({ graceful: false, close: true }).catch((error) => options.onError?.(error))
    },
  }

  async function enqueueAll<N extends JobName>(
    tx: Kysely<Tables>,
    name: N,
    payloads: JobPayloads[N][],
    { runAt }: EnqueueOptions = {},
  ): Promise<void> {
    const keys = payloads.length > 1 ? await notYetWaiting(tx, name, payloads) : null
    const startAfter = runAt === undefined ? {} : { startAfter: onItsClock(runAt).toISOString() }
    const jobs = payloads
      .map((data) => ({ data, key: keyOf(name, data) }))
      .filter(({ key }) => keys === null || keys.has(key))
      .map(({ data, key }) => ({ data, singletonKey: key, group: { id: key }, ...startAfter }))
    if (jobs.length > 0) await boss.insert(name, jobs, { db: fromKysely(tx), returnId: false })
  }

  /**
   * Keys without a waiting job. The insert would skip the others too, at several times the price. A job that is taken
   * between this look and our commit reads Zendesk later than what we were told of happened, so none is missed.
   */
  async function notYetWaiting<N extends JobName>(
    tx: Kysely<Tables>,
    name: N,
    payloads: JobPayloads[N][],
  ): Promise<Set<string>> {
    const keys = payloads.map((payload) => keyOf(name, payload))
    // A scalar subquery, because the planner would turn `not exists` into a join over all jobs.
    const { rows } = await sql<{ key: string }>`
      select key from unnest(${keys}::text[]) as wanted (key)
      where (
        select true from ${sql.table(`${SCHEMA}.job`)} as job
        where job.name = ${name} and coalesce(job.singleton_key, '') = wanted.key
          and job.state = 'created' and job.policy = 'short'
      ) is null`.execute(tx)
    return new Set(rows.map((row) => row.key))
  }

  /** pg-boss goes by real time unless it is driven; an instant of another clock is as far ahead there as it is here. */
  function onItsClock(at: Instant): Date {
    return new Date(isDriven ? at : Date.now() + (at - clock.now()))
  }

  async function startWorkers(handlers: JobHandlers): Promise<void> {
    presence = await announce(connectionOptions(options.url), releaseOrphans)
    for (const name of JOB_NAMES) {
      const atOnce = WORKERS[name] ?? concurrency
      for (let count = 0; count < atOnce; count++) workers.push({ name, id: await startWorker(name, handlers) })
    }
  }

  /**
   * Jobs that a killed server had begun would otherwise wait until their heartbeat is missed. Being killed is not their
   * failure: without `started_on` the attempt is not counted, so it neither lengthens their backoff nor uses up retries.
   */
  async function releaseOrphans(): Promise<void> {
    await boss.getDb().executeSql(
      `update ${SCHEMA}.job set state = 'retry', started_on = null, start_after = ${SCHEMA}.job_now()
         where state = 'active' and name = any($1::text[])`,
      [JOB_NAMES],
    )
  }

  /** One job at a time; when it is done the next is looked for at once, without waiting for a notification. */
  async function startWorker(name: JobName, handlers: JobHandlers): Promise<string> {
    const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 }
    const id: string = await boss.work<never>(name, { ...polling, groupConcurrency: 1 }, async ([job]) => {
      try {
        await run(name, job!, handlers)
      } finally {
        boss.notifyWorker(id)
      }
    })
    return id
  }

  /** Runs the handler and settles the job, so that one which knows when to be tried again is put off until then. */
  async function run(name: JobName, job: Job<never>, handlers: JobHandlers): Promise<void> {
    const startedAt = performance.now()
    const seconds = () => (performance.now() - startedAt) / 1000
    try {
      await handlers[name](job.data)
    } catch (error) {
      options.onJob?.(name, 'failed', seconds(), error)
      const reason = { message: error instanceof Error ? error.message : String(error) }
      await untilWritten(() => boss.fail(name, job, reason))
      const retryAt = retryAtOf(error)
      if (retryAt !== null) await boss.update(name, undefined, { id: job.id, startAfter: onItsClock(retryAt) })
      return
    }
    await untilWritten(() => boss.complete(name, job))
    options.onJob?.(name, 'done', seconds())
  }

  async function stopWorkers(withinMs = 20_000): Promise<void> {
    const stopping = workers.splice(0).map(({ name, id }) => boss.offWork(name, { id, wait: true }))
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, withinMs)
    await Promise.race([Promise.all(stopping), late])
    clearTimeout(timer)
    await presence?.[Symbol.asyncDispose]()
    presence = null
  }

  async function settle(handlers: JobHandlers): Promise<number> {
    await movable?.setTime(clock.now())
    let ran = 0
    for (let found = true; found; ) {
      found = false
      for (const name of JOB_NAMES) {
        for (const job of await boss.fetch<never>(name, { batchSize: 50, groupConcurrency: 1 })) {
          found = true
          ran += 1
          await run(name, job, handlers)
        }
      }
    }
    return ran
  }

  async function nextDueAt(): Promise<Instant | null> {
    const { rows } = await boss.getDb().executeSql(
      `select min(extract(epoch from start_after) * 1000) as at from ${SCHEMA}.job
         where name = any($1::text[]) and state in ('created', 'retry')`,
      [JOB_NAMES],
    )
    return rows[0].at === null ? null : Math.ceil(Number(rows[0].at))
  }

  async function counts(): Promise<JobCounts> {
    const { rows } = await boss.getDb().executeSql(
      `select name, count(*) filter (where state in ('created', 'retry'))::int as waiting,
              count(*) filter (where state = 'active')::int as active
       from ${SCHEMA}.job group by name`,
    )
    const of = (queue: string) => rows.find((row) => row.name === queue) ?? { waiting: 0, active: 0 }
    return Object.fromEntries(
      JOB_NAMES.map((name) => {
        const { waiting, active } = of(name)
        return [name, { waiting, active, dead: of(deadQueueOf(name)).waiting }]
      }),
    ) as JobCounts
  }
}

/**
 * A database that was restarted is back within a second or two; then the outcome of a job is still known. When it is
 * not back by then, the job's heartbeat is missed and it is run again.
 */
async function untilWritten(write: () => Promise<unknown>): Promise<void> {
  for (const waitMs of [50, 200, 500, 1000, 2000]) {
    try {
      await write()
      return
    } catch {
      await delay(waitMs)
    }
  }
  await write()
}

/** Earliest instant at which the other side asked to be tried again. */
function retryAtOf(error: unknown): Instant | null {
  const retryAt = (error as { retryAt?: unknown } | null)?.retryAt
  return typeof retryAt === 'number' && Number.isFinite(retryAt) ? retryAt : null
}

async function createQueues(boss: PgBoss): Promise<void> {
  for (const name of JOB_NAMES) {
    await boss.createQueue(deadQueueOf(name), { retentionSeconds: 90 * 24 * 3600 })
    const { policy, ...changeable } = { ...QUEUES[name], deadLetter: deadQueueOf(name), notify: true }
    if (await boss.getQueue(name)) await boss.updateQueue(name, changeable)
    else await boss.createQueue(name, { ...changeable, policy })
  }
}
