import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IssueFact } from '../../../core/engineering/issue-fact.ts'
import { readIssueUrl } from '../../../core/engineering/issue-url.ts'
import { TRACKERS, type Tracker } from '../../../core/engineering/tracker.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { issueFactsOf, type KnownIssue, keepLinks } from '../../../server/engineering/links.ts'
import type { JobHandlers } from '../../../server/jobs/jobs.ts'
import { JOB_NAMES } from '../../../server/jobs/queues.ts'
import {
  gitHubIssue,
  gitHubPullRequest,
  gitHubRelease,
  gitLabIssue,
  gitLabMergeRequest,
  gitLabRelease,
  jiraIssue,
  jiraVersionReleased,
  linearIssue,
} from '../../core/engineering/deliveries.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type AServer, startServer } from '../http/a-server.ts'
import { SECRETS, type Sending, sendFrom } from './tracker-deliveries.ts'

let database: TestDatabase
let server: AServer

beforeEach(async () => {
  database = await createTestDatabase()
  server = await startServer(database.url)
  for (const tracker of TRACKERS) await server.secrets.put(server.account.id, tracker, SECRETS[tracker])
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const BODIES: Record<Tracker, () => Record<string, unknown>> = {
  github: gitHubIssue,
  gitlab: gitLabIssue,
  jira: jiraIssue,
  linear: linearIssue,
}
const ISSUES: Record<Tracker, string> = {
  github: 'https://github.com/acme/shop/issues/12',
  gitlab: 'https://gitlab.com/acme/web/shop/-/issues/12',
  jira: 'https://acme.atlassian.net/browse/SHOP-12',
  linear: 'https://linear.app/acme/issue/SHOP-12',
}
const send = (tracker: Tracker, body: unknown, sending?: Sending) => sendFrom(tracker, server.url, body, sending)

describe.each(TRACKERS)('a webhook of %s', (tracker) => {
  it('is stored before it is answered 202, and asks for a look at the linked tickets', async () => {
    await link(ISSUES[tracker], 7)
    await link(ISSUES[tracker], 8, 'ESC-2026-000002')
    const answer = await send(tracker, BODIES[tracker](), { id: 'A' })
    expect(answer.status).toBe(202)
    expect(await answer.json()).toEqual({ id: 'A' })
    expect(await queuedTickets()).toEqual([7, 8])
    expect(await factsOf(ISSUES[tracker])).toMatchObject([
      { kind: 'issue', state: 'open', at: Date.parse('2026-03-06T10:00:00Z'), issue: { tracker }, deliveryId: 'A' },
    ])
  })

  it('that comes again is answered 200 and has no effect', async () => {
    await send(tracker, BODIES[tracker](), { id: 'A' })
    await link(ISSUES[tracker], 7)
    expect((await send(tracker, BODIES[tracker](), { id: 'A' })).status).toBe(200)
    expect(await queuedTickets()).toEqual([])
  })

  it('is known again by its body where it has no id', async () => {
    expect((await send(tracker, BODIES[tracker](), { id: null })).status).toBe(202)
    expect((await send(tracker, BODIES[tracker](), { id: null })).status).toBe(200)
  })

  it.each<[string, Sending, number, string]>([
    ['with another secret', { secret: 'guessed, and quite wrong' }, 401, 'bad-signature'],
    ['with a shorter secret', { secret: 'x' }, 401, 'bad-signature'],
    ['without JSON', { raw: '{"action":' }, 400, 'invalid'],
    ['of something else', { raw: '[]' }, 400, 'invalid'],
    ['that is empty', { raw: '' }, 400, 'invalid'],
    ['of five megabytes', { raw: 'x'.repeat(5 * 1024 * 1024 + 1) }, 413, 'too-large'],
  ])('%s is refused and leaves nothing', async (_, sending, status, error) => {
    await link(ISSUES[tracker], 7)
    const answer = await send(tracker, BODIES[tracker](), sending)
    // Linear's time is within the body, so what cannot be read has none.
    const isTimeless = tracker === 'linear' && error === 'invalid'
    expect(answer.status).toBe(isTimeless ? 401 : status)
    expect(await answer.json()).toEqual({ error: isTimeless ? 'stale' : error, message: expect.stringMatching(/\.$/) })
    expect(await stored()).toEqual([])
    expect(await queuedTickets()).toEqual([])
  })

  it('without a signature is refused', async () => {
    const answer = await fetch(`${server.url}/webhooks/engineering/${tracker}`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ error: 'unsigned' })
  })

  it('about something that moves no issue is answered 200 with why', async () => {
    const others = { github: { zen: 'Design for failure.' }, gitlab: { object_kind: 'push' } }
    const more = { jira: { webhookEvent: 'sprint_started' }, linear: { ...linearIssue(), type: 'Comment' } }
    const answer = await send(tracker, { ...others, ...more }[tracker])
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ ignored: 'The event moves no issue.' })
  })

  it('is taken with the old secret and the new one while it is exchanged', async () => {
    await server.secrets.rotate(server.account.id, tracker, 'the next secret of it')
    expect((await send(tracker, BODIES[tracker]())).status).toBe(202)
    expect((await send(tracker, BODIES[tracker](), { secret: 'the next secret of it' })).status).toBe(202)
  })

  it('leaves no trace of its words or secret in the log', async () => {
    await send(tracker, BODIES[tracker]())
    await send(tracker, BODIES[tracker](), { raw: '{"Session cookie":' })
    expect(server.logged.join('')).not.toMatch(/Session cookie|the secret of the webhook|the token of/)
  })
})

