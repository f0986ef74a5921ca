import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { newTicketState } from '../../../core/escalation/state.ts'
import { noticesFor } from '../../../core/notice/notices-for.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { keepNotices } from '../../../server/notify/keep-notices.ts'
import { countNotices, listNotices, retryNotice } from '../../../server/notify/list-notices.ts'
import { takeNext } from '../../../server/notify/rows.ts'
import { storeNotices } from '../../../server/notify/store.ts'
import type { AccountCalendars } from '../../../server/schedules/calendars.ts'
import { calendarOf } from '../../core/clock/clocks.ts'
import { aPlan } from '../../core/escalation/facts.ts'
import { anEscalation, anEvent, aSetting } from '../../core/notice/notices.ts'
import { KEYS } from '../../pagerduty/server.ts'
import { BOT_TOKEN } from '../../slack/state.ts'
import { MAIL_PASSWORD } from '../../smtp/server.ts'
import { type NoticeWorld, startNotices, WEBHOOK_SECRET, type WorldOptions } from './notice-world.ts'

const ALL = `  notifications:
    roles: { director: vera@northwind.example }
    send:
      - { kind: handoff, to: director, over: [slack, pagerduty, email], fallback: zendesk, fallback_after: 10m }
`
const warned = anEvent({ kind: 'clock-warned', percent: 75, clockId: 'c', clock: 'fix', tier: 2, lateMs: 0 })
let world: NoticeWorld
const start = async (options: WorldOptions = {}) => {
  world = await startNotices({ policy: ALL, ...options })
}
afterEach(() => world[Symbol.asyncDispose]())

const effects = () =>
  inAccount(world.database.db, world.accountId, (tx) => tx.selectFrom('effect').select(['id', 'payload']).execute())

describe('notices', () => {
  it('of the same event are kept and sent once', async () => {
    await start()
    await world.request()
    await world.request()
    await world.settle()
    await world.request()
    await world.settle()
    expect(await world.states()).toEqual([
      'accepted handoff slack',
      'accepted handoff pagerduty',
      'accepted handoff email',
    ])
    expect([world.pagerduty.requests, world.smtp.letters.length]).toEqual([1, 1])
  })

  it('that wait for the morning come then, together', async () => {
    await start()
    const plan = { noticeHours: 'berlin' }
    await world.clock.advance(13 * 3_600_000)
    await world.request({ plan })
    await world.settle()
    expect((await world.rows()).map(({ state }) => state)).toEqual(['queued', 'queued', 'queued'])
    expect(world.smtp.letters).toEqual([])
    await world.advance(3 * 24 * 3_600_000)
    expect(world.smtp.letters).toHaveLength(1)
    expect(aPlan(plan).noticeHours).toBe('berlin')
  })

  it('that wait hold up nothing that is urgent', async () => {
    await start({ policy: `  notifications: { send: [{ kind: [handoff, on_call], over: slack }] }\n` })
    await world.clock.advance(13 * 3_600_000)
    const plan = { noticeHours: 'berlin' }
    await world.request({ plan })
    await world.happen(anEvent({ kind: 'on-call-told', step: 0, queue: 'identity', told: [], lateMs: 0 }), { plan })
    await world.settle()
    expect(await world.states()).toEqual(['queued handoff slack', 'accepted on-call slack'])
    await world.advance(3 * 24 * 3_600_000)
    expect(await world.states()).toEqual(['accepted handoff slack', 'accepted on-call slack'])
  })

  it('in a dry run are there to be read, and nobody is told', async () => {
    await start({ policy: ALL.replace('  notifications:\n', '  notifications:\n    dry_run: true\n') })
    await world.request()
    await world.settle()
    expect((await world.states())[0]).toBe('suppressed handoff slack: dry-run')
    expect(world.slack.calls).toEqual([])
    expect(world.pagerduty.requests + world.smtp.letters.length).toBe(0)
  })

  it('over channels that are not set up are suppressed and said to be', async () => {
    await start({ config: { slack: { url: '', token: null, webhookUrl: null }, smtpUrl: null } })
    await world.request()
    await world.settle()
    expect((await world.states()).filter((state) => state.includes('not-configured'))).toEqual([
      'suppressed handoff slack: not-configured',
      'suppressed handoff email: not-configured',
    ])
    expect(await effects()).toEqual([])
  })

  it('that two channels did not take are told once by the third, in private', async () => {
    await start()
    world.slack.state.channels = []
    world.smtp.failNext('recipient', 550)
    await world.request()
    await world.settle()
    expect(await world.states()).toEqual([
      'failed handoff slack: channel_not_found',
      'accepted handoff pagerduty',
      'failed handoff email: address-refused',
      'accepted handoff zendesk',
    ])
    const [effect, ...more] = await effects()
    expect(more).toEqual([])
    expect(effect!.payload).toMatchObject({ kind: 'tell-ticket', ticketId: 7 })
  })

  it('of another account are not seen', async () => {
    await start()
    await world.request()
    const seen = await inAccount(world.database.db, world.accountId + 1, (tx) =>
      tx.selectFrom('notice').selectAll().execute(),
    )
    expect(seen).toEqual([])
  })
})

describe('a slow channel', () => {
  it('is left to another job before the queue would run this one beside itself', async () => {
    await start({ policy: `  notifications: { send: [{ kind: [handoff, breach_warning], over: slack }] }\n` })
    const { accountId, database, clock, policy } = world
    const { escalation } = anEscalation()
    const queuesNothing = { enqueueAll: async () => {} }
    let sent = 0
    world.withSenders({
      slack: async () => {
        sent += 1
        if (sent === 1) {
          const notices = noticesFor(warned, escalation, policy, aSetting())
          const where = { accountId, now: clock.now() }
          await inAccount(database.db, accountId, (tx) => storeNotices(tx, queuesNothing, notices, where))
          await clock.advance(40_000)
        }
        return { externalId: null }
      },
    })
    await world.request()
    expect(await world.settle()).toBe(2)
    expect(await world.states()).toEqual(['accepted handoff slack', 'accepted breach-warning slack'])
  })
})

