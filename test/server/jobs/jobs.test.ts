import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJobs, type JobHandlers, type Jobs } from '../../../server/jobs/jobs.ts'
import type { JobPayloads } from '../../../server/jobs/payloads.ts'
import { createStoppedClock } from '../../support/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import type { MovableClock } from '../../zendesk/world.ts'

const HOUR = 3_600_000
const IDLE: JobHandlers = {
  observe: async () => {},
  act: async () => {},
  'catch-up': async () => {},
  'metric-events': async () => {},
  sync: async () => {},
  reconcile: async () => {},
  schedules: async () => {},
  recount: async () => {},
  notify: async () => {},
}
let database: TestDatabase
let clock: MovableClock
let jobs: Jobs
let observed: number[]
let handlers: JobHandlers

beforeEach(async () => {
  database = await createTestDatabase()
  clock = createStoppedClock('2026-03-06 10:00Z')
  jobs = await createJobs({ url: database.url, clock, isDriven: true })
  observed = []
  handlers = { ...IDLE, observe: async ({ ticketId }) => void observed.push(ticketId) }
})
afterEach(async () => {
  await jobs[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const look = (ticketId: number): JobPayloads['observe'] => ({ accountId: 1, ticketId })

describe('a job', () => {
  it('exists exactly when the transaction it was queued in does', async () => {
    const cancelled = database.db.transaction().execute(async (tx) => {
      await jobs.enqueue(tx, 'observe', look(1))
      throw new Error('changed my mind')
    })
    await expect(cancelled).rejects.toThrow('changed my mind')
    await database.db.transaction().execute((tx) => jobs.enqueue(tx, 'observe', look(2)))
    expect(await jobs.settle(handlers)).toBe(1)
    expect(observed).toEqual([2])
  })

  it('waits once per ticket, and once more while one is under way', async () => {
    handlers.observe = async ({ ticketId }) => {
      observed.push(ticketId)
      if (observed.length > 1) return
      for (let again = 0; again < 3; again++) await jobs.enqueue(database.db, 'observe', look(7))
    }
    for (let again = 0; again < 3; again++) await jobs.enqueue(database.db, 'observe', look(7))
    await jobs.settle(handlers)
    expect(observed).toEqual([7, 7])
  })

  it('for which somebody waits is never taken for one that was put off for everybody else', async () => {
    await jobs.enqueue(database.db, 'observe', { ...look(7), lane: 'background' }, { runAt: clock.now() + HOUR })
    await jobs.enqueue(database.db, 'observe', look(7))
    expect(await jobs.settle(handlers)).toBe(1)
    expect(observed).toEqual([7])
  })

  it('runs at its instant, not before', async () => {
    await jobs.enqueue(database.db, 'observe', look(1), { runAt: clock.now() + HOUR })
    expect(await jobs.nextDueAt()).toBe(clock.now() + HOUR)
    await clock.advance(HOUR - 1)
    expect(await jobs.settle(handlers)).toBe(0)
    await clock.advance(1)
    expect(await jobs.settle(handlers)).toBe(1)
  })

  it('that fails is tried again, later each time, and is kept when it fails for good', async () => {
    const startedAt: number[] = []
    handlers.observe = async () => {
      startedAt.push(clock.now())
      throw new Error('Zendesk is away')
    }
    await jobs.enqueue(database.db, 'observe', look(1))
    for (let due = await jobs.nextDueAt(); due !== null; due = await jobs.nextDueAt()) {
      await clock.advance(Math.max(0, due - clock.now()))
      await jobs.settle(handlers)
    }
    const waits = startedAt.slice(1).map((at, index) => at - startedAt[index]!)
    expect(waits).toHaveLength(20)
    expect(waits[0]).toBeGreaterThanOrEqual(1000)
    expect(waits[5]).toBeGreaterThan(waits[0]!)
    expect(Math.max(...waits)).toBeLessThanOrEqual(600_000)
    expect((await jobs.counts()).observe).toEqual({ waiting: 0, active: 0, dead: 1 })

    handlers.observe = async ({ ticketId }) => void observed.push(ticketId)
    expect(await jobs.reviveDead('observe')).toBe(1)
    await jobs.settle(handlers)
    expect(observed).toEqual([1])
    expect((await jobs.counts()).observe).toEqual({ waiting: 0, active: 0, dead: 0 })
  })

  it('that knows when to be tried again is, at that instant', async () => {
    handlers.act = async () => {
      throw Object.assign(new Error('rate limited'), { retryAt: clock.now() + HOUR })
    }
    await jobs.enqueue(database.db, 'act', { accountId: 1, effectId: 'E' })
    await jobs.settle(handlers)
    expect(await jobs.nextDueAt()).toBe(clock.now() + HOUR)
  })

  it('of another account does not stand in its way', async () => {
    await jobs.enqueueAll(database.db, 'observe', [look(7), { accountId: 2, ticketId: 7 }])
    expect(await jobs.settle(handlers)).toBe(2)
  })
})

describe('workers', () => {
  it('take jobs as they come, many tickets at once and one ticket never twice', async () => {
    await using working = await createJobs({ url: database.url, clock: Date, concurrency: 4 })
    const done = Promise.withResolvers<void>()
    const running = new Map<number, number>()
    let most = 0
    let finished = 0
    await working.startWorkers({
      ...IDLE,
      observe: async ({ ticketId }) => {
        running.set(ticketId, (running.get(ticketId) ?? 0) + 1)
        expect(running.get(ticketId)).toBe(1)
        most = Math.max(most, running.size)
        await sql`select pg_sleep(0.02)`.execute(database.db)
        running.delete(ticketId)
        finished += 1
        if (finished === 40) done.resolve()
      },
    })
    for (let ticketId = 1; ticketId <= 40; ticketId++) await working.enqueue(database.db, 'observe', look(ticketId))
    await done.promise
    expect(most).toBeGreaterThan(1)
  })

  it('take over at once what a killed server had begun', async () => {
    await jobs.enqueue(database.db, 'observe', look(9))
    await sql`update jobs.job set state = 'active', started_on = now() where name = 'observe'`.execute(database.db)
    const done = Promise.withResolvers<number>()
    await using working = await createJobs({ url: database.url, clock: Date, concurrency: 1 })
    await working.startWorkers({ ...IDLE, observe: async ({ ticketId }) => done.resolve(ticketId) })
    expect(await done.promise).toBe(9)
  })

  it('do not hold against a job how often its server was killed', async () => {
    await jobs.enqueue(database.db, 'observe', look(9))
    for (let kill = 0; kill < 25; kill++) {
      // As pg-boss takes a job.
      await sql`update jobs.job set state = 'active', started_on = now(),
        retry_count = retry_count + (started_on is not null)::int where name = 'observe'`.execute(database.db)
      await using restarted = await createJobs({ url: database.url, clock: Date, concurrency: 0 })
      await restarted.startWorkers(IDLE)
    }
    const { rows } = await sql`select state, retry_count as tries from jobs.job where name = 'observe'`.execute(
      database.db,
    )
    expect(rows).toEqual([{ state: 'retry', tries: 0 }])
  })

  it('leave alone what another living server has begun', async () => {
    await using living = await createJobs({ url: database.url, clock: Date, concurrency: 1 })
    await living.startWorkers(IDLE)
    await jobs.enqueue(database.db, 'observe', look(9), { runAt: Date.now() + HOUR })
    await sql`update jobs.job set state = 'active', started_on = now() where name = 'observe'`.execute(database.db)
    await using second = await createJobs({ url: database.url, clock: Date, concurrency: 1 })
    await second.startWorkers(IDLE)
    expect((await second.counts()).observe).toEqual({ waiting: 0, active: 1, dead: 0 })
  })

  it('finish what they have begun before they stop', async () => {
    await using working = await createJobs({ url: database.url, clock: Date, concurrency: 2 })
    const begun = Promise.withResolvers<void>()
    let isFinished = false
    await working.startWorkers({
      ...IDLE,
      observe: async () => {
        begun.resolve()
        await sql`select pg_sleep(0.1)`.execute(database.db)
        isFinished = true
      },
    })
    await working.enqueue(database.db, 'observe', look(1))
    await begun.promise
    await working.stopWorkers()
    expect(isFinished).toBe(true)
    expect((await working.counts()).observe).toEqual({ waiting: 0, active: 0, dead: 0 })
  })
})
