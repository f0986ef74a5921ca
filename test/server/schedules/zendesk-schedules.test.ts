import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { createCalendars } from '../../../server/schedules/calendars.ts'
import { readStanding } from '../../../server/schedules/standing.ts'
import { addHoliday } from '../../zendesk/schedules/holiday-routes.ts'
import { addSchedule } from '../../zendesk/schedules/routes.ts'
import type { Schedule } from '../../zendesk/schedules/schedule.ts'
import { type ServedAccount, serveAccount } from '../engine/served-account.ts'
import { countdown, FRIDAY, keepWaiting, office, versionsOf, waitingFor, withSchedules } from './office.ts'

let account: ServedAccount
let berlin: Schedule
beforeEach(async () => {
  account = await serveAccount()
  berlin = addSchedule(account.zendesk.world, { name: 'Berlin hours', time_zone: 'Berlin' })
})
afterEach(() => account[Symbol.asyncDispose]())

async function policy(...entries: string[]): Promise<void> {
  const { database, accountId, clock } = account
  const yaml = withSchedules(...entries)
  const saved = await savePolicy(database.db, accountId, { yaml, author: 'Ada', reason: 'A test', now: clock.now() })
  if (!saved.ok) throw new Error(saved.problems[0]!.message)
}

/** The pass at a start, or the next one when time has come to it. */
async function pass(): Promise<void> {
  const { database, accountId, jobs } = account
  await inAccount(database.db, accountId, (tx) => jobs.enqueue(tx, 'schedules', { accountId }))
  await account.settle()
}

async function passLater(ms = 5 * MINUTE_MS): Promise<void> {
  await account.clock.advance(ms)
  await account.settle()
}

const versions = (id = 'office') => versionsOf(account.database.db, account.accountId, id)
const standing = () => inAccount(account.database.db, account.accountId, readStanding)
const told = () => account.logged.filter(({ event }) => String(event).startsWith('schedules.trouble'))

function monday(opens: number, closes: number): void {
  berlin.intervals = [{ start_time: 1440 + opens * 60, end_time: 1440 + closes * 60 }]
}

