import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../../server/db/connect.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { isAway } from '../../../server/db/is-away.ts'
import type { Tables } from '../../../server/db/schema.ts'
import { type TimedAccount, timedAccount } from './timed-account.ts'

// 09:00: handed over. Warnings at 10:00 (first response) and 11:00 (resolution, breach of the first response),
// at 13:00 the resolution is breached and tier 3 takes over.
let account: TimedAccount
beforeEach(async () => {
  account = await timedAccount()
})
afterEach(() => account[Symbol.asyncDispose]())

const kindsAt = async (ticketId?: number) => (await account.told(ticketId)).map(({ at, kind }) => `${at} ${kind}`)

describe('a sweep', () => {
  it('tells what is due when it is due, and no sooner', async () => {
    const ticketId = await account.anEscalation()
    await account.advance(59)
    expect(await account.sweep.pass()).toBe(0)
    await account.advance(1)
    expect(await account.sweep.pass()).toBe(1)
    expect(await account.told(ticketId)).toMatchObject([{ kind: 'clock-warned', at: '10:00', lateMs: 0 }])
    expect(await account.sweep.pass()).toBe(0)
    await account.settle()
    expect(await account.comments(ticketId)).toHaveLength(1)
  })

  it('takes an escalation to the next tier by the policy it was made with', async () => {
    const ticketId = await account.anEscalation()
    for (let hour = 0; hour < 4; hour++) {
      await account.advance(60)
      await account.sweep.pass()
      await account.settle()
    }
    expect(await kindsAt(ticketId)).toEqual([
      '10:00 clock-warned',
      '11:00 clock-breached',
      '11:00 clock-warned',
      '13:00 clock-breached',
      '13:00 raised',
    ])
    expect(account.ticket(ticketId).group_id).toBe(account.groups.platform.id)
  })

  it('that was stopped for six hours tells each once, at its true instant, in order, in one comment a ticket', async () => {
    const first = await account.anEscalation()
    await account.advance(30)
    const second = await account.anEscalation()
    await account.advance(6 * 60)

    expect(await account.sweep.pass()).toBe(2)
    await account.settle()
    await account.sweep.pass()
    await account.settle()

    const told = await account.told()
    const due = told.filter(({ kind }) => kind.startsWith('clock'))
    expect(due.map(({ at, ticketId, kind }) => `${at} ${ticketId === first ? 'first' : 'second'} ${kind}`)).toEqual([
      '10:00 first clock-warned',
      '10:30 second clock-warned',
      '11:00 first clock-breached',
      '11:00 first clock-warned',
      '11:30 second clock-breached',
      '11:30 second clock-warned',
      '13:00 first clock-breached',
      '13:30 second clock-breached',
    ])
    expect(due[0]!.lateMs).toBe(5.5 * 3_600_000)
    for (const ticketId of [first, second]) {
      expect(await account.comments(ticketId)).toHaveLength(1)
      expect(told.filter((one) => one.kind === 'raised' && one.ticketId === ticketId)).toMatchObject([{ at: '15:30' }])
    }
  })

  it('tells each thing once when several servers sweep at the same time', async () => {
    const tickets: number[] = []
    for (let count = 0; count < 12; count++) tickets.push(await account.anEscalation())
    await account.advance(5 * 60)
    const sweeps = [account.sweep, account.anotherSweep(), account.anotherSweep(), account.anotherSweep()]
    const counts = await Promise.all(sweeps.map((sweep) => sweep.pass()))
    await Promise.all(sweeps.map((sweep) => sweep.pass()))
    await account.settle()

    expect(counts.reduce((sum, count) => sum + count)).toBe(tickets.length)
    for (const ticketId of tickets) {
      expect(await account.told(ticketId)).toHaveLength(5)
      expect(await account.comments(ticketId)).toHaveLength(1)
    }
  })

  it('loses nothing when its connection is killed between lock and commit', async () => {
    const ticketId = await account.anEscalation()
    await account.advance(60)
    const killed = account.anotherSweep({ jobs: { enqueueAll: (tx) => kill(tx) } })
    await expect(killed.pass()).rejects.toSatisfy(isAway)
    expect(await account.told(ticketId)).toEqual([])

    expect(await account.anotherSweep().pass()).toBe(1)
    await account.settle()
    expect(await kindsAt(ticketId)).toEqual(['10:00 clock-warned'])
    expect(await account.comments(ticketId)).toHaveLength(1)
  })

  it('tells a thousand in a few batches', async () => {
    const ticketId = await account.anEscalation()
    await copies(ticketId, 1000)
    await account.advance(60)
    const silent = account.anotherSweep({
      zendeskOf: () => ({ readTicketStamps: async () => new Map(range(1000).map((id) => [id, 0])) }),
      observe: async () => {},
    })
    expect(await silent.pass()).toBe(1001)
    expect(await account.told()).toHaveLength(1001)
  })
})

