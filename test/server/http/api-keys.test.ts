import { Router } from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccounts } from '../../../server/accounts.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { requireScope } from '../../../server/http/api-key-check.ts'
import { KEY_LIMIT } from '../../../server/http/api-key-limit.ts'
import { hashOf, isSecretOf, newKeyText, readKey, writeKey } from '../../../server/http/api-key-text.ts'
import type { NewKey } from '../../../server/http/api-keys.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { type AServer, startServer } from './a-server.ts'

let database: TestDatabase
let server: AServer

beforeAll(async () => {
  database = await createTestDatabase()
  const bots = Router()
  bots.get('/who', requireScope('read'), (_req, res) => void res.json(res.locals))
  bots.post('/do', requireScope('write'), (_req, res) => void res.json({}))
  server = await startServer(database.url, Router(), bots)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

let count = 0
const aKey = (wanted: Partial<NewKey> = {}, accountId = server.account.id) =>
  server.apiKeys.create(accountId, { name: `key ${++count}`, scopes: ['read'], expiresAt: null, ...wanted })

const get = (path: string, text?: string, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { ...init, headers: text === undefined ? {} : { authorization: `Bearer ${text}` } })

describe('an API key', () => {
  it('says whose program asks', async () => {
    const { key, text } = await aKey({ name: 'The bot' })
    const answer = await get('/api/v1/who', text)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      account: { id: server.account.id },
      apiKey: { id: key.id, name: 'The bot', scopes: ['read'] },
    })
  })

  it('is kept as a hash alone, and never logged', async () => {
    const { text } = await aKey()
    const { secret } = readKey(text)!
    await get('/api/v1/who', text)
    await get(`/api/v1/nothing?key=${text}`, text)
    const rows = await inAccount(server.db, server.account.id, (tx) => tx.selectFrom('api_key').selectAll().execute())
    const stored = JSON.stringify(rows) + rows.map(({ hash }) => hash.toString('latin1')).join()
    expect(stored).not.toContain(secret)
    expect(rows.some(({ hash }) => hash.equals(hashOf(secret)))).toBe(true)
    expect(server.logged.join('')).toContain('/api/v1/nothing')
    expect(server.logged.join('')).not.toContain(secret)
  })

  it.each<[string, () => Promise<string | undefined> | string | undefined, string]>([
    ['is missing', () => undefined, 'unauthenticated'],
    ['is no key', () => 'baton_1_abc', 'unauthenticated'],
    ['is huge', () => `baton_1_${'a'.repeat(12_000)}`, 'unauthenticated'],
    ['was never made', () => writeKey(newKeyText(server.account.id)), 'unauthenticated'],
    ['is of an account there is not', () => writeKey(newKeyText(999_999_999_999_999)), 'unauthenticated'],
    ['has another secret', async () => (await aKey()).text.replace(/.{43}$/, 'x'.repeat(43)), 'unauthenticated'],
    ['is of another account', async () => (await aKey()).text.replace(/^baton_\d+/, 'baton_7777'), 'unauthenticated'],
    [
      'was revoked',
      async () => {
        const { key, text } = await aKey()
        await server.apiKeys.revoke(server.account.id, key.name)
        return text
      },
      'key-revoked',
    ],
    ['has expired', async () => (await aKey({ expiresAt: server.clock.now() })).text, 'key-expired'],
  ])('is refused when it %s', async (_, text, error) => {
    const answer = await get('/api/v1/who', await text())
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(await answer.json()).toMatchObject({ error })
  })

  it('lasts up to the instant it expires', async () => {
    const { text } = await aKey({ expiresAt: server.clock.now() + 1 })
    expect((await get('/api/v1/who', text)).status).toBe(200)
    await server.clock.advance(1)
    expect((await get('/api/v1/who', text)).status).toBe(401)
  })

  it('does what its scopes say, and no scope holds the other', async () => {
    const read = (await aKey({ scopes: ['read'] })).text
    const write = (await aKey({ scopes: ['write'] })).text
    expect((await get('/api/v1/do', write, { method: 'POST' })).status).toBe(200)
    for (const refused of [await get('/api/v1/do', read, { method: 'POST' }), await get('/api/v1/who', write)]) {
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ error: 'wrong-scope' })
    }
  })

  it('opens nothing of the sidebar', async () => {
    expect((await get('/api/tickets/1/escalation', (await aKey()).text)).status).toBe(401)
  })

  it('tells a valid key what is not there, and nobody else', async () => {
    expect((await get('/api/v1/nothing', (await aKey()).text)).status).toBe(404)
    expect((await get('/api/v1/nothing')).status).toBe(401)
  })

  it('may ask so often, then is told when to ask again; others are not held up', async () => {
    const { text } = await aKey()
    const answers = await Promise.all(Array.from({ length: KEY_LIMIT.burst }, () => get('/api/v1/who', text)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const tooMany = await get('/api/v1/who', text)
    expect(tooMany.status).toBe(429)
    expect(tooMany.headers.get('retry-after')).toBe('1')
    expect((await get('/api/v1/who', (await aKey()).text)).status).toBe(200)
    await server.clock.advance(1000)
    expect((await get('/api/v1/who', text)).status).toBe(200)
  })

  it('notes to the minute when it was used', async () => {
    const { key, text } = await aKey()
    const used = async () => (await server.apiKeys.list(server.account.id)).find(({ id }) => id === key.id)!.lastUsedAt
    expect(await used()).toBeNull()
    await get('/api/v1/who', text)
    const first = server.clock.now()
    await server.clock.advance(59_000)
    await get('/api/v1/who', text)
    expect(await used()).toBe(first)
    await server.clock.advance(1000)
    await get('/api/v1/who', text)
    expect(await used()).toBe(first + 60_000)
  })

  it('has a name of its own as long as it is in use', async () => {
    const { key } = await aKey({ name: 'only one' })
    await expect(aKey({ name: 'only one' })).rejects.toThrow('in use already')
    expect((await server.apiKeys.revoke(server.account.id, 'only one'))!.id).toBe(key.id)
    const again = await aKey({ name: 'only one' })
    expect((await server.apiKeys.revoke(server.account.id, key.id))!.revokedAt).toBe(server.clock.now())
    expect((await get('/api/v1/who', again.text)).status).toBe(200)
    expect(await server.apiKeys.revoke(server.account.id, 'nobody')).toBeNull()
  })

  it('is of one account alone', async () => {
    const accounts = createAccounts({ db: server.db, clock: server.clock })
    const theirs = await accounts.ensureAccount({ subdomain: 'theirs', zendeskUrl: 'https://theirs.zendesk.com' })
    const { key, text } = await aKey({}, theirs.id)
    expect(await (await get('/api/v1/who', text)).json()).toMatchObject({ account: { id: theirs.id } })
    expect((await server.apiKeys.list(server.account.id)).map(({ id }) => id)).not.toContain(key.id)
    expect(await server.apiKeys.revoke(server.account.id, key.id)).toBeNull()
    expect((await get('/api/v1/who', text.replace(/^baton_\d+/, `baton_${server.account.id}`))).status).toBe(401)
  })
})

describe('isSecretOf', () => {
  it('compares hashes of one length, also for a key that is not there', () => {
    const { secret } = newKeyText(1)
    expect(isSecretOf(secret, hashOf(secret))).toBe(true)
    expect(isSecretOf(`${secret}x`, hashOf(secret))).toBe(false)
    expect(isSecretOf('', null)).toBe(false)
    // Nothing hashes to what stands in for a key that is not there.
    expect(isSecretOf(secret, Buffer.alloc(32))).toBe(false)
  })
})