describe('schedules of Zendesk', () => {
  it('are read by their name or as the default, and count from always the first time', async () => {
    addSchedule(account.zendesk.world, { name: 'Kolkata hours', time_zone: 'Kolkata' })
    await policy('{ id: office, zendesk: default }', '{ id: night, zendesk: Kolkata hours }')
    await pass()
    expect(await versions()).toEqual([{ source: 'zendesk', since: null, monday: [[9, 17]], holidays: [] }])
    expect(await versions('night')).toHaveLength(1)
    expect(await standing()).toEqual({ readAt: FRIDAY, troubles: [] })
  })

  it('have a version more within five minutes of a change, from when it was seen, and none without (C9)', async () => {
    await policy('{ id: office, zendesk: default }')
    await pass()
    await passLater()
    expect(await versions()).toHaveLength(1)
    monday(8, 12)
    await passLater()
    expect(await versions()).toMatchObject([
      { monday: [[9, 17]] },
      { since: FRIDAY + 10 * MINUTE_MS, monday: [[8, 12]] },
    ])
  })

  it('take a holiday that is added for today from when it was seen, and open deadlines move (C9)', async () => {
    const { database, accountId, zendesk } = account
    await policy('{ id: office, zendesk: default }')
    await pass()
    const was = Date.parse('2026-03-09T10:00:00+01:00')
    const countdowns = [countdown('ESC-1/0/resolution/breach', 8, was)]
    await keepWaiting(database.db, accountId, [
      { id: 'ESC-1', ticketId: 7, countdowns, asOf: (await createCalendars(database.db).of(accountId)).asOf },
    ])

    addHoliday(zendesk.world, berlin, { name: 'Strike', start_date: '2026-03-06', end_date: '2026-03-06' })
    await passLater(2 * HOUR_MS)
    expect(await versions()).toMatchObject([{ holidays: [] }, { since: FRIDAY + 2 * HOUR_MS, holidays: ['Strike'] }])
    const { next_due_at } = await waitingFor(database.db, accountId, 'ESC-1')
    expect(new Date(next_due_at!).toISOString()).toBe('2026-03-09T14:00:00.000Z')
  })

  it('stay as they were when they are deleted there and still named in the policy, which is said once (C9)', async () => {
    addSchedule(account.zendesk.world, { name: 'Kolkata hours', time_zone: 'Kolkata' })
    await policy('{ id: office, zendesk: Berlin hours }')
    await pass()
    berlin.deleted = true
    await passLater()
    await passLater()
    expect(await versions()).toHaveLength(1)
    const trouble = {
      id: 'office',
      why: 'Zendesk’s schedule "Berlin hours" was deleted; name another in the policy.',
      meanwhile: 'It stays as it was.',
    }
    expect((await standing()).troubles).toEqual([trouble])
    expect(told()).toEqual([
      expect.objectContaining({ schedule: 'office', reason: `${trouble.why} ${trouble.meanwhile}` }),
    ])

    berlin.deleted = false
    await passLater()
    expect((await standing()).troubles).toEqual([])
    expect(account.logged).toContainEqual(expect.objectContaining({ event: 'schedules.resumed' }))
  })

  it('are followed when they are renamed there, with a word on what to do', async () => {
    await policy('{ id: office, zendesk: Berlin hours }')
    await pass()
    berlin.name = 'Europe'
    monday(7, 15)
    await passLater()
    expect((await versions()).at(-1)).toMatchObject({ monday: [[7, 15]] })
    expect((await standing()).troubles).toEqual([
      {
        id: 'office',
        why: 'Zendesk’s schedule "Berlin hours" is called "Europe" now; name it so in the policy.',
        meanwhile: 'It is still read.',
      },
    ])
  })

  it('are taken by their name where another has it now', async () => {
    await policy('{ id: office, zendesk: Berlin hours }')
    await pass()
    berlin.name = 'Old hours'
    const intervals = [{ start_time: 1440 + 600, end_time: 1440 + 720 }]
    addSchedule(account.zendesk.world, { name: 'Berlin hours', time_zone: 'Berlin', intervals })
    await passLater()
    expect((await versions()).at(-1)).toMatchObject({ monday: [[10, 12]] })
    expect((await standing()).troubles).toEqual([])
  })

  it('stay as they were when their week is emptied there (C3)', async () => {
    await policy('{ id: office, zendesk: default }')
    await pass()
    berlin.intervals = []
    await passLater()
    expect(await versions()).toHaveLength(1)
    expect((await standing()).troubles).toMatchObject([
      {
        why: expect.stringContaining('"Berlin hours" can’t be used: This week never opens'),
        meanwhile: 'It stays as it was.',
      },
    ])
  })

  it.each([
    ['the plan has none', () => Object.assign(account.zendesk.world.state.account, { plan: 'team' }), 'check the plan'],
    ['the account has none', () => Object.assign(berlin, { deleted: true }), 'Zendesk has no schedule'],
    ['Zendesk shows none', () => account.answerNext('GET', /schedules/, { status: 404 }), 'check the plan'],
  ])('say so when %s, and every hour counts until they are read', async (_, make, why) => {
    make()
    await policy('{ id: office, zendesk: default }')
    await pass()
    expect(await versions()).toEqual([])
    expect((await standing()).troubles).toEqual([
      { id: 'office', why: expect.stringContaining(why), meanwhile: 'Until it is read, every hour counts.' },
    ])
    await passLater()
    expect(told()).toHaveLength(1)
  })

  it('say what was meant by a name that is not there', async () => {
    await policy('{ id: office, zendesk: Berlin houres }')
    await pass()
    expect((await standing()).troubles[0]!.why).toBe(
      'Zendesk has no schedule "Berlin houres"; did you mean "Berlin hours"?',
    )
  })

  it.each([
    ['does not answer', { status: 503 }],
    ['answers something else', { status: 200, body: JSON.stringify({ schedules: 'none' }) }],
    ['is busy', { status: 429, headers: { 'retry-after': '60' } }],
  ])('are read with the next pass when Zendesk %s', async (_, answer) => {
    await policy('{ id: office, zendesk: default }')
    account.answerNext('GET', /schedules/, answer, 20)
    await pass()
    expect(await versions()).toEqual([])
    account.zendesk.world.faults.answers.length = 0
    await passLater()
    expect(await versions()).toHaveLength(1)
    expect(told()).toEqual([])
  })

  it('are not asked for by a policy that writes its own', async () => {
    await policy(office())
    await pass()
    await passLater()
    expect(account.countCalls('GET', /business_hours/)).toBe(0)
  })

  it('come back as they are when the policy takes its own hours for a while', async () => {
    await policy('{ id: office, zendesk: default }')
    await pass()
    await account.clock.advance(1)
    await policy(office('10:00', '11:00'))
    await passLater()
    await policy('{ id: office, zendesk: default }')
    await passLater()
    expect((await versions()).map(({ source, monday: hours }) => [source, hours])).toEqual([
      ['zendesk', [[9, 17]]],
      ['policy', [[10, 11]]],
      ['zendesk', [[9, 17]]],
    ])
  })
})
