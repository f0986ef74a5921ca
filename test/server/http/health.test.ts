import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Finding, keepFindings } from '../../../server/clocks/findings.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { Health } from '../../../server/openapi/health.ts'
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
    expect((await json()).webhooks).toEqual({ answered: { accepted: 1, 'bad-signature': 1 }, undispatched: 1 })
    expect(await page()).toContain('Refused: signed with another secret')
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
