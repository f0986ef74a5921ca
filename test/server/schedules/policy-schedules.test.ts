import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openMsBetween } from '../../../core/clock/business-time.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { createAccounts } from '../../../server/accounts.ts'
import { savePolicy } from '../../../server/policy/store.ts'
import { createCalendars } from '../../../server/schedules/calendars.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { FRIDAY, office, versionsOf, withSchedules } from './office.ts'

let database: TestDatabase
let accountId: number
let accounts = 0

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  const subdomain = `company-${++accounts}`
  const store = createAccounts({ db: database.db, clock: Date })
  accountId = (await store.ensureAccount({ subdomain, zendeskUrl: `https://${subdomain}.zendesk.com` })).id
})
afterAll(() => database[Symbol.asyncDispose]())

const save = (yaml: string, now: number) =>
  savePolicy(database.db, accountId, { yaml, author: 'Ada', reason: 'A test', now })
const versions = () => versionsOf(database.db, accountId)

describe('a schedule of the policy', () => {
  it('counts from always when it is the first, and from the policy’s instant when it was changed (C9)', async () => {
    await save(withSchedules(office('09:00', '17:00')), FRIDAY)
    await save(withSchedules(office('08:00', '16:00')), FRIDAY + HOUR_MS)
    expect(await versions()).toMatchObject([
      { since: null, monday: [[9, 17]] },
      { since: FRIDAY + HOUR_MS, monday: [[8, 16]] },
    ])
  })

  it('has no new version when the policy changed and it did not', async () => {
    await save(withSchedules(office()), FRIDAY)
    await save(
      withSchedules(office(), '{ id: other, timezone: Asia/Kolkata, weekly: { mon: [["09:00", "17:00"]] } }'),
      FRIDAY + 1,
    )
    expect(await versions()).toHaveLength(1)
    expect(await versionsOf(database.db, accountId, 'other')).toHaveLength(1)
  })

  it('has a version more when an earlier week comes back, for history is never rewritten', async () => {
    for (const [index, closes] of ['17:00', '18:00', '17:00'].entries()) {
      await save(withSchedules(office('09:00', closes)), FRIDAY + index * HOUR_MS)
    }
    expect((await versions()).map(({ monday }) => monday)).toEqual([[[9, 17]], [[9, 18]], [[9, 17]]])
  })

  it('keeps both of two changes at one instant, in their order', async () => {
    for (const closes of ['16:00', '17:00', '18:00']) await save(withSchedules(office('09:00', closes)), FRIDAY)
    expect((await versions()).map(({ since }) => since)).toEqual([null, FRIDAY, FRIDAY + 1])
  })

  it('never counts from before another change, whatever the clock says', async () => {
    await save(withSchedules(office('09:00', '16:00')), FRIDAY)
    await save(withSchedules(office('09:00', '17:00')), FRIDAY + HOUR_MS)
    await save(withSchedules(office('09:00', '18:00')), FRIDAY)
    expect((await versions()).map(({ since }) => since)).toEqual([null, FRIDAY + HOUR_MS, FRIDAY + HOUR_MS + 1])
  })

  it('stays when its week is empty: the policy is refused as a whole (C3)', async () => {
    await save(withSchedules(office()), FRIDAY)
    const refused = await save(withSchedules('{ id: office, timezone: Europe/Berlin, weekly: {} }'), FRIDAY + 1)
    expect(refused).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('never opens') }] })
    expect(await versions()).toHaveLength(1)
  })

  it('is kept once by several who save at once', async () => {
    const texts = Array.from({ length: 6 }, (_, index) => `${withSchedules(office())}# ${index}\n`)
    await Promise.all(texts.map((text) => save(text, FRIDAY)))
    expect(await versions()).toHaveLength(1)
  })

  it('stays known when the policy does not name it any more, for whoever counts by it', async () => {
    await save(withSchedules(office()), FRIDAY)
    await save(
      withSchedules('{ id: other, timezone: Asia/Kolkata, weekly: { mon: [["09:00", "17:00"]] } }'),
      FRIDAY + 1,
    )
    expect((await createCalendars(database.db).of(accountId)).nameOf('office')).toBe('Berlin office')
  })
})

describe('the calendars of an account', () => {
  it('count every stretch by the version that was in force (C9)', async () => {
    const monday = Date.parse('2026-03-09T00:00:00Z')
    await save(withSchedules(office('09:00', '17:00')), FRIDAY)
    await save(withSchedules(office('09:00', '13:00')), Date.parse('2026-03-10T00:00:00Z'))
    const { calendarOf } = await createCalendars(database.db).of(accountId)
    const hours = (from: number, to: number) => openMsBetween(calendarOf('office'), from, to) / HOUR_MS
    expect([hours(monday, monday + 24 * HOUR_MS), hours(monday + 24 * HOUR_MS, monday + 48 * HOUR_MS)]).toEqual([8, 4])
  })

  it('count every hour by a schedule nobody knows', async () => {
    const { calendarOf, nameOf, asOf } = await createCalendars(database.db).of(accountId)
    expect(openMsBetween(calendarOf('gone'), FRIDAY, FRIDAY + HOUR_MS)).toBe(HOUR_MS)
    expect([nameOf('gone'), asOf]).toEqual([null, 0])
  })

  it('are laid out once, and anew when a schedule has changed', async () => {
    const calendars = createCalendars(database.db)
    await save(withSchedules(office()), FRIDAY)
    const first = await calendars.of(accountId)
    expect(await calendars.of(accountId)).toBe(first)
    expect(first.calendarOf('office')).toBe(first.calendarOf('office'))
    await save(withSchedules(office('08:00')), FRIDAY + 1)
    const second = await calendars.of(accountId)
    expect(second).not.toBe(first)
    expect(second.asOf).toBeGreaterThan(first.asOf)
  })

  it('are no other account’s', async () => {
    await save(withSchedules(office()), FRIDAY)
    const calendars = createCalendars(database.db)
    await calendars.of(accountId)
    const store = createAccounts({ db: database.db, clock: Date })
    const { id } = await store.ensureAccount({
      subdomain: `other-${accounts}`,
      zendeskUrl: 'https://other.zendesk.com',
    })
    expect((await calendars.of(id)).nameOf('office')).toBeNull()
  })
})