describe('a webhook of a tracker', () => {
  it('that is not set up is answered 404 with the variable to set', async () => {
    await inAccount(server.db, server.account.id, (tx) => tx.deleteFrom('secret').where('name', '=', 'jira').execute())
    const answer = await send('jira', jiraIssue())
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ error: 'tracker-not-set-up', message: /BATON_JIRA_SECRET/ })
  })

  it('there is none of is answered 404', async () => {
    const answer = await fetch(`${server.url}/webhooks/engineering/bugzilla`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ error: 'unknown-tracker' })
  })

  it('by Linear that was signed three minutes ago is refused, also when it is from ahead', async () => {
    for (const minutes of [-3, 3]) {
      const sentAt = server.clock.now() + minutes * 60_000
      const answer = await send('linear', linearIssue({ sentAt }))
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ error: 'stale' })
    }
  })

  it('by GitHub signed with SHA-1 alone is refused', async () => {
    const body = JSON.stringify(gitHubIssue())
    const signature = `sha1=${createHmac('sha1', SECRETS.github).update(body).digest('hex')}`
    const headers = { 'x-hub-signature': signature, 'x-hub-signature-256': signature }
    expect((await send('github', null, { raw: body, headers })).status).toBe(401)
  })

  it('by GitHub that came as a form says what to choose', async () => {
    const answer = await send('github', null, { raw: `payload=${encodeURIComponent(JSON.stringify(gitHubIssue()))}` })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ message: /Choose application\/json/ })
  })

  it('by an old GitLab is told apart by event and body', async () => {
    const headers = { 'x-gitlab-event-uuid': '13792a34' }
    expect((await send('gitlab', gitLabIssue(), { id: null, headers })).status).toBe(202)
    expect((await send('gitlab', gitLabIssue(), { id: null, headers })).status).toBe(200)
    const later = gitLabIssue({ updated_at: '2026-03-06 10:05:00 UTC' })
    expect((await send('gitlab', later, { id: null, headers })).status).toBe(202)
  })

  it('that comes forty times at once is stored once', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => send('github', gitHubIssue(), { id: 'SAME' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(39).fill(200), 202])
  })
})

