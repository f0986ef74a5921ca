import { sql } from 'kysely'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { type Clock, type Instant, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { isAway } from '../db/is-away.ts'
import type { FollowUp } from '../engine/follow-up.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { createAside } from './aside.ts'
import { armCanary, CANARY_ID, CANARY_TICKET } from './canary.ts'
import { type Due, findDue } from './due.ts'
import { type Finding, keepFindings } from './findings.ts'
import { createLook, type LookDeps } from './look.ts'
import { createLoop } from './loop.ts'
import { type Told, tellDue } from './tell.ts'

export type SweepDeps = LookDeps & {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueueAll'>
  calendars: Calendars
  followUp: FollowUp
  /** The policy of a version; one that is not kept is answered with the one in force. */
  policyOf(accountId: number, version: string): Promise<Policy>
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  metrics: Pick<Metrics, 'timerLateness' | 'timersAside'>
}

export type Sweep = {
  /** Tells everything that is due and that nobody else tells; answers for how many escalations. */
  pass(): Promise<number>
  /** Lets passes follow each other, about one a second. */
  start(): void
  stop(): Promise<void>
}

const PAUSE_MS = SECOND_MS
const BEAT_MS = 5 * SECOND_MS

/**
 * Takes what fell due and has it told. Safe with any number of servers on one database, and when it is killed: what is
 * told is one transaction of the ticket, and whoever comes next finds the rest.
 *
 * What cannot be told is set aside, named, and tried again later; it never holds up the others.
 */
export function createSweep(deps: SweepDeps): Sweep {
  const { db, clock, log, metrics } = deps
  const accountId = deps.account.id
  const look = createLook(deps)
  const aside = createAside()
  let isArmed = false
  let beatAt: Instant = Number.NEGATIVE_INFINITY
  const loop = createLoop(pass, { pauseMs: PAUSE_MS, onTrouble: logTrouble })

  return { pass, start: loop.start, stop }

  async function pass(): Promise<number> {
    await arm()
    const looked = new Set<number>([CANARY_TICKET])
    let told = 0
    for (;;) {
      const now = clock.now()
      const due = await inAccount(db, accountId, (tx) => findDue(tx, now, aside.at(now)))
      if (due.length === 0) break
      await look.refresh(due.filter(({ ticketId }) => !looked.has(ticketId)))
      for (const { ticketId } of due) looked.add(ticketId)
      const held = await tell(due.map(({ ticketId }) => ticketId))
      told += held.filter(({ escalationId }) => escalationId !== CANARY_ID).length
      await beat()
      // Somebody else has them.
      if (held.length === 0) break
    }
    await beat()
    return told
  }

  async function arm(): Promise<void> {
    if (isArmed) return
    const calendars = await deps.calendars.of(accountId)
    await inAccount(db, accountId, (tx) => armCanary(tx, { accountId, now: clock.now(), calendars }))
    isArmed = true
  }

  /** All in one transaction; when that fails one by one, to find the one that it fails for. */
  async function tell(tickets: readonly number[]): Promise<Due[]> {
    try {
      return await tellTogether(tickets)
    } catch (error) {
      if (isAway(error)) throw error
      log.warn({ event: 'timers.batch-failed', accountId, tickets: tickets.length, err: error })
    }
    const held: Due[] = []
    for (const ticketId of tickets) {
      try {
        held.push(...(await tellTogether([ticketId])))
      } catch (error) {
        if (isAway(error)) throw error
        await setAside(ticketId, 'failed', error)
      }
    }
    return held
  }

  async function tellTogether(tickets: readonly number[]): Promise<Due[]> {
    const calendars = await deps.calendars.of(accountId)
    const now = clock.now()
    const told = await inAccount(db, accountId, async (tx) => {
      await limitWaiting(tx)
      const policyOf = remember((version) => deps.policyOf(accountId, version))
      return tellDue(tx, tickets, { accountId, now, calendars, followUp: deps.followUp, jobs: deps.jobs, policyOf })
    })
    note(told)
    for (const { ticketId } of told.stuck) await setAside(ticketId, 'stuck')
    return told.held
  }

  function note({ held, events, stuck }: Told): void {
    for (const { ticketId } of held) if (!stuck.some((one) => one.ticketId === ticketId)) aside.forget(ticketId)
    for (const event of events) {
      const lateMs = latenessOf(event)
      if (lateMs !== null) metrics.timerLateness.observe(lateMs / SECOND_MS)
    }
    if (events.length > 0)
      log.info({ event: 'timers.told', accountId, escalations: held.length, events: events.length })
  }

  async function setAside(ticketId: number, kind: 'failed' | 'stuck', error?: unknown): Promise<void> {
    const now = clock.now()
    aside.add(ticketId, now)
    metrics.timersAside.inc({ kind })
    log.error({ event: `timers.${kind}`, accountId, ticketId, ...(error === undefined ? {} : { err: error }) })
    await inAccount(db, accountId, async (tx) => {
      const rows = await tx
        .selectFrom('escalation_clocks')
        .select(['escalation_id', 'next_due_at'])
        .where('ticket_id', '=', ticketId)
        .where('next_due_at', '<=', now)
        .execute()
      const found = rows.map((row): Finding => {
        return { kind, escalationId: row.escalation_id, what: null, since: row.next_due_at ?? now, foundAt: now }
      })
      await keepFindings(tx, accountId, found)
    })
  }

  /** The heartbeat: a batch was told to its end, or there was none. */
  async function beat(): Promise<void> {
    const now = clock.now()
    if (now - beatAt < BEAT_MS) return
    await inAccount(db, accountId, (tx) =>
      tx
        .insertInto('watch')
        .values({ account_id: accountId, findings: '[]', swept_at: now })
        .onConflict((conflict) =>
          conflict
            .column('account_id')
            .doUpdateSet({ swept_at: sql<number>`greatest(watch.swept_at, ${now}::bigint)` }),
        )
        .execute(),
    )
    beatAt = now
  }

  async function stop(): Promise<void> {
    await loop.stop()
    await look.ended()
  }

  function logTrouble(error: unknown): void {
    if (error === null) log.info({ event: 'sweep.resumed', accountId })
    else log.error({ event: 'sweep.failed', accountId, err: error })
  }
}

/** Nobody holds a ticket for long; a sweep that waits for ever would be the one that is frozen. */
async function limitWaiting(tx: AccountTransaction): Promise<void> {
  await sql`select set_config('lock_timeout', '5s', true), set_config('statement_timeout', '20s', true)`.execute(tx)
}

function latenessOf(event: EscalationEvent): number | null {
  return 'lateMs' in event ? event.lateMs : null
}

function remember<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (key) => {
    const answer = known.get(key) ?? ask(key)
    known.set(key, answer)
    return answer
  }
}
