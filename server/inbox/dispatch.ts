import { sql } from 'kysely'
import { HOUR_MS, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'

/** Queues the looks at tickets that deliveries told of, outside of the requests that bring them. */
export type Dispatcher = {
  /** Dispatches this account's deliveries too. */
  serve(accountId: number): void
  start(): void
  /** Something was stored. While a round is under way, any number of these make one more; before `start`, none. */
  wake(): void
  /** One round by hand; answers how many looks it asked for. */
  dispatch(): Promise<number>
  /** Resolves when what was stored so far is dispatched, or the database is away. */
  stop(): Promise<void>
}

export type DispatcherDeps = {
  db: Database
  jobs: Pick<Jobs, 'enqueueAll'>
  forgetOld: (accountId: number) => Promise<unknown>
  onError: (error: unknown) => void
}

/** Commits of one transaction. */
const AT_ONCE = 500
/** For what a killed server stored, and after a round that failed. */
const LOOK_EVERY_MS = 5 * SECOND_MS
const FORGET_EVERY_MS = HOUR_MS
/**
 * After a round with that many looks more are on their way: it rests ten times as long as it worked, so that dispatching
 * leaves the machine to accepting, and the next round finds more of the same tickets together.
 */
const BUSY_FROM_LOOKS = 20
const REST_FACTOR = 10
const LONGEST_REST_MS = 100

export function createDispatcher({ db, jobs, forgetOld, onError }: DispatcherDeps): Dispatcher {
  const accountIds = new Set<number>()
  const timers: NodeJS.Timeout[] = []
  let isStarted = false
  let isWoken = false
  let endRest = () => {}
  let running: Promise<void> | null = null
  return { serve: (accountId) => void accountIds.add(accountId), start, wake, dispatch, stop }

  function start(): void {
    isStarted = true
    timers.push(setInterval(wake, LOOK_EVERY_MS).unref(), setInterval(forget, FORGET_EVERY_MS).unref())
    wake()
    forget()
  }

  function wake(): void {
    if (!isStarted) return
    isWoken = true
    running ??= run().finally(() => {
      running = null
    })
  }

  async function run(): Promise<void> {
    while (isWoken) {
      isWoken = false
      const begunAt = performance.now()
      try {
        const looks = await dispatchAll()
        if (looks >= BUSY_FROM_LOOKS) await rest((performance.now() - begunAt) * REST_FACTOR)
      } catch (error) {
        isWoken = false
        onError(error)
      }
    }
  }

  /** Stopping ends it. */
  async function rest(ms: number): Promise<void> {
    if (!isStarted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    endRest = resolve
    const timer = setTimeout(resolve, Math.min(ms, LONGEST_REST_MS))
    await promise
    clearTimeout(timer)
  }

  async function dispatch(): Promise<number> {
    await running
    return dispatchAll()
  }

  async function stop(): Promise<void> {
    for (const timer of timers.splice(0)) clearInterval(timer)
    isStarted = false
    endRest()
    await running
  }

  async function dispatchAll(): Promise<number> {
    let asked = 0
    for (const accountId of accountIds) {
      for (let taken = AT_ONCE; taken === AT_ONCE; ) {
        const { commits, looks } = await dispatchSome(accountId)
        asked += looks
        taken = commits
      }
    }
    return asked
  }

  /**
   * Takes commits and queues one look per ticket, in one transaction: a commit is there until its looks are. Servers
   * that do so at once take different commits, and queue in one order, so that none waits for the other in a circle.
   */
  function dispatchSome(accountId: number): Promise<{ commits: number; looks: number }> {
    return inAccount(db, accountId, async (tx) => {
      const { rows } = await sql<{ id: number; ticketId: number }>`
        with taken as (
          delete from inbox_commit where id = any(array(
            select id from inbox_commit order by id limit ${AT_ONCE} for update skip locked
          )) returning id, ticket_ids
        )
        select id, unnest(ticket_ids) as "ticketId" from taken`.execute(tx)
      const tickets = [...new Set(rows.map(({ ticketId }) => ticketId))].sort((a, b) => a - b)
      const looks = tickets.map((ticketId) => ({ accountId, ticketId }))
      if (looks.length > 0) await jobs.enqueueAll(tx, 'observe', looks)
      return { commits: new Set(rows.map(({ id }) => id)).size, looks: looks.length }
    })
  }

  function forget(): void {
    for (const accountId of accountIds) forgetOld(accountId).catch(onError)
  }
}
