import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { OAuthClient } from '../state/model.ts'
import { SESSION_COOKIE } from './authenticate.ts'
import { startAccount } from './start-account.ts'

type Account = Awaited<ReturnType<typeof startAccount>>

const REDIRECT = 'https://baton.example/oauth/done'

function addClient(account: Account, overrides: Partial<OAuthClient> = {}): OAuthClient {
  const client: OAuthClient = {
    id: account.world.nextId('oauth_client'),
    name: 'Baton',
    identifier: 'baton',
    secret: 'client-secret',
    user_id: account.admin.id,
    redirect_uris: [REDIRECT],
    kind: 'confidential',
    ...overrides,
  }
  account.world.state.oauth_clients[client.id] = client
  return client
}

function exchange(account: Account, body: Record<string, unknown>) {
  return account.call('POST', '/oauth/tokens', { client_id: 'baton', client_secret: 'client-secret', ...body }, null)
}

/** Consents on the page, as the agent. */
async function consent(account: Account, overrides: Record<string, string> = {}): Promise<URL> {
  const body = new URLSearchParams({
    ...{ client_id: 'baton', response_type: 'code', redirect_uri: REDIRECT, scope: 'read write', state: 'xyz' },
    ...{ user_id: String(account.agent.id), decision: 'allow' },
    ...overrides,
  })
  const answer = await fetch(`${account.zendesk.url}/oauth/authorizations`, {
    method: 'POST',
    headers: { origin: account.zendesk.url },
    body,
    redirect: 'manual',
  })
  if (answer.status !== 302) throw new Error(`POST /oauth/authorizations answered ${answer.status}`)
  return new URL(answer.headers.get('location')!)
}

async function codeFor(account: Account, overrides: Record<string, string> = {}): Promise<string> {
  return (await consent(account, overrides)).searchParams.get('code')!
}

describe('client_credentials', () => {
  it('acts as the owner of the client and comes without a refresh token', async () => {
    await using account = await startAccount()
    addClient(account)
    const { status, body } = await exchange(account, { grant_type: 'client_credentials', scope: 'read write' })
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      scope: 'read write',
      expires_in: 1800,
    })
    const current = await account.call('GET', '/api/v2/oauth/tokens/current', undefined, { token: body.access_token })
    expect(current.body.token.user_id).toBe(account.admin.id)
  })

  it('is refused to public clients', async () => {
    await using account = await startAccount()
    addClient(account, { kind: 'public' })
    const { status, body } = await exchange(account, { grant_type: 'client_credentials', scope: 'read' })
    expect([status, body.error]).toEqual([400, 'unauthorized_client'])
  })

  it('is refused with a wrong secret', async () => {
    await using account = await startAccount()
    addClient(account)
    const { status, body } = await exchange(account, { grant_type: 'client_credentials', client_secret: 'guess' })
    expect([status, body.error]).toEqual([401, 'invalid_client'])
  })

  it.each([
    [299, 400],
    [300, 200],
    [172_800, 200],
    [172_801, 400],
  ])('asked for %i seconds answers %i', async (expires_in, status) => {
    await using account = await startAccount()
    addClient(account)
    expect((await exchange(account, { grant_type: 'client_credentials', scope: 'read', expires_in })).status).toBe(
      status,
    )
  })

  it('gives a token for an unknown scope, which is then refused with 403', async () => {
    await using account = await startAccount()
    addClient(account)
    const { body } = await exchange(account, { grant_type: 'client_credentials', scope: 'everything' })
    const { status } = await account.call('GET', '/api/v2/triggers', undefined, { token: body.access_token })
    expect(status).toBe(403)
  })
})