describe('a server that is killed', () => {
  it('before it sends has sent nothing twice and loses nothing', async () => {
    await start()
    await world.request()
    const lanes = [...new Set((await world.rows()).map(({ lane }) => lane))]
    // Marked as on its way, and then nothing more.
    for (const lane of lanes) {
      await inAccount(world.database.db, world.accountId, (tx) => takeNext(tx, lane, world.clock.now()))
    }
    expect((await world.rows()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
    await world.settle()
    expect(world.slack.state.messages).toHaveLength(2)
    expect([world.pagerduty.alerts.length, world.smtp.letters.length]).toEqual([1, 1])
    expect((await world.rows()).map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted'])
  })

  it('after it sent, before it noted so, sends twice only where the channel has no guard', async () => {
    await start()
    await world.request()
    await world.settle()
    // What a server left that was killed between the answer and the note.
    await inAccount(world.database.db, world.accountId, async (tx) => {
      await tx.updateTable('notice').set({ state: 'sent', settled_at: null, external_id: null, parts: 0 }).execute()
      await tx.deleteFrom('notice_thread').execute()
      for (const { lane } of await world.rows()) {
        await world.jobs.enqueue(tx, 'notify', { accountId: world.accountId, lane })
      }
    })
    await world.settle()
    expect(world.slack.state.messages).toHaveLength(2)
    expect(world.pagerduty.alerts).toHaveLength(1)
    expect(world.pagerduty.alerts[0]!.pages).toBe(1)
    expect(new Set(world.smtp.letters.map(({ headers }) => headers['message-id'])).size).toBe(1)
  })
})

/** What the queue keeps of jobs that failed. */
async function jobErrors(): Promise<string[]> {
  const { rows } = await sql<{
    output: string
  }>`select output::text as output from jobs.job where output is not null`.execute(world.database.db)
  return rows.map(({ output }) => output)
}

describe('secrets', () => {
  it('and what notices say are in no log, whatever goes wrong', async () => {
    await start()
    const faults = [{ hangUp: true }, { status: 500 }, { status: 400 }, { status: 429 }, { status: 200, body: 'x' }]
    for (const fault of faults) {
      world.slack.failNext(fault)
      world.pagerduty.failNext(fault)
      world.smtp.failNext('data')
    }
    const errors: string[] = []
    const log = console.error
    console.error = (...args: unknown[]) => void errors.push(args.map(String).join(' '))
    await world.request()
    await world.advance(30 * 60_000)
    console.error = log
    const written = [...world.logged, ...errors, ...(await jobErrors())].join('\n')
    expect(world.logged.length).toBeGreaterThan(3)
    for (const secret of [
      BOT_TOKEN,
      KEYS.platform,
      KEYS.default,
      MAIL_PASSWORD,
      WEBHOOK_SECRET,
      'SSO login fails',
      'vera@',
    ]) {
      expect(written, secret).not.toContain(secret)
    }
  })
})

describe('a notice that failed', () => {
  it('is listed with why, counted, and sent when somebody tries it again', async () => {
    await start({ policy: `  notifications: { send: [{ kind: handoff, over: slack }] }\n` })
    const { channels } = world.slack.state
    world.slack.state.channels = []
    await world.request()
    await world.settle()
    const { accountId, database, jobs, clock } = world
    const where = { accountId, now: clock.now() }
    const [listed] = await inAccount(database.db, accountId, (tx) => listNotices(tx, 7))
    expect(listed).toMatchObject({ state: 'failed', why: 'channel_not_found', recipient: '#escalations', attempts: 1 })
    expect(await inAccount(database.db, accountId, (tx) => countNotices(tx, 0))).toEqual({
      ...{ waiting: 0, failed: 1, suppressed: 0 },
    })
    world.slack.state.channels = channels
    const retry = () => inAccount(database.db, accountId, (tx) => retryNotice(tx, jobs, listed!.id, where))
    expect(await retry()).toBe(true)
    await world.settle()
    expect(await world.states()).toEqual(['accepted handoff slack'])
    expect(await retry()).toBe(false)
  })
})

describe('events of one ticket', () => {
  it('keep up what the first of them began', async () => {
    await start({ policy: `  notifications: { send: [{ kind: handoff, over: pagerduty }] }\n` })
    const { escalation, requested } = anEscalation()
    const state = { ...newTicketState(7), escalations: [escalation] }
    const { accountId, database, jobs, clock, policy } = world
    const calendars = { calendarOf, asOf: 0, nameOf: () => null } as unknown as AccountCalendars
    const means = { accountId, now: clock.now(), calendars, policy, zendeskUrl: 'https://acme.zendesk.com' }
    const events = [requested, anEvent({ kind: 'accepted', owner: 'Ivo Marek' })]
    await inAccount(database.db, accountId, (tx) => keepNotices(tx, jobs, [{ state, events }], means))
    await inAccount(database.db, accountId, (tx) => keepNotices(tx, jobs, [{ state, events }], means))
    await world.settle()
    expect(await world.states()).toEqual(['suppressed handoff pagerduty: overtaken', 'accepted state pagerduty'])
  })

  it('that are history when they become known are told to nobody', async () => {
    await start()
    await world.clock.advance(25 * 3_600_000)
    await world.request()
    expect((await world.states())[0]).toBe('suppressed handoff slack: too-late')
  })
})