describe('what trackers told of an issue', () => {
  const closed = { state: 'closed', state_reason: 'completed' }

  it('is known to a link that is made later', async () => {
    await send('github', gitHubIssue({ ...closed, closed_at: '2026-03-06T09:00:00Z' }))
    await link(ISSUES.github, 7)
    const [fact] = await factsOf(ISSUES.github)
    expect(fact).toMatchObject({ state: 'fixed', at: Date.parse('2026-03-06T09:00:00Z'), by: 'Codertocat' })
  })

  it('is told until it is known, and again once it changes', async () => {
    await send('github', gitHubIssue())
    expect(await factsOf(ISSUES.github, { state: 'open', at: Date.parse('2026-03-06T10:00:00Z') })).toEqual([])
    await send('github', gitHubIssue({ ...closed, updated_at: '2026-03-06T10:01:00Z' }))
    expect(await factsOf(ISSUES.github, { state: 'open', at: Date.parse('2026-03-06T10:00:00Z') })).toMatchObject([
      { state: 'fixed' },
    ])
  })

  it('is not overridden by what is older and comes late', async () => {
    await send('github', gitHubIssue({ ...closed, updated_at: '2026-03-06T10:05:00Z' }))
    await send('github', gitHubIssue({ updated_at: '2026-03-06T10:04:00Z', assignees: [{ login: 'octocat' }] }))
    expect(await factsOf(ISSUES.github)).toMatchObject([{ state: 'fixed' }])
    await send('github', gitHubIssue({ updated_at: '2026-03-06T10:06:00Z', state_reason: 'reopened' }))
    expect(await factsOf(ISSUES.github)).toMatchObject([{ state: 'open' }])
  })

  it('keeps the instant it was closed at, whatever is written there afterwards', async () => {
    await send('gitlab', gitLabIssue({ state: 'closed', updated_at: '2026-03-06 10:00:00 UTC' }))
    await send('gitlab', gitLabIssue({ state: 'closed', updated_at: '2026-03-06 15:00:00 UTC' }))
    expect(await factsOf(ISSUES.gitlab)).toMatchObject([{ state: 'fixed', at: Date.parse('2026-03-06T10:00:00Z') }])
  })

  it('is in a closed state since it came into that one', async () => {
    await send(
      'linear',
      linearIssue({ state: { name: 'Done', type: 'completed' }, completedAt: '2026-03-06T10:00:00Z' }),
    )
    const state = { name: 'Released', type: 'completed' }
    const released = { state, completedAt: '2026-03-06T10:00:00Z', updatedAt: '2026-03-06T14:00:00Z' }
    await send('linear', linearIssue(released))
    expect(await factsOf(ISSUES.linear)).toMatchObject([{ state: 'released', at: Date.parse('2026-03-06T14:00:00Z') }])
    const closedAs = { state: 'closed', closed_at: '2026-03-06 11:00:00 UTC' }
    await send('gitlab', gitLabIssue({ ...closedAs, updated_at: '2026-03-06 11:00:00 UTC' }))
    const labels = [{ title: 'duplicate' }]
    await send('gitlab', gitLabIssue({ ...closedAs, labels, updated_at: '2026-03-06 11:30:00 UTC' }))
    const fixed = { state: 'fixed', at: Date.parse('2026-03-06T11:00:00Z') } as const
    expect(await factsOf(ISSUES.gitlab, fixed)).toMatchObject([{ state: 'closed-unfixed' }])
  })

  const shipped: [Tracker, Record<string, unknown>[]][] = [
    [
      'github',
      [
        gitHubIssue({ ...closed, closed_at: '2026-03-06T11:00:00Z', updated_at: '2026-03-06T11:00:00Z' }),
        gitHubPullRequest(),
        gitHubPullRequest({ merged: true }),
        gitHubRelease(),
      ],
    ],
    [
      'gitlab',
      [
        gitLabIssue({ state: 'closed', closed_at: '2026-03-06 11:00:00 UTC', updated_at: '2026-03-06 11:00:00 UTC' }),
        gitLabMergeRequest({ updated_at: '2026-03-06 10:30:00 UTC' }),
        gitLabMergeRequest({ state: 'merged' }),
        gitLabRelease(),
      ],
    ],
    [
      'jira',
      [
        jiraIssue({ updated: '2026-03-06T09:00:00.000+0100' }),
        jiraIssue({
          ...{ category: 'done', status: 'Done', resolution: 'Done', resolved: '2026-03-06T11:00:00.000+0100' },
          versions: [{ id: '10001', released: false }],
        }),
        jiraVersionReleased('10001', Date.parse('2026-03-06T12:00:00Z')),
      ],
    ],
  ]
  it.each(shipped)('of %s ends up released, whatever order it comes in and however often', async (tracker, bodies) => {
    const orders = fc.shuffledSubarray([...bodies, ...bodies], { minLength: bodies.length })
    await link(ISSUES[tracker], 7)
    await fc.assert(
      fc.asyncProperty(orders, async (some) => {
        await forgetAll()
        for (const body of [...some, ...bodies.filter((body) => !some.includes(body))]) await send(tracker, body)
        expect(await factsOf(ISSUES[tracker])).toMatchObject([
          { state: 'released', at: Date.parse('2026-03-06T12:00:00Z') },
        ])
      }),
      { numRuns: 12 },
    )
  })

  it('asks for a look at the ticket when a release names the change that fixes its issue', async () => {
    await link(ISSUES.github, 7)
    await send('github', gitHubPullRequest({ merged: true }))
    await send('github', gitHubIssue({ ...closed, closed_at: '2026-03-06T11:00:00Z' }))
    await settleIdly()
    await send('github', gitHubRelease())
    expect(await queuedTickets()).toEqual([7])
  })

  it('is not released by a release from before it was fixed, nor by one that names other issues', async () => {
    await send('github', gitHubIssue({ ...closed, closed_at: '2026-03-06T11:00:00Z' }))
    await send('github', gitHubRelease({ published_at: '2026-03-06T10:59:59Z', body: 'Known issues: #12' }))
    await send('github', gitHubRelease({ tag_name: 'v1.5.0', body: 'Fixes #13, other/shop#12' }))
    expect(await factsOf(ISSUES.github)).toMatchObject([{ state: 'fixed' }])
  })

  it('is not released by notes that name an issue which is open', async () => {
    await send('github', gitHubIssue())
    await send('github', gitHubRelease({ body: 'Known issues: #12' }))
    expect(await factsOf(ISSUES.github)).toMatchObject([{ state: 'open' }])
  })

  it('is forgotten as a delivery after a month, not as news', async () => {
    await send('github', gitHubIssue(closed), { id: 'A' })
    await server.clock.advance(31 * 24 * 3600_000)
    await send('github', gitHubIssue({ number: 13 }), { id: 'B' })
    expect(await stored()).toEqual(['B'])
    expect(await factsOf(ISSUES.github)).toMatchObject([{ state: 'fixed' }])
  })
})

