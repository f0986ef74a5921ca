import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccounts } from '../../../server/accounts.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { companyState, DEMO_CLIENT } from '../../zendesk/seed/company.ts'
import { type LocalZendesk, startZendesk } from '../../zendesk/server.ts'
import { countdown, keepWaiting, movesOf, versionsOf, waitingFor } from '../schedules/office.ts'
import { runBaton } from './run-baton.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'baton-schedules-'))
const three = readPreset('three-tier')
const always =
  '{ id: support, name: Support hours, timezone: UTC, weekly: { mon: [["00:00", "24:00"]], tue: [["00:00", "24:00"]], wed: [["00:00", "24:00"]], thu: [["00:00", "24:00"]], fri: [["00:00", "24:00"]], sat: [["00:00", "24:00"]], sun: [["00:00", "24:00"]] } }'
const weekends =
  '{ id: support, name: Support hours, timezone: UTC, weekly: { sat: [["00:00", "24:00"]], sun: [["00:00", "24:00"]] } }'

let zendesk: LocalZendesk
let database: TestDatabase
let env: Record<string, string>
let accountId: number

beforeAll(async () => {
  database = await createTestDatabase()
  zendesk = await startZendesk({ state: await companyState(Date.now()) })
  env = {
    ZENDESK_SUBDOMAIN: 'northwind',
    ZENDESK_URL: zendesk.url,
    ZENDESK_CLIENT_ID: DEMO_CLIENT.identifier,
    ZENDESK_CLIENT_SECRET: DEMO_CLIENT.secret,
    BATON_PUBLIC_URL: 'http://localhost:9',
    DATABASE_URL: database.url,
    BATON_KEY: randomBytes(32).toString('base64'),
  }
  const accounts = createAccounts({ db: database.db, clock: Date })
  accountId = (await accounts.ensureAccount({ subdomain: 'northwind', zendeskUrl: zendesk.url })).id
})
afterAll(async () => {
  await zendesk?.close()
  await database?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const baton = (...args: string[]) => runBaton(args, env)

/** Applies the ready policy with these schedules. */
function apply(entries: string[], ...options: string[]) {
  const file = path.join(folder, 'policy.yaml')
  writeFileSync(file, `${three}\n  schedules:\n${entries.map((entry) => `    - ${entry}\n`).join('')}`)
  return baton('policy', 'apply', file, '--reason', 'A test', '--author', 'Lea Novak', ...options)
}

/** These follow one account through its life, so they run in this order. */
describe('schedules on the command line', () => {
  it('say that there are none', async () => {
    expect(await baton('schedules')).toMatchObject({
      code: 0,
      printed: 'The policy has no schedules: every hour counts.\n',
    })
    expect(await baton('schedules', 'read')).toMatchObject({
      code: 0,
      printed: 'The policy takes no schedule from Zendesk.\n',
    })
  })

  it('are not applied when Zendesk has none of that name', async () => {
    const { code, said } = await apply(['{ id: office, zendesk: Berlin ofice }'])
    expect(code).toBe(1)
    expect(said).toContain('schedule office: Zendesk has no schedule "Berlin ofice"; did you mean "Berlin office"?')
    expect(await versionsOf(database.db, accountId)).toEqual([])
  })

  it('are listed before a policy puts them in force, and not put in force by a dry run', async () => {
    const dry = await apply([always, '{ id: office, zendesk: default }'], '--dry-run')
    expect(dry).toMatchObject({ said: '', code: 0 })
    expect(dry.printed).toContain(
      'The schedules "Support hours", "Berlin office" change. No open escalation follows from them.',
    )
    expect(dry.printed).toContain('Nothing was changed.')
    expect(await versionsOf(database.db, accountId, 'support')).toEqual([])

    const done = await apply([always, '{ id: office, zendesk: default }'], '--open')
    expect(done).toMatchObject({ code: 0, printed: expect.stringContaining('0 open escalation(s) count by it') })
    expect(await versionsOf(database.db, accountId, 'support')).toHaveLength(1)
    expect(await versionsOf(database.db, accountId)).toHaveLength(1)
  })

  it('are listed with where they come from, since when, and what is next', async () => {
    const { code, printed } = await baton('schedules')
    expect(code).toBe(0)
    expect(printed).toMatch(/^ID +NAME +FROM +ZONE +VERSIONS +COUNTS SINCE +NOW +NEXT\n/)
    expect(printed).toMatch(/support +Support hours +policy +Etc\/UTC +1 +always +open +never closes/)
    expect(printed).toMatch(
      /office +Berlin office +Zendesk, default +Europe\/Berlin +1 +always +(open +closes|closed +opens) /,
    )
    expect(printed).toMatch(/Zendesk’s were last read at \d{4}-/)
  })

  it('show the open deadlines a change would move before it does, and keep the old ones (C9)', async () => {
    const now = Date.now()
    const at = now + 3_600_000
    const ids = Array.from({ length: 23 }, (_, index) => `ESC-${String(index).padStart(2, '0')}`)
    const all = ids.map((id, index) => ({
      ...{ id, ticketId: index + 1, asOf: 10_000 },
      countdowns: [countdown(`${id}/0/resolution/breach`, 400, at, now, 'support')],
    }))
    await keepWaiting(database.db, accountId, all)

    const dry = await apply([weekends, '{ id: office, zendesk: default }'], '--dry-run')
    expect(dry.printed).toContain(
      'The schedule "Support hours" changes. 23 open escalations follow from it; the deadlines of 23 move:',
    )
    expect(dry.printed).toMatch(/ESC-00 +resolution +\d{4}-\d\d-\d\d \d\d:\d\dZ → \d{4}-/)
    expect(dry.printed).toContain('… and those of 3 more')
    expect(await waitingFor(database.db, accountId, 'ESC-00')).toMatchObject({ next_due_at: at })
    expect(await movesOf(database.db, accountId)).toEqual([])
  })

  it('are read from Zendesk at once, the moved deadlines listed first, or nothing changed (C9)', async () => {
    const [berlin] = Object.values(zendesk.world.state.schedules).filter(({ name }) => name === 'Berlin office')
    berlin!.intervals = [{ start_time: 1440, end_time: 1500 }]
    const at = Date.now() + 3_600_000
    const countdowns = [countdown('ESC-90/0/resolution/breach', 100, at, Date.now())]
    const last = await lastVersion()
    await keepWaiting(database.db, accountId, [{ id: 'ESC-90', ticketId: 90, asOf: last, countdowns }])

    const dry = await baton('schedules', 'read', '--dry-run')
    expect(dry).toMatchObject({ code: 0, said: '' })
    expect(dry.printed).toContain(
      'The schedule "Berlin office" changes. 1 open escalation follows from it; the deadlines of 1 move:',
    )
    expect(dry.printed).toContain('Nothing was changed.')
    expect(await versionsOf(database.db, accountId)).toHaveLength(1)

    const done = await baton('schedules', 'read')
    expect(done.printed).toContain('1 open escalation(s) were counted anew.')
    expect(await versionsOf(database.db, accountId)).toHaveLength(2)
    expect(await movesOf(database.db, accountId)).toMatchObject([{ escalation_id: 'ESC-90', from: at }])
    expect((await baton('schedules', 'read')).printed).toBe('No schedule changes.\n')
  })

  it('are said to be gone with exit code 1, in the list and by the doctor, and stay as they were (C9)', async () => {
    for (const schedule of Object.values(zendesk.world.state.schedules)) schedule.deleted = true
    const read = await baton('schedules', 'read')
    expect(read).toMatchObject({ code: 1 })
    expect(read.said).toContain('Schedule office: Zendesk has no schedule any more. It stays as it was.')
    expect((await baton('schedules')).printed).toContain(
      'office: Zendesk has no schedule any more. It stays as it was.',
    )
    expect((await baton('doctor')).printed).toContain('Zendesk has no schedule any more.')
    expect(await versionsOf(database.db, accountId)).toHaveLength(2)
  })
})

async function lastVersion(): Promise<number> {
  const { createCalendars } = await import('../../../server/schedules/calendars.ts')
  return (await createCalendars(database.db).of(accountId)).asOf
}
