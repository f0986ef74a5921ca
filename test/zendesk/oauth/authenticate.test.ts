import { describe, expect, it } from 'vitest'
import { API_TOKENS_STOP_AT, DEPRECATION_HEADER, SESSION_COOKIE } from './authenticate.ts'
import { startAccount } from './start-account.ts'

type Account = Awaited<ReturnType<typeof startAccount>>

function get(account: Account, headers: Record<string, string>) {
  return fetch(`${account.zendesk.url}/api/v2/triggers.json`, { headers })
}

function basic(text: string) {
  return { authorization: `Basic ${Buffer.from(text).toString('base64')}` }
}

describe('authenticate', () => {
  it('answers 401 to a call without credentials', async () => {
    await using account = await startAccount()
    const { status, body } = await account.call('GET', '/api/v2/triggers', undefined, null)
    expect([status, body]).toEqual([401, { error: "Couldn't authenticate you" }])
  })

  it('answers 401 invalid_token to a bearer token nobody issued', async () => {
    await using account = await startAccount()
    const { status, body } = await account.call('GET', '/api/v2/triggers', undefined, { token: 'nonsense' })
    expect([status, body.error]).toEqual([401, 'invalid_token'])
  })

  it('lets a token through until the second it expires', async () => {
    await using account = await startAccount()
    const token = account.tokenFor(account.admin)
    const row = Object.values(account.world.state.oauth_tokens).find((one) => one.token === token)!
    row.expires_at = account.clock.now() + 300_000
    await account.clock.advance(299_999)
    expect((await account.call('GET', '/api/v2/triggers', undefined, { token })).status).toBe(200)
    await account.clock.advance(1)
    expect((await account.call('GET', '/api/v2/triggers', undefined, { token })).status).toBe(401)
  })

  it('refuses the token of a suspended user', async () => {
    await using account = await startAccount()
    account.admin.suspended = true
    expect((await account.call('GET', '/api/v2/triggers')).status).toBe(401)
  })

  it('still takes an API token, and flags it', async () => {
    await using account = await startAccount()
    const answer = await get(account, basic('ada@acme.example/token:abc'))
    expect([answer.status, answer.headers.has(DEPRECATION_HEADER)]).toEqual([200, true])
  })

  it('takes no API token after the day they stop', async () => {
    await using account = await startAccount()
    await account.clock.advance(API_TOKENS_STOP_AT - account.clock.now())
    expect((await get(account, basic('ada@acme.example/token:abc'))).status).toBe(401)
  })

  it('takes only listed API tokens when the account lists them', async () => {
    await using account = await startAccount()
    account.world.state.api_tokens = ['known']
    expect((await get(account, basic('ada@acme.example/token:abc'))).status).toBe(401)
    expect((await get(account, basic('ada@acme.example/token:known'))).status).toBe(200)
  })

  it.each([
    ['a password', 'ada@acme.example:secret'],
    ['an end user', 'cara@customer.example/token:abc'],
    ['an unknown address', 'nobody@acme.example/token:abc'],
  ])('refuses Basic with %s', async (_, credentials) => {
    await using account = await startAccount()
    expect((await get(account, basic(credentials))).status).toBe(401)
  })

  it.each([
    ['a page of its own origin', { 'sec-fetch-site': 'same-origin' }, 200],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 401],
    ['an app in its iframe', { 'sec-fetch-site': 'same-site' }, 401],
    ['nobody says which page', {}, 401],
  ])('takes the session cookie from %s: %o → %i', async (_, headers, status) => {
    await using account = await startAccount()
    const cookie = `${SESSION_COOKIE}=${account.agent.id}`
    expect((await get(account, { cookie, ...(headers as Record<string, string>) })).status).toBe(status)
  })

  it('compares the Origin with the host where browsers send no fetch metadata', async () => {
    await using account = await startAccount()
    const cookie = `${SESSION_COOKIE}=${account.agent.id}`
    expect((await get(account, { cookie, origin: account.zendesk.url })).status).toBe(200)
    expect((await get(account, { cookie, origin: 'https://evil.example' })).status).toBe(401)
  })
})

describe('requireScope', () => {
  it.each([
    [['read'], 'GET', '/api/v2/triggers', 200],
    [['triggers:read'], 'GET', '/api/v2/triggers', 200],
    [['triggers:read'], 'POST', '/api/v2/triggers', 403],
    [['write'], 'GET', '/api/v2/triggers', 403],
    [['tickets:read'], 'GET', '/api/v2/triggers', 403],
    [['nonsense'], 'GET', '/api/v2/triggers', 403],
  ])('with %j answers %s %s with %i', async (scopes, method, path, status) => {
    await using account = await startAccount()
    const token = account.tokenFor(account.admin, scopes)
    const body = method === 'POST' ? { trigger: {} } : undefined
    expect((await account.call(method, path, body, { token })).status).toBe(status)
  })

  it('covers a ticket with tickets:read, but not its audits', async () => {
    await using account = await startAccount()
    const { ticket } = await account.createTicket()
    const token = account.tokenFor(account.agent, ['tickets:read'])
    const show = await account.call('GET', `/api/v2/tickets/${ticket.id}`, undefined, { token })
    const audits = await account.call('GET', `/api/v2/tickets/${ticket.id}/audits`, undefined, { token })
    expect([show.status, audits.status]).toEqual([200, 403])
    expect(audits.body).toEqual({
      error: 'Forbidden',
      description: 'You are missing the following required scopes: read',
    })
  })

  it('lets agents read rules and only admins write them', async () => {
    await using account = await startAccount()
    expect((await account.call('GET', '/api/v2/triggers', undefined, account.agent)).status).toBe(200)
    const { status, body } = await account.call('POST', '/api/v2/triggers', { trigger: {} }, account.agent)
    expect([status, body.error.title]).toEqual([403, 'Forbidden'])
  })
})