describe('authorization_code', () => {
  it('gives tokens that act as the one who consented', async () => {
    await using account = await startAccount()
    addClient(account)
    const target = await consent(account)
    expect(target.searchParams.get('state')).toBe('xyz')
    const code = target.searchParams.get('code')
    const { body } = await exchange(account, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT })
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 1800, refresh_token_expires_in: 2_592_000 })
    const current = await account.call('GET', '/api/v2/oauth/tokens/current', undefined, { token: body.access_token })
    expect(current.body.token.user_id).toBe(account.agent.id)
  })

  it.each([
    [119_999, 200],
    [120_000, 400],
  ])('after %i ms answers %i', async (waited, status) => {
    await using account = await startAccount()
    addClient(account)
    const code = await codeFor(account)
    await account.clock.advance(waited)
    const grant = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT }
    expect((await exchange(account, grant)).status).toBe(status)
  })

  it('is for one use', async () => {
    await using account = await startAccount()
    addClient(account)
    const grant = { grant_type: 'authorization_code', code: await codeFor(account), redirect_uri: REDIRECT }
    await exchange(account, grant)
    const { status, body } = await exchange(account, grant)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  })

  it('needs the very same redirect address', async () => {
    await using account = await startAccount()
    addClient(account)
    const code = await codeFor(account)
    const { status } = await exchange(account, { grant_type: 'authorization_code', code, redirect_uri: `${REDIRECT}/` })
    expect(status).toBe(400)
  })

  it('needs the verifier of its challenge', async () => {
    await using account = await startAccount()
    addClient(account)
    const verifier = 'a-verifier-that-is-long-enough-for-the-standard-43'
    const code_challenge = createHash('sha256').update(verifier).digest('base64url')
    const challenge = { code_challenge, code_challenge_method: 'S256' }
    const grant = { grant_type: 'authorization_code', redirect_uri: REDIRECT }
    const wrong = await exchange(account, { ...grant, code: await codeFor(account, challenge), code_verifier: 'other' })
    const right = await exchange(account, {
      ...grant,
      code: await codeFor(account, challenge),
      code_verifier: verifier,
    })
    expect([wrong.status, right.status]).toEqual([400, 200])
  })

  it('tells the client when the person denies', async () => {
    await using account = await startAccount()
    addClient(account)
    expect((await consent(account, { decision: 'deny' })).searchParams.get('error')).toBe('access_denied')
  })

  it('takes no consent from a page of another site', async () => {
    await using account = await startAccount()
    addClient(account)
    const answer = await fetch(`${account.zendesk.url}/oauth/authorizations`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', cookie: `${SESSION_COOKIE}=${account.agent.id}` },
      body: new URLSearchParams({ client_id: 'baton', decision: 'allow' }),
    })
    expect(answer.status).toBe(403)
  })

  it.each([
    ['an unknown client', { client_id: 'other' }],
    ['an address that is not registered', { redirect_uri: 'https://evil.example/' }],
    ['another response type', { response_type: 'token' }],
    ['a plain challenge', { code_challenge: 'x', code_challenge_method: 'plain' }],
  ])('shows no consent page for %s', async (_, overrides) => {
    await using account = await startAccount()
    addClient(account)
    const query = new URLSearchParams({
      ...{ client_id: 'baton', response_type: 'code', redirect_uri: REDIRECT, scope: 'read' },
      ...(overrides as Record<string, string>),
    })
    expect((await account.call('GET', `/oauth/authorizations/new?${query}`, undefined, null)).status).toBe(400)
  })

  it('shows who asks for what on its page', async () => {
    await using account = await startAccount()
    addClient(account, { name: '<b>Baton</b>' })
    const query = new URLSearchParams({
      client_id: 'baton',
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope: 'read',
    })
    const { status, body } = await account.call('GET', `/oauth/authorizations/new?${query}`, undefined, null)
    expect(status).toBe(200)
    expect(body).toContain('&#60;b&#62;Baton')
    expect(body).toContain('Alan Agent')
    expect(body).not.toContain('Cara Customer')
  })

  it('asks public clients for a challenge', async () => {
    await using account = await startAccount()
    addClient(account, { kind: 'public' })
    await expect(consent(account)).rejects.toThrow('400')
  })
})

describe('refresh_token', () => {
  it('gives a new pair and kills the old one', async () => {
    await using account = await startAccount()
    addClient(account)
    const code = await codeFor(account)
    const first = await exchange(account, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT })
    const refresh = { grant_type: 'refresh_token', refresh_token: first.body.refresh_token }
    const second = await exchange(account, refresh)
    expect(second.status).toBe(200)
    const withOld = await account.call('GET', '/api/v2/triggers', undefined, { token: first.body.access_token })
    const withNew = await account.call('GET', '/api/v2/triggers', undefined, { token: second.body.access_token })
    const again = await exchange(account, refresh)
    expect([withOld.status, withNew.status, again.status]).toEqual([401, 200, 400])
  })

  it('works after the access token has expired, and no longer than its own 30 days', async () => {
    await using account = await startAccount()
    addClient(account)
    const code = await codeFor(account)
    const first = await exchange(account, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT })
    await account.clock.advance(29 * 86_400_000)
    const second = await exchange(account, { grant_type: 'refresh_token', refresh_token: first.body.refresh_token })
    expect(second.status).toBe(200)
    await account.clock.advance(30 * 86_400_000)
    const third = await exchange(account, { grant_type: 'refresh_token', refresh_token: second.body.refresh_token })
    expect([third.status, third.body.error]).toEqual([400, 'invalid_grant'])
  })
})

describe('tokens and clients', () => {
  it('revokes the current token', async () => {
    await using account = await startAccount()
    const token = account.tokenFor(account.agent)
    expect((await account.call('DELETE', '/api/v2/oauth/tokens/current', undefined, { token })).status).toBe(204)
    expect((await account.call('GET', '/api/v2/oauth/tokens/current', undefined, { token })).status).toBe(401)
  })

  it('makes a client whose whole secret is shown once', async () => {
    await using account = await startAccount()
    const client = { name: 'Baton', identifier: 'baton', redirect_uri: [REDIRECT] }
    const made = await account.call('POST', '/api/v2/oauth/clients', { client })
    expect([made.status, made.body.client.secret.length]).toEqual([201, 64])
    const { body } = await account.call('GET', '/api/v2/oauth/clients')
    expect(body.clients[0]).toMatchObject({ identifier: 'baton', kind: 'confidential' })
    expect(body.clients[0].secret).not.toBe(made.body.client.secret)
    expect((await account.call('POST', '/api/v2/oauth/clients', { client })).status).toBe(422)
  })

  it('keeps clients from agents', async () => {
    await using account = await startAccount()
    expect((await account.call('GET', '/api/v2/oauth/clients', undefined, account.agent)).status).toBe(403)
  })
})
