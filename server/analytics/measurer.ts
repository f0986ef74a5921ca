import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { A_RULE } from '../../core/escalation/life-state.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import { measureTicket } from '../../core/metrics/measure-ticket.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { type Clock, type Instant, SECOND_MS } from '../../core/units.ts'
import { createLoop } from '../clocks/loop.ts'
import type { Database } from '../db/connect.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { readTicketStates } from '../engine/ticket-row.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { accountZone } from './account-zone.ts'
import { addUpPart } from './add-up.ts'
import { keepMeasured, type MeasuredTicket, markParts } from './keep-measured.ts'
import { markAll } from './mark.ts'
import { readRecorded } from './read-recorded.ts'

export type MeasurerDeps = {
  db: Database
  clock: Clock
  account: { id: number }
  calendars: Calendars
  policyOf(accountId: number, version: string | null): Promise<Policy>
  log: Logger
}

/** Keeps what figures are made of in step with the record. */
export type Measurer = {
  /** One batch; answers how much of it there was to do. Nothing is left to do when that is 0. */
  pass(): Promise<number>
  start(): void
  stop(): Promise<void>
}

const PAUSE_MS = SECOND_MS
/** Tickets in one transaction. */
const BATCH = 200
const MARKS = 2000
/** Tickets measured before others get their turn. */
const AT_A_STRETCH = 5

/**
 * Measures tickets that have changed and adds up the weeks that have changed by it.
 *
 * Cases, parts of weeks to add up and the marks that are done are one transaction, so that a server that is killed at any
 * instant leaves either the marks or what they asked for. Safe to run twice and on several servers: one at a time holds
 * the account, and what is measured again is found to be the same.
 */
export function createMeasurer({ db, clock, account, calendars, policyOf, log }: MeasurerDeps): Measurer {
  const loop = createLoop(untilDone, { pauseMs: PAUSE_MS, onTrouble: tell })
  return { pass, start: loop.start, stop: loop.stop }

  async function untilDone(): Promise<void> {
    while ((await pass()) > 0) await nextTurn()
  }

  async function pass(): Promise<number> {
    const isIdle = await inAccount(db, account.id, async (tx) => !(await hasWork(tx, clock.now())))
    if (isIdle) return 0
    const policy = await policyOf(account.id, null)
    const { calendarOf } = await calendars.of(account.id)
    return inAccount(db, account.id, async (tx) => {
      const zone = await holdAccount(tx, account.id, await accountZone(tx, policy), clock.now())
      if (zone === null) return 0
      const marked = await tx
        .selectFrom('measure_mark')
        .select(['id', 'ticket_id'])
        .orderBy('id')
        .limit(MARKS)
        .execute()
      const timed = await dueTickets(tx, clock.now())
      const wanted = [...new Set([...marked.map((one) => one.ticket_id), ...timed])].slice(0, BATCH)
      if (wanted.length === 0) return addUpSome(tx, account.id, clock.now())

      const recorded = await readRecorded(tx, wanted)
      const states = new Map((await readTicketStates(tx, wanted)).map((state) => [state.ticketId, state]))
      const measured: MeasuredTicket[] = []
      for (const ticketId of wanted) {
        const state = states.get(ticketId)
        const setting = { calendarOf, customerTiers: policy.customerTiers, now: clock.now() }
        const nothing = { cases: [], stays: [], dueAt: null }
        const one = state ? measureTicket(state, { ...setting, recorded: recorded.get(ticketId) ?? [] }) : nothing
        measured.push({ ticketId, ...one })
        if (measured.length % AT_A_STRETCH === 0) await nextTurn()
      }
      const isOther = await keepMeasured(tx, measured, { accountId: account.id, zone, now: clock.now() })
      await keepNames(tx, account.id, [...states.values()])
      if (isOther) await countUp(tx)
      const done = new Set(wanted)
      const marks = marked.filter((one) => done.has(one.ticket_id)).map(({ id }) => id)
      await tx.deleteFrom('measure_mark').where('id', '=', sql<number>`any(${marks}::bigint[])`).execute()
      return wanted.length
    })
  }

  function tell(error: unknown): void {
    if (error === null) log.info({ event: 'measuring.resumed', accountId: account.id })
    else log.error({ event: 'measuring.failed', accountId: account.id, err: error })
  }
}

