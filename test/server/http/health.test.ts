import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Notice } from '../../../core/notice/notice.ts'
import { noticesFor } from '../../../core/notice/notices-for.ts'
import { type Finding, keepFindings } from '../../../server/clocks/findings.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { settle } from '../../../server/notify/rows.ts'
import { storeNotices } from '../../../server/notify/store.ts'
import { Health } from '../../../server/openapi/health.ts'
import { keepStanding } from '../../../server/schedules/standing.ts'
import { anEscalation, aSetting } from '../../core/notice/notices.ts'
import { aPolicy } from '../../core/policy/policies.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type AServer, deliver, startServer } from './a-server.ts'

let database: TestDatabase
let server: AServer
beforeEach(async () => {
  database = await createTestDatabase()
  server = await startServer(database.url)
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const get = (path: string, accept?: string) => fetch(`${server.url}${path}`, accept ? { headers: { accept } } : {})
const page = async () => (await get('/health', 'text/html')).text()
const json = async () => Health.parse(await (await get('/health', 'application/json')).json())
const timers = async () => ((await (await get('/readyz')).json()) as { timers: string }).timers

const SECOND = 1000
const OVERDUE: Finding = {
  kind: 'overdue',
  escalationId: 'ESC-2026-000007',
  what: 'a timer of the policy',
  since: 0,
  foundAt: 0,
}

/** As if a sweep had passed and the canary had fired so many seconds ago. */
async function swept(secondsAgo: number): Promise<void> {
  const at = server.clock.now() - secondsAgo * SECOND
  await inAccount(server.db, server.account.id, (tx) =>
    sql`
      insert into watch (account_id, swept_at, canary_fired_at, canary_due_at, canary_late_ms)
      values (${server.account.id}, ${at}, ${at}, ${at + 60 * SECOND}, 1000)
      on conflict (account_id) do update set swept_at = excluded.swept_at`.execute(tx),
  )
}

async function dueSince(secondsAgo: number, ticketId = 7): Promise<void> {
  const at = server.clock.now() - secondsAgo * SECOND
  await inAccount(server.db, server.account.id, (tx) =>
    sql`insert into escalation_clocks values (${server.account.id}, ${`ESC-${ticketId}`}, ${ticketId}, ${at}, '{}', '[]', 0)`.execute(
      tx,
    ),
  )
}

const found = (...findings: Finding[]) =>
  inAccount(server.db, server.account.id, (tx) => keepFindings(tx, server.account.id, findings))

/** One notice that waits, one that failed, two that nobody was sent. */
async function told(): Promise<void> {
  const { accountId, now } = { accountId: server.account.id, now: server.clock.now() }
  const [notice] = noticesFor(anEscalation().requested, anEscalation().escalation, TOLD, aSetting({ now }))
  const make = (change: Partial<Notice>): Notice => ({ ...notice!, ...change })
  const failed = make({ id: 'failed', channel: 'slack', place: '#escalations' })
  const vacant = { channel: 'email' as const, suppressed: 'nobody-holds-role' }
  const all = [make({ id: 'waits' }), failed, make({ ...vacant, id: 'a' }), make({ ...vacant, id: 'b' })]
  await inAccount(server.db, accountId, async (tx) => {
    await storeNotices(tx, server.jobs, all, { accountId, now })
    await settle(tx, [failed], { state: 'failed', why: 'channel_not_found' }, now)
  })
}

const TOLD = aPolicy(`  channels: { email: { from: baton@northwind.example } }
  notifications:
    roles: { director: { name: Vera, email: vera@northwind.example } }
    send: [{ kind: handoff, to: director, over: email }]
`)

describe('/readyz', () => {
  it.each([
    ['unknown', 'before anybody looked', () => {}],
    ['ok', 'while the sweep passes', () => swept(5)],
    ['frozen', 'when it has not passed for a minute', () => swept(60)],
    ['late', 'when something is told more than half a minute late', () => Promise.all([swept(5), dueSince(31)])],
    ['ok', 'when something has just fallen due', () => Promise.all([swept(5), dueSince(29)])],
    ['ok', 'when it is the canary that is due', () => Promise.all([swept(5), dueSince(31, 0)])],
  ])('says that timers are %s %s, and stays ready', async (state, _, prepare) => {
    await prepare()
    expect(await timers()).toBe(state)
    expect((await get('/readyz')).status).toBe(200)
  })
})

describe('/metrics', () => {
  it('shows timers that are due and late, the ages of sweep and canary, and findings by kind', async () => {
    await swept(5)
    await dueSince(10, 7)
    await dueSince(100, 8)
    await found(OVERDUE)
    const text = await (await get('/metrics')).text()
    expect(text).toContain('baton_timers_due 2')
    expect(text).toContain('baton_timers_late 1')
    expect(text).toContain('baton_sweep_age_seconds 5')
    expect(text).toContain('baton_canary_age_seconds 5')
    expect(text).toContain('baton_timer_findings{kind="overdue"} 1')
    expect(text).toContain('baton_timer_lateness_seconds_count 0')
  })

  it('shows webhooks, notices by outcome and reason, schedules and what is left of the rate limit', async () => {
    await told()
    await deliver(server, { ticketId: 7 })
    server.budget.learn((name) => (name === 'x-rate-limit' ? '200' : undefined))
    const text = await (await get('/metrics')).text()
    for (const line of [
      'baton_notices{state="waiting"} 1',
      'baton_notices{state="failed"} 1',
      'baton_notices_undelivered{state="failed",channel="slack",why="channel_not_found"} 1',
      'baton_webhooks_accepted_last_hour 1',
      'baton_webhook_age_seconds 0',
      'baton_inbox_undispatched_tickets 1',
      'baton_schedule_troubles 0',
      'baton_metric_events_lag_seconds Nan',
      'baton_zendesk_calls_left 100',
      'baton_zendesk_calls_per_minute 200',
    ]) {
      expect(text).toContain(`${line}\n`)
    }
  })

  it('tells what is not known from what is none', async () => {
    expect(await (await get('/metrics')).text()).toContain('baton_timers_due Nan')
  })
})

describe('the health page', () => {
  it('is a page for people and JSON for programs', async () => {
    expect((await get('/health', 'text/html,*/*')).headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect((await get('/health', 'application/json')).headers.get('content-type')).toContain('application/json')
    expect((await get('/health')).headers.get('content-type')).toContain('text/html')
    expect((await get('/health')).headers.get('vary')?.toLowerCase()).toContain('accept')
  })

  it('says in one sentence that all is well', async () => {
    await swept(5)
    expect(await page()).toContain('All is well.')
    expect(await json()).toMatchObject({ database: 'ok', timers: { state: 'ok', due: 0, late: 0, sweepAgeSeconds: 5 } })
  })

  it('lists what is to look at first, with findings by escalation', async () => {
    await swept(120)
    await found(OVERDUE)
    const text = await page()
    expect(text).toContain('<title>Baton: 2 to look at</title>')
    expect(text).toContain('Timers: They stand still: nothing is told')
    expect(text).toContain('ESC-2026-000007')
    expect((await json()).timers.findings).toEqual([
      { kind: 'overdue', escalationId: 'ESC-2026-000007', since: '1970-01-01T00:00:00.000Z' },
    ])
  })

  it('shows webhooks by answer, and what still waits to be handed to the queue', async () => {
    await deliver(server, { ticketId: 7 })
    await deliver(server, { secret: 'guessed' })
    expect((await json()).webhooks).toEqual({
      ...{ answered: { accepted: 1, 'bad-signature': 1 }, undispatched: 1 },
      ...{ acceptedLastHour: 1, lastAcceptedAgeSeconds: 0 },
    })
    expect(await page()).toContain('Refused: signed with another secret')
    await server.inbox.dispatch()
    await server.clock.advance(90 * 60 * SECOND)
    const { webhooks } = await json()
    expect(webhooks).toMatchObject({ undispatched: 0, acceptedLastHour: 0, lastAcceptedAgeSeconds: 5400 })
    expect(await page()).toContain('Webhooks are refused: 1 since the start')
    await server.clock.advance(24 * 3600 * SECOND)
    expect((await json()).webhooks.lastAcceptedAgeSeconds).toBeNull()
    expect(await page()).toContain('none within a day')
  })

  it('says what to do when stored webhooks are not looked at', async () => {
    await deliver(server, { ticketId: 7 })
    await server.clock.advance(61 * SECOND)
    expect(await page()).toMatch(/not looked at: 1 tickets wait.*Restart the server/)
  })

  it('counts notices by what became of them, and names those that failed without people or words', async () => {
    await swept(5)
    await told()
    const { notices } = await json()
    expect(notices).toEqual({
      ...{ waiting: 1, failed: 1, suppressed: 2 },
      reasons: [
        { state: 'suppressed', channel: 'email', why: 'nobody-holds-role', count: 2 },
        { state: 'failed', channel: 'slack', why: 'channel_not_found', count: 1 },
      ],
      failures: [
        {
          ...{ escalationId: 'ESC-2026-000001', kind: 'handoff', channel: 'slack', why: 'channel_not_found' },
          at: '2026-03-06T10:00:00.000Z',
        },
      ],
    })
    const text = await page()
    expect(text).toMatch(/did not arrive: 1.*baton notices retry/)
    expect(text).toContain('handoff over slack: channel_not_found')
    for (const word of ['Vera', 'northwind', 'SSO login', '#escalations']) expect(text).not.toContain(word)
    expect(await (await get('/readyz')).json()).toMatchObject({ notices: 'failed' })
    await server.clock.advance(25 * 3600 * SECOND)
    expect(await json()).toMatchObject({ notices: { waiting: 1, failed: 0, failures: [], reasons: [] } })
  })

  it('says that schedules are not as the policy names them, and how far exports are read', async () => {
    await swept(5)
    const { id } = server.account
    const readAt = server.clock.now() - 60 * SECOND
    await inAccount(server.db, id, async (tx) => {
      const troubles = [{ id: 'berlin', why: 'Nobody has it.', meanwhile: 'Every hour counts.' }]
      await keepStanding(tx, id, { readAt, troubles })
      await sql`
        insert into sync_cursor (account_id, export, start_at, current_at, trouble)
        values (${id}, 'ticket-metric-events', 0, ${readAt}, 'denied')`.execute(tx)
    })
    expect(await json()).toMatchObject({
      schedules: { state: 'trouble', readAgeSeconds: 60, troubles: 1 },
      metricEvents: { state: 'denied', lagSeconds: 60 },
    })
    const text = await page()
    expect(text).toMatch(/not as the policy names them: 1.*`baton schedules`/)
    expect(text).toMatch(/Zendesk’s own clocks: Cannot be read.*Make the integration user an admin/)
    expect(text).not.toContain('berlin')
    expect(await (await get('/readyz')).json()).toMatchObject({ schedules: 'trouble', metricEvents: 'denied' })
  })

  it('shows how far the whole account is read, and what the account has not got', async () => {
    await swept(5)
    expect((await json()).sync).toBeNull()
    const { id } = server.account
    const now = server.clock.now()
    await inAccount(server.db, id, (tx) =>
      sql`
        insert into sync_cursor (account_id, export, start_at, current_at, trouble, began_at, until_at, pages, kept)
        values (${id}, 'tickets-history', ${now - 50 * SECOND}, null, null, ${now - 100 * SECOND}, ${now}, 4, 4000),
          (${id}, 'articles', ${now}, ${now}, 'not-found', 0, null, 1, 0)`.execute(tx),
    )
    const { sync } = await json()
    expect(sync!.exports).toContainEqual({
      ...{ export: 'tickets-history', state: 'reading', lagSeconds: null, kept: 4000, progress: 0.5 },
    })
    expect(sync).toMatchObject({ callsPerMinute: 10, callsUsed: null, reconciled: null })
    // Four pages for half of it, and 8.3 calls a minute beside the live readers.
    expect(sync!.leftSeconds).toBeCloseTo((4 / 8.3) * 60, 0)
    const text = await page()
    expect(text).toContain('Being read 50 %')
    expect(text).toMatch(/Not in this account\. The account has no Help Center/)
    expect(text).toContain('All is well.')
  })

  it('shows how many calls Zendesk allows once it has said so, and until when it takes none', async () => {
    expect((await json()).zendeskCalls).toBeNull()
    server.budget.learn((name) => (name === 'x-rate-limit' ? '700' : undefined))
    expect((await json()).zendeskCalls).toMatchObject({ limit: 700, stoppedUntil: null })
    server.budget.stopUntil(server.clock.now() + 30 * SECOND)
    expect((await json()).zendeskCalls).toEqual({ limit: 700, left: 0, stoppedUntil: '2026-03-06T10:00:30.000Z' })
    expect(await page()).toContain('no calls before 10:00:30 UTC')
  })

  it('needs no session and names no secret, no word of the policy, no ticket', async () => {
    await swept(5)
    await found(OVERDUE)
    const [text, told] = [await page(), JSON.stringify(await json())]
    for (const word of ['a timer of the policy', 'acme', server.account.subdomain]) {
      expect(text).not.toContain(word)
      expect(told).not.toContain(word)
    }
  })

  it('writes whatever an id holds as text', async () => {
    await swept(5)
    await found({ ...OVERDUE, escalationId: '<script>alert(1)</script>' })
    expect(await page()).not.toContain('<script')
  })

  it('lets its own style in and nothing else', async () => {
    const answer = await get('/health', 'text/html')
    const style = /<style>([\s\S]*)<\/style>/.exec(await answer.text())![1]!
    const digest = createHash('sha256').update(style).digest('base64')
    const policy = answer.headers.get('content-security-policy')!
    expect(policy).toContain(`style-src 'sha256-${digest}'`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(style).toContain('prefers-color-scheme: dark')
  })

  it('answers 503 and says so while the database is away', async () => {
    await database[Symbol.asyncDispose]()
    const answer = await get('/health', 'text/html')
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('The database is away')
    database = await createTestDatabase()
  })
})
