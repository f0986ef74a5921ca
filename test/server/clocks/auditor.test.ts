import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Finding } from '../../../server/clocks/findings.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { type TimedAccount, timedAccount } from './timed-account.ts'

let account: TimedAccount
beforeEach(async () => {
  account = await timedAccount()
})
afterEach(() => account[Symbol.asyncDispose]())

/** What is found of escalations; the canary, which these tests leave alone, is not among them. */
async function audit(auditor = account.auditor): Promise<Finding[]> {
  return ((await auditor.audit()) ?? []).filter(({ escalationId }) => escalationId !== 'CANARY')
}

const idOf = async (ticketId: number) => (await account.stateOf(ticketId)).escalations.at(-1)!.id

describe('C15: the auditor names every step that was due and did not happen', () => {
  it('finds nothing where everything was told', async () => {
    await account.anEscalation()
    await account.advance(60)
    await account.sweep.pass()
    await account.settle()
    expect(await audit()).toEqual([])
    expect(await account.findings()).toEqual([])
  })

  it('names what is overdue by more than half a minute, and takes it back once it is told', async () => {
    const ticketId = await account.anEscalation()
    await account.sweep.pass()
    await account.advance(60)
    await account.clock.advance(30_000)
    expect(await audit()).toEqual([])
    await account.advance(1)
    const since = Date.parse('2026-03-06T10:00:00Z')
    const what = expect.stringMatching(/first-response\/warning\/50$/)
    const escalationId = await idOf(ticketId)
    expect(await audit()).toContainEqual(expect.objectContaining({ kind: 'overdue', escalationId, what, since }))
    expect(account.logged).toContainEqual(expect.objectContaining({ event: 'timers.overdue', escalationId }))

    await account.sweep.pass()
    await account.advance(1)
    await account.auditor.audit()
    expect(await account.findings()).toEqual([])
  })

  it('names each thing once in the log, however long it lasts', async () => {
    await account.anEscalation()
    for (let minute = 0; minute < 90; minute++) {
      await account.advance(1)
      await account.auditor.audit()
    }
    const named = account.logged.filter(({ event }) => event === 'timers.overdue')
    expect(new Set(named.map(({ what }) => what)).size).toBe(named.length)
  })

  it.each([
    ['waits for nothing', { nextDueAt: null }],
    ['waits for another instant', { nextDueAt: Date.parse('2026-03-06T23:00:00Z') }],
    ['has no row at all', { isGone: true }],
  ])('finds an escalation that %s, though the sweep never would, and repairs it', async (_, change) => {
    const ticketId = await account.anEscalation()
    const right = await account.dueAt(ticketId)
    await account.tamper(ticketId, change)
    const escalationId = await idOf(ticketId)
    expect(await audit()).toMatchObject([{ kind: 'repaired', escalationId }])
    expect(await account.dueAt(ticketId)).toBe(right)
    await account.advance(60)
    await account.sweep.pass()
    expect(await account.told(ticketId)).toHaveLength(1)
  })

  it('goes through all open escalations slice by slice, and begins anew', async () => {
    const tickets: number[] = []
    for (let count = 0; count < 5; count++) tickets.push(await account.anEscalation())
    const auditor = account.anotherAuditor({ sliceSize: 2 })
    for (let round = 0; round < 2; round++) {
      for (const ticketId of tickets) await account.tamper(ticketId, { nextDueAt: null })
      const found = []
      for (let minute = 0; minute < 3; minute++) {
        found.push((await audit(auditor)).length)
        await account.advance(1)
      }
      expect(found).toEqual([2, 2, 1])
    }
  })

  it('keeps a repair to be read for a day', async () => {
    const ticketId = await account.anEscalation()
    await account.tamper(ticketId, { isGone: true })
    await account.auditor.audit()
    await account.advance(23 * 60)
    await account.sweep.pass()
    await account.settle()
    await account.auditor.audit()
    expect(await account.findings()).toMatchObject([{ kind: 'repaired' }])
    await account.advance(2 * 60)
    await account.auditor.audit()
    expect((await account.findings()).filter(({ kind }) => kind === 'repaired')).toEqual([])
  })

  it('looks once a minute, however many servers there are', async () => {
    await account.anEscalation()
    const auditors = [account.auditor, account.anotherAuditor(), account.anotherAuditor()]
    const looks = await Promise.all(auditors.map((auditor) => auditor.audit()))
    expect(looks.filter((found) => found !== null)).toHaveLength(1)
    await account.advance(1)
    expect(await account.auditor.audit()).not.toBeNull()
  })

  it('leaves alone what a change of schedule is about to count anew, but not for ever', async () => {
    const ticketId = await account.anEscalation()
    const later = account.clock.now() + 9 * 3_600_000
    await inAccount(account.deps.db, account.accountId, async (tx) => {
      await sql`
        update escalation_clocks set schedules = '{office}', next_due_at = ${later} where ticket_id = ${ticketId}`.execute(
        tx,
      )
      await sql`
        insert into schedule_version (account_id, schedule_id, effective_from, source, definition, created_at)
        values (${account.accountId}, 'office', 0, 'policy', ${JSON.stringify(OFFICE)}, ${account.clock.now()})`.execute(
        tx,
      )
    })
    expect(await audit()).toEqual([])
    await account.advance(11)
    expect(await audit()).toMatchObject([{ kind: 'repaired' }])
  })

  it('names a comment that does not reach its ticket', async () => {
    const ticketId = await account.anEscalation()
    await account.advance(60)
    await account.sweep.pass()
    await account.advance(16)
    expect(await audit()).toMatchObject([{ kind: 'undelivered', escalationId: await idOf(ticketId) }])
    await account.settle()
    await account.advance(1)
    await audit()
    expect((await account.findings()).filter(({ kind }) => kind === 'undelivered')).toEqual([])
  })
})

const OFFICE = {
  name: 'Office',
  timezone: 'Europe/Berlin',
  week: [{ opensAt: 0, closesAt: 60 }],
  holidays: [],
  zendeskId: null,
}