async function hasWork(tx: AccountTransaction, now: number): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from measure_mark) or exists (select from measure_timer where due_at <= ${now})
      or exists (select from measure_week_due where since <= ${now - SETTLED_MS}) or not exists (select from measure_account) as has`.execute(
    tx,
  )
  return rows[0]!.has
}

/**
 * Takes the account until the transaction ends; one that is measured for the first time, or by the weeks of another
 * zone, has everything to do.
 *
 * @returns its zone; null while somebody else has it
 */
async function holdAccount(
  tx: AccountTransaction,
  accountId: number,
  zone: string,
  now: Instant,
): Promise<string | null> {
  const { numInsertedOrUpdatedRows: isNew } = await tx
    .insertInto('measure_account')
    .values({ account_id: accountId, zone, version: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (isNew) await markAll(tx, accountId)
  const held = await tx.selectFrom('measure_account').select('zone').forUpdate().skipLocked().executeTakeFirst()
  if (!held) return null
  if (held.zone !== zone) await beginAnew(tx, { accountId, zone, now })
  return zone
}

/** The cases stay; their weeks begin at other instants. */
async function beginAnew(
  tx: AccountTransaction,
  where: { accountId: number; zone: string; now: Instant },
): Promise<void> {
  await tx.deleteFrom('measure_week').execute()
  await tx.deleteFrom('measure_week_due').execute()
  const { rows } = await sql<{ at: number }>`select distinct at / 86400000 * 86400000 as at from measure_case`.execute(
    tx,
  )
  const days = rows.flatMap(({ at }) => [at, at + 86_399_999])
  await markParts(tx, days, where)
  await tx
    .updateTable('measure_account')

    .set(({ eb }) => ({ zone: where.zone, version: eb('version', '+', 1) }))
    .execute()
}

async function dueTickets(tx: AccountTransaction, now: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('measure_timer')
    .select('ticket_id')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(BATCH)
    .execute()
  return rows.map((row) => row.ticket_id)
}

/** Parts of weeks in one transaction, oldest first. */
const PARTS = 4
/** The present week changes all the time; as long as it waits, reports count its cases one by one. */
const SETTLED_MS = 30 * SECOND_MS

async function addUpSome(tx: AccountTransaction, accountId: number, now: Instant): Promise<number> {
  const due = await tx
    .selectFrom('measure_week_due')
    .select(['from_at', 'to_at'])
    .where('since', '<=', now - SETTLED_MS)
    .orderBy('from_at')
    .limit(PARTS)
    .execute()
  for (const { from_at: from, to_at: to } of due) await addUpPart(tx, accountId, { from, to })
  return due.length
}

/** Who asked and who has it, as they were called then: Zendesk forgets those it deletes. */
async function keepNames(tx: AccountTransaction, accountId: number, states: readonly TicketState[]): Promise<void> {
  const people = states.flatMap(({ escalations }) =>
    escalations.flatMap(({ requestedBy, requestedAt, owner, stageSince }) => [
      { ...requestedBy, at: requestedAt },
      ...(owner ? [{ ...owner, at: stageSince }] : []),
    ]),
  )
  const last = new Map(people.toSorted((a, b) => a.at - b.at).map((one) => [one.id, one]))
  last.delete(A_RULE.id)
  const all = [...last.values()]
  await sql`
    insert into measure_agent (account_id, agent, name, seen_at)
    select ${accountId}::bigint, one.* from unnest(
      ${all.map(({ id }) => id)}::bigint[], ${all.map(({ name }) => name)}::text[], ${all.map(({ at }) => at)}::bigint[]
    ) as one (agent, name, seen_at)
    on conflict (account_id, agent) do update set name = excluded.name, seen_at = excluded.seen_at
    where measure_agent.seen_at < excluded.seen_at`.execute(tx)
}

/** Answers that were kept are out of date. */
async function countUp(tx: AccountTransaction): Promise<void> {
  await tx
    .updateTable('measure_account')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .execute()
}
