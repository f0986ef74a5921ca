import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inAccount } from '../../../server/db/in-account.ts'
import { type TimedAccount, timedAccount } from './timed-account.ts'

let account: TimedAccount
beforeEach(async () => {
  account = await timedAccount()
})
afterEach(() => account[Symbol.asyncDispose]())

const SECOND = 1000
const count = (word: string) => account.words().filter((one) => one === word).length

/** Lets time pass as a server does that works. */
async function run(seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    await account.clock.advance(5 * SECOND)
    await account.sweep.pass()
  }
}

describe('C15: the canary', () => {
  it('fires every minute through the real path', async () => {
    await account.sweep.pass()
    await run(60)
    expect(await account.standing()).toMatchObject({ state: 'ok', canaryAgeMs: 0, canaryLateMs: 0 })
    await run(60)
    expect(await account.standing()).toMatchObject({ state: 'ok', canaryAgeMs: 0, canaryLateMs: 0 })
  })

  it('is seen by nobody: no event, no effect, no escalation, nothing asked of Zendesk', async () => {
    await account.sweep.pass()
    await run(180)
    const rows = await inAccount(account.deps.db, account.accountId, async (tx) => ({
      events: await tx.selectFrom('event').select('id').execute(),
      effects: await tx.selectFrom('effect').select('id').execute(),
      escalations: await tx.selectFrom('escalation').select('id').execute(),
    }))
    expect(rows).toEqual({ events: [], effects: [], escalations: [] })
    expect(account.zendesk.requests).toEqual([])
    expect(await account.standing()).toMatchObject({ due: 0, late: 0 })
  })

  it('says how late it was, and fires once, after six hours in which nothing ran', async () => {
    await account.sweep.pass()
    await account.advance(6 * 60 + 1)
    await account.sweep.pass()
    expect(await account.standing()).toMatchObject({ state: 'ok', canaryAgeMs: 0, canaryLateMs: 6 * 3_600_000 })
    await account.clock.advance(59 * SECOND)
    await account.sweep.pass()
    expect(await account.standing()).toMatchObject({ canaryAgeMs: 59 * SECOND })
  })

  it('fires once a minute, however many servers there are', async () => {
    const sweeps = [account.sweep, account.anotherSweep(), account.anotherSweep()]
    await Promise.all(sweeps.map((sweep) => sweep.pass()))
    await account.clock.advance(60 * SECOND)
    await Promise.all(sweeps.map((sweep) => sweep.pass()))
    expect(await account.standing()).toMatchObject({ canaryAgeMs: 0, canaryLateMs: 0, findings: [] })
  })

  it('that cannot be told is named, and means that timers are frozen though the sweep runs', async () => {
    await account.sweep.pass()
    await inAccount(account.deps.db, account.accountId, (tx) =>
      sql`update ticket set state = jsonb_set(state, '{escalations,0,stage}', '"closed"') where ticket_id = 0`.execute(
        tx,
      ),
    )
    await run(60 + 50)
    expect(await account.standing()).toMatchObject({
      state: 'frozen',
      sweepAgeMs: 0,
      findings: [{ kind: 'failed', escalationId: 'CANARY' }],
    })
  })

  it('that somebody removed is put back by the auditor', async () => {
    await account.sweep.pass()
    await account.tamper(0, { isGone: true })
    await account.auditor.audit()
    expect(await account.dueAt(0)).toBe(account.clock.now() + 60 * SECOND)
  })
})

describe('C15: a sweep that stands still', () => {
  it('is unknown before the first pass, and then known to run', async () => {
    expect(await account.standing()).toMatchObject({ state: 'unknown', sweepAgeMs: null })
    await account.sweep.pass()
    expect(await account.standing()).toMatchObject({ state: 'ok', sweepAgeMs: 0 })
  })

  it('is noticed within a minute though it hangs, told once, and told when it is over', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const ticketId = await account.anEscalation()
    const sweep = account.anotherSweep({
      jobs: { enqueueAll: () => released },
    })
    await sweep.pass()
    await account.advance(59)
    await sweep.pass()
    await account.watcher.look()
    await account.advance(1)
    const hanging = sweep.pass()

    for (let seconds = 0; seconds < 60; seconds += 10) {
      await account.watcher.look()
      await account.clock.advance(10 * SECOND)
    }
    expect(await account.standing()).toMatchObject({ state: 'frozen', due: 1, late: 1 })
    expect(count('timers.frozen')).toBe(1)
    for (let looks = 0; looks < 3; looks++) await account.watcher.look()
    expect(count('timers.frozen')).toBe(1)

    release()
    await hanging
    await account.watcher.look()
    expect(await account.standing()).toMatchObject({ state: 'ok', due: 0, late: 0 })
    expect(count('timers.moving')).toBe(1)
    expect(await account.told(ticketId)).toHaveLength(1)
  })

  it('is late, not frozen, while it works off what was missed', async () => {
    const ticketId = await account.anEscalation()
    await account.advance(59)
    await account.sweep.pass()
    await account.tamper(ticketId, { nextDueAt: account.clock.now() - 31 * SECOND })
    expect(await account.standing()).toMatchObject({ state: 'late', due: 1, late: 1 })
  })
})
