import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { createCalendars } from '../../../server/schedules/calendars.ts'
import { recountStale } from '../../../server/schedules/recount.ts'
import { type ServedAccount, serveAccount } from '../engine/served-account.ts'
import { countdown, FRIDAY, keepWaiting, movesOf, office, waitingFor, withSchedules } from './office.ts'

let account: ServedAccount
beforeEach(async () => {
  account = await serveAccount()
  await save('09:00', '17:00')
})
afterEach(() => account[Symbol.asyncDispose]())

const berlin = (text: string) => Date.parse(`${text.replace(' ', 'T')}+01:00`)
const MONDAY_10 = berlin('2026-03-09 10:00')

async function save(opens: string, closes: string, more = ''): Promise<void> {
  const { database, accountId, clock, jobs } = account
  const yaml = withSchedules(office(opens, closes, more))
  const saved = await savePolicy(database.db, accountId, {
    yaml,
    author: 'Ada',
    reason: 'A test',
    now: clock.now(),
    jobs,
  })
  if (!saved.ok) throw new Error(saved.problems[0]!.message)
}

const asOf = async () => (await createCalendars(account.database.db).of(account.accountId)).asOf
const waiting = (id: string) => waitingFor(account.database.db, account.accountId, id)
const moves = () => movesOf(account.database.db, account.accountId)
/** Friday ten o'clock and eight hours of the office: Monday, ten o'clock. */
const breach = (id: string) => countdown(`${id}/0/resolution/breach`, 8, MONDAY_10)

async function keep(...all: Parameters<typeof keepWaiting>[2]): Promise<void> {
  await keepWaiting(account.database.db, account.accountId, all)
}