describe('a row that cannot be told', () => {
  it('is set aside and named, and the others are told', async () => {
    const [poison, ...others] = [
      await account.anEscalation(),
      await account.anEscalation(),
      await account.anEscalation(),
    ]
    const id = await spoil(poison!)
    await account.advance(60)
    expect(await account.sweep.pass()).toBe(2)
    for (const ticketId of others) expect(await kindsAt(ticketId)).toEqual(['10:00 clock-warned'])
    expect(await account.findings()).toMatchObject([{ kind: 'failed', escalationId: id }])
    expect(account.words()).toContain('timers.failed')
  })

  it('is tried again later, and told once it can be', async () => {
    const ticketId = await account.anEscalation()
    const mend = await spoilAndMend(ticketId)
    await account.advance(60)
    await account.sweep.pass()
    await mend()
    expect(await account.sweep.pass()).toBe(0)
    await account.advance(1)
    expect(await account.sweep.pass()).toBe(1)
    expect(await account.told(ticketId)).toMatchObject([{ kind: 'clock-warned', at: '10:00', lateMs: 60_000 }])
    await account.auditor.audit()
    expect(await account.findings()).toEqual([])
  })

  it('is left alone longer each time', async () => {
    const ticketId = await account.anEscalation()
    await spoil(ticketId)
    await account.advance(60)
    let tries = 0
    for (let minute = 0; minute < 60; minute++) {
      const before = account.words().filter((word) => word === 'timers.failed').length
      await account.sweep.pass()
      tries += account.words().filter((word) => word === 'timers.failed').length - before
      await account.advance(1)
    }
    expect(tries).toBe(6)
  })

  it('whose escalation is over waits for nothing any more', async () => {
    const ticketId = await account.anEscalation()
    account.change(account.people.agent, ticketId, { status: 'closed' })
    await account.look(ticketId)
    await account.tamper(ticketId, { nextDueAt: account.clock.now() - 1000 })
    await account.sweep.pass()
    expect(await account.dueAt(ticketId)).toBeNull()
    expect(await account.told(ticketId)).toEqual([])
  })

  it('that names an escalation nobody knows is named, not taken again and again', async () => {
    const ticketId = await account.anEscalation()
    await inAccount(account.deps.db, account.accountId, (tx) =>
      sql`insert into escalation_clocks values (${account.accountId}, 'ESC-X', ${ticketId}, ${account.clock.now()}, '{}', '[]', 0)`.execute(
        tx,
      ),
    )
    await account.sweep.pass()
    expect(await account.findings()).toMatchObject([{ kind: 'stuck', escalationId: 'ESC-X' }])
  })
})

/** Ends the connection of this transaction, as the database does when the server at its other end is killed. */
async function kill(tx: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
  const owner = connect(account.database.url, { role: null, max: 1 })
  await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(owner)
  await owner.destroy()
  await sql`select 1`.execute(tx)
}

const range = (count: number) => Array.from({ length: count }, (_, index) => 100_000 + index)

/** Tickets in the same state as this one, each with an escalation of its own. */
async function copies(ticketId: number, count: number): Promise<void> {
  await inAccount(account.deps.db, account.accountId, async (tx) => {
    const ids = range(count)
    await sql`
      insert into ticket (account_id, ticket_id, state, last_audit_id, updated_at, seen_at)
      select account_id, id, replace(replace(state::text, escalations->>'id', 'ESC-' || id), '"ticketId": ' || ticket_id, '"ticketId": ' || id)::jsonb,
        last_audit_id, updated_at, seen_at
      from ticket, lateral (select state->'escalations'->0 as escalations) as first, unnest(${ids}::bigint[]) as copy (id)
      where ticket_id = ${ticketId}`.execute(tx)
    await sql`
      insert into escalation_clocks
      select account_id, 'ESC-' || id, id, next_due_at, schedules, countdowns, schedules_as_of
      from escalation_clocks, unnest(${ids}::bigint[]) as copy (id) where ticket_id = ${ticketId}`.execute(tx)
    await sql`
      insert into escalation
      select account_id, 'ESC-' || copy.id, copy.id, 'command-' || copy.id, stage, tier, queue, severity, urgency, policy_version,
        decision, requested_by, requested_at, respond_by
      from escalation, unnest(${ids}::bigint[]) as copy (id) where ticket_id = ${ticketId}`.execute(tx)
  })
}

/** Leaves a state in the database that nobody can fold; answers the escalation's id. */
async function spoil(ticketId: number): Promise<string> {
  const { escalations } = await account.stateOf(ticketId)
  await inAccount(account.deps.db, account.accountId, (tx) =>
    sql`update ticket set state = jsonb_set(state, '{escalations,0,handOvers}', '[{}]') where ticket_id = ${ticketId}`.execute(
      tx,
    ),
  )
  return escalations[0]!.id
}

async function spoilAndMend(ticketId: number): Promise<() => Promise<unknown>> {
  const state = JSON.stringify(await account.stateOf(ticketId))
  await spoil(ticketId)
  return () =>
    inAccount(account.deps.db, account.accountId, (tx) =>
      sql`update ticket set state = ${state}::jsonb where ticket_id = ${ticketId}`.execute(tx),
    )
}