async function link(url: string, ticketId: number, escalationId = 'ESC-2026-000001'): Promise<void> {
  const escalation = { id: escalationId, issues: [known(url)] }
  const where = { accountId: server.account.id, now: server.clock.now() }
  await inAccount(server.db, where.accountId, (tx) => keepLinks(tx, [{ ticketId, escalation }], where))
}

function factsOf(url: string, told: KnownIssue['told'] = null): Promise<IssueFact[]> {
  return inAccount(server.db, server.account.id, (tx) => issueFactsOf(tx, [{ ...known(url), told }]))
}

function known(url: string): KnownIssue {
  const read = readIssueUrl(url)
  if (!read.ok) throw new Error(read.message)
  return { ...read.issue, told: null }
}

async function stored(): Promise<string[]> {
  return inAccount(server.db, server.account.id, async (tx) => {
    const rows = await tx.selectFrom('engineering_delivery').select('delivery_id').orderBy('delivery_id').execute()
    return rows.map((row) => row.delivery_id)
  })
}

async function forgetAll(): Promise<void> {
  await inAccount(server.db, server.account.id, async (tx) => {
    for (const name of ['delivery', 'issue', 'release'] as const) await tx.deleteFrom(`engineering_${name}`).execute()
  })
}

/** Has every job done that waits, without doing anything. */
async function settleIdly(): Promise<void> {
  await server.jobs.settle(
    Object.fromEntries(JOB_NAMES.map((name) => [name, async () => {}])) as unknown as JobHandlers,
  )
}

async function queuedTickets(): Promise<number[]> {
  const { rows } = await sql<{ ticket: number }>`
    select (data->>'ticketId')::int as ticket from jobs.job
    where name = 'observe' and state = 'created' order by 1`.execute(server.db)
  return rows.map((row) => row.ticket)
}
