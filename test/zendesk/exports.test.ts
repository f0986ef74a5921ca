import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { type SmallAccount, startSmallAccount } from './small-account.ts'
import { deleteTicket } from './tickets/delete.ts'

const PATH = 'incremental/tickets/cursor.json'

describe('the incremental export of tickets', () => {
  it('hands out what changed, oldest first, and goes on from its cursor', async () => {
    await using account = await startSmallAccount()
    const [a, b, c] = [account.aTicket(), account.aTicket(), account.aTicket()]
    await account.clock.advance(2 * MINUTE_MS)
    await touch(account, a.id)
    await account.clock.advance(2 * MINUTE_MS)

    const first = await read(account, { start_time: secondsAgo(account, HOUR_MS), per_page: 2 })
    expect(first.tickets).toEqual([b.id, c.id])
    expect(first.end_of_stream).toBe(false)
    const second = await read(account, { cursor: first.after_cursor, per_page: 2 })
    expect(second.tickets).toEqual([a.id])
    expect(second.end_of_stream).toBe(true)
    const third = await read(account, { cursor: second.after_cursor })
    expect(third).toMatchObject({ tickets: [], end_of_stream: true, after_cursor: second.after_cursor })
  })

  it('writes its cursor as Zendesk does, and a link that keeps the page’s size', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const at = account.clock.now() / SECOND_MS
    await account.clock.advance(HOUR_MS)
    const { after_cursor, after_url, before_cursor, before_url } = await read(account, { start_time: 0, per_page: 7 })
    expect(Buffer.from(after_cursor, 'base64').toString()).toBe(`${at}.0||${id}|`)
    const url = new URL(after_url)
    expect(Object.fromEntries(url.searchParams)).toEqual({ per_page: '7', cursor: after_cursor })
    expect([before_cursor, before_url]).toEqual([null, null])
  })

  it('has no cursor yet when nothing changed since the start', async () => {
    await using account = await startSmallAccount()
    account.aTicket()
    await account.clock.advance(HOUR_MS)
    const page = await read(account, { start_time: secondsAgo(account, 2 * MINUTE_MS) })
    expect(page).toMatchObject({ tickets: [], end_of_stream: true, after_cursor: null, after_url: null })
  })

  it('holds the last minute back', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await account.clock.advance(MINUTE_MS - SECOND_MS)
    expect((await read(account, { start_time: 0 })).tickets).toEqual([])
    await account.clock.advance(SECOND_MS)
    expect((await read(account, { start_time: 0 })).tickets).toEqual([id])
  })

  it('hands a ticket out again whenever it is touched', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await account.clock.advance(2 * MINUTE_MS)
    let { after_cursor: cursor } = await read(account, { start_time: 0 })
    for (let turn = 0; turn < 3; turn++) {
      await touch(account, id)
      await account.clock.advance(2 * MINUTE_MS)
      const page = await read(account, { cursor })
      expect(page.tickets).toEqual([id])
      cursor = page.after_cursor
    }
  })

  it('tells of deleted tickets, unless it is asked not to', async () => {
    await using account = await startSmallAccount()
    const { world, lea } = account
    const { id } = account.aTicket()
    await account.clock.advance(2 * MINUTE_MS)
    const { after_cursor: cursor } = await read(account, { start_time: 0 })
    deleteTicket(world, { user: lea, channel: 'web' }, world.state.tickets[id]!)
    await account.clock.advance(2 * MINUTE_MS)
    const { body } = await account.as(lea)('GET', `${PATH}?cursor=${cursor}`)
    expect(body.tickets).toMatchObject([{ id, status: 'deleted' }])
    expect((await read(account, { cursor, exclude_deleted: 'true' })).tickets).toEqual([])
  })

  it('sideloads what is asked for, the last audits never', async () => {
    await using account = await startSmallAccount()
    account.aTicket()
    await account.clock.advance(HOUR_MS)
    const { body } = await account.as(account.lea)('GET', `${PATH}?start_time=0&include=users,last_audits`)
    expect(body.users).toHaveLength(1)
    expect(body).not.toHaveProperty('last_audits')
  })

  it.each([
    ['no start and no cursor', {}, 400, undefined],
    ['a start that is no number', { start_time: 'yesterday' }, 400, undefined],
    ['a cursor nobody gave', { cursor: 'bm90IG91cnM=' }, 400, 'InvalidCursor'],
  ])('refuses %s', async (_, query, status, code) => {
    await using account = await startSmallAccount()
    const refused = await ask(account, query)
    expect([refused.status, refused.body.errors?.[0].code]).toEqual([status, code])
  })

  it('refuses a start within the last minute', async () => {
    await using account = await startSmallAccount()
    const tooRecent = await ask(account, { start_time: secondsAgo(account, MINUTE_MS) })
    expect([tooRecent.status, tooRecent.body.errors[0].code]).toEqual([422, 'StartTimeTooRecent'])
    expect((await ask(account, { start_time: secondsAgo(account, MINUTE_MS + SECOND_MS) })).status).toBe(200)
  })

  it('is for admins alone, and a token needs the whole of `read`', async () => {
    await using account = await startSmallAccount()
    expect((await account.as(account.ana)('GET', `${PATH}?start_time=0`)).status).toBe(403)
    expect(await withToken(account, ['tickets:read'])).toBe(403)
    expect(await withToken(account, ['read'])).toBe(200)
  })

  it('answers ten times a minute, whoever asks', async () => {
    await using account = await startSmallAccount()
    const first = await ask(account, { start_time: 0 })
    expect(first.headers.get('zendesk-ratelimit-incremental-exports')).toBe('total=10; remaining=9; resets=60')
    for (let turn = 1; turn < 10; turn++) expect((await ask(account, { start_time: 0 })).status).toBe(200)
    await account.clock.advance(20 * SECOND_MS)
    const refused = await ask(account, { start_time: 0 })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40'])
    expect((await account.as(account.lea)('GET', 'groups')).status).toBe(200)
    await account.clock.advance(40 * SECOND_MS)
    expect((await ask(account, { start_time: 0 })).status).toBe(200)
  })
})

type Query = Record<string, string | number>

function ask(account: SmallAccount, query: Query) {
  const parameters = Object.entries(query).map(([name, value]) => [name, String(value)])
  return account.as(account.lea)('GET', `${PATH}?${new URLSearchParams(parameters)}`)
}

/** A page with the ids of its tickets. */
async function read(account: SmallAccount, query: Query) {
  const { status, body } = await ask(account, query)
  expect(status).toBe(200)
  return { ...body, tickets: body.tickets.map(({ id }: { id: number }) => id) }
}

async function touch(account: SmallAccount, id: number): Promise<void> {
  const ticket = { priority: account.world.state.tickets[id]!.priority === 'low' ? 'high' : 'low' }
  expect((await account.as(account.ana)('PUT', `tickets/${id}`, { ticket })).status).toBe(200)
}

function secondsAgo(account: SmallAccount, ms: number): number {
  return Math.floor((account.clock.now() - ms) / SECOND_MS)
}

async function withToken(account: SmallAccount, scopes: string[]): Promise<number> {
  const { world, lea } = account
  const id = world.nextId('oauth_token')
  const token = world.nextToken(40)
  world.state.oauth_tokens[id] = {
    ...{ id, token, refresh_token: null, client_id: 1, user_id: lea.id, scopes },
    ...{ expires_at: null, refresh_expires_at: null, revoked: false },
  }
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${account.zendesk.url}/api/v2/${PATH}?start_time=0`, { headers })).status
}