describe('a change of schedule', () => {
  it('moves the deadlines of open escalations once, and keeps the old one in the record (C9)', async () => {
    const countdowns = [countdown('ESC-1/0/resolution/warning/75', 6, berlin('2026-03-06 16:00')), breach('ESC-1')]
    await keep({ id: 'ESC-1', ticketId: 7, countdowns, asOf: await asOf() })

    await save('09:00', '13:00')
    await account.settle()

    const deadline = berlin('2026-03-10 10:00')
    expect(await waiting('ESC-1')).toMatchObject({
      next_due_at: berlin('2026-03-09 12:00'),
      schedules_as_of: await asOf(),
    })
    expect(await moves()).toEqual([
      {
        escalation_id: 'ESC-1',
        ticket_id: 7,
        at: FRIDAY,
        clockId: 'ESC-1/0/resolution',
        clock: 'resolution',
        from: MONDAY_10,
        to: deadline,
        why: `The schedule Berlin office changed (version ${await asOf()})`,
      },
    ])
    await account.settle()
    expect(await moves()).toHaveLength(1)
  })

  it('counts what has passed by the hours that held then (C9)', async () => {
    await keep({ id: 'ESC-1', ticketId: 7, countdowns: [breach('ESC-1')], asOf: await asOf() })
    await account.clock.advance(3 * HOUR_MS)
    await save('15:00', '16:00')
    await account.settle()
    // Three hours were counted before the change at 13:00; then one hour a day, from that Friday on.
    expect((await waiting('ESC-1')).next_due_at).toBe(berlin('2026-03-12 16:00'))
  })

  it('takes a holiday of today into account from now on (C9)', async () => {
    await keep({ id: 'ESC-1', ticketId: 7, countdowns: [breach('ESC-1')], asOf: await asOf() })
    await account.clock.advance(2 * HOUR_MS)
    await save('09:00', '17:00', ', holidays: [{ date: 2026-03-06, name: Strike }]')
    await account.settle()
    expect((await waiting('ESC-1')).next_due_at).toBe(berlin('2026-03-09 15:00'))
  })

  it('leaves alone what does not follow from it, also in the same escalation', async () => {
    const timer = { id: 'ESC-1/0/timer/old/1', at: FRIDAY + HOUR_MS, counted: null }
    await keep(
      { id: 'ESC-1', ticketId: 7, countdowns: [timer, breach('ESC-1')], asOf: await asOf() },
      {
        id: 'ESC-2',
        ticketId: 8,
        countdowns: [countdown('ESC-2/0/resolution/breach', 8, 1, FRIDAY, 'other')],
        asOf: 0,
      },
      { id: 'ESC-3', ticketId: 9, countdowns: [], asOf: 0 },
    )
    const before = await waiting('ESC-2')
    await save('09:00', '13:00')
    await account.settle()
    expect((await waiting('ESC-1')).countdowns).toMatchObject([timer, { at: berlin('2026-03-10 10:00') }])
    expect(await waiting('ESC-2')).toEqual(before)
    expect(await waiting('ESC-3')).toMatchObject({ next_due_at: null })
    expect((await moves()).map(({ escalation_id }) => escalation_id)).toEqual(['ESC-1'])
  })

  it('records nothing where no deadline moves', async () => {
    await keep({ id: 'ESC-1', ticketId: 7, countdowns: [breach('ESC-1')], asOf: await asOf() })
    await save('09:00', '17:00', ', holidays: [2026-12-24]')
    await account.settle()
    expect(await moves()).toEqual([])
    expect(await waiting('ESC-1')).toMatchObject({ next_due_at: MONDAY_10, schedules_as_of: await asOf() })
  })

  it('is gone on with where a server was killed, each escalation counted once', async () => {
    const ids = Array.from({ length: 4500 }, (_, index) => `ESC-${String(index).padStart(6, '0')}`)
    const old = await asOf()
    await keep(...ids.map((id, index) => ({ id, ticketId: index + 1, countdowns: [breach(id)], asOf: old })))
    await save('09:00', '13:00')

    const { database, accountId, clock } = account
    let transactions = 0
    const failing = {
      ...database.db,
      transaction: () => {
        if (++transactions > 3) throw new Error('killed')
        return database.db.transaction()
      },
    } as unknown as typeof database.db
    const calendars = createCalendars(database.db, clock)
    await expect(recountStale(accountId, { db: failing, clock, calendars })).rejects.toThrow('killed')

    await account.settle()
    const recorded = (await moves()).map(({ escalation_id }) => escalation_id)
    expect(recorded).toEqual(ids)
  })

  it('does not wait for an escalation that is being written, and takes it a minute later', async () => {
    const { database, accountId } = account
    const old = await asOf()
    await keep(
      { id: 'ESC-1', ticketId: 7, countdowns: [breach('ESC-1')], asOf: old },
      { id: 'ESC-2', ticketId: 8, countdowns: [breach('ESC-2')], asOf: old },
    )
    await save('09:00', '13:00')
    await inAccount(database.db, accountId, async (tx) => {
      await sql`select 1 from escalation_clocks where escalation_id = 'ESC-1' for update`.execute(tx)
      await account.settle()
    })
    expect((await moves()).map(({ escalation_id }) => escalation_id)).toEqual(['ESC-2'])

    await account.clock.advance(61_000)
    await account.settle()
    expect((await moves()).map(({ escalation_id }) => escalation_id)).toEqual(['ESC-1', 'ESC-2'])
  })

  it('takes what a look at a ticket wrote by the older schedule meanwhile', async () => {
    const old = await asOf()
    await save('09:00', '13:00')
    await account.settle()
    await keep({ id: 'ESC-9', ticketId: 7, countdowns: [breach('ESC-9')], asOf: old })
    await account.clock.advance(61_000)
    await account.settle()
    expect((await waiting('ESC-9')).next_due_at).toBe(berlin('2026-03-10 10:00'))
  })

  it('is safe beside itself', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `ESC-${String(index).padStart(6, '0')}`)
    const old = await asOf()
    await keep(...ids.map((id, index) => ({ id, ticketId: index + 1, countdowns: [breach(id)], asOf: old })))
    await save('09:00', '13:00')
    const { database, accountId, clock } = account
    const calendars = createCalendars(database.db, clock)
    await Promise.all([1, 2, 3].map(() => recountStale(accountId, { db: database.db, clock, calendars })))
    await account.settle()
    expect((await moves()).map(({ escalation_id }) => escalation_id)).toEqual(ids)
  })
})
