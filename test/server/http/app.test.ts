import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { Router } from 'express'
import { SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { APP_SECRET, type AServer, NOW, startServer } from './a-server.ts'

const now = Date.parse(NOW) / 1000
let database: TestDatabase
let server: AServer

beforeAll(async () => {
  database = await createTestDatabase()
  const api = Router()
  api.get('/api/who', (_req, res) => void res.json(res.locals))
  api.get('/api/fault', () => {
    throw new Error('a secret inside')
  })
  server = await startServer(database.url, api)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

type Claims = { iss?: string; aud?: string; sub?: string; exp?: number }

function token(claims: Claims = {}, secret = APP_SECRET, alg = 'HS256'): Promise<string> {
  return new SignJWT({ iss: 'acme', aud: 'baton', sub: '11', exp: now + 60, ...claims })
    .setProtectedHeader({ alg })
    .sign(Buffer.from(secret))
}

const get = (path: string, bearer?: string) =>
  fetch(`${server.url}${path}`, bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } })

describe('a session', () => {
  it('is opened by a token of the account, whose user is a label only', async () => {
    const answer = await get('/api/who', await token())
    expect(await answer.json()).toEqual({ account: { id: server.account.id, subdomain: 'acme' }, claimedUser: '11' })
  })

  it.each<[string, () => string | undefined | Promise<string>, string]>([
    ['without a token', () => undefined, 'unauthenticated'],
    ['with what is no token', () => 'abc', 'unauthenticated'],
    [
      'with a token signed with another secret',
      () => token({}, 'another secret of thirty-two chars'),
      'unauthenticated',
    ],
    ['with another algorithm', () => token({}, APP_SECRET.repeat(2), 'HS512'), 'unauthenticated'],
    [
      'with an unsigned token',
      () => new UnsecuredJWT({ iss: 'acme', aud: 'baton', exp: now + 60 }).encode(),
      'unauthenticated',
    ],
    ['for another audience', () => token({ aud: 'else' }), 'unauthenticated'],
    ['for an account we do not know', () => token({ iss: 'other' }), 'unauthenticated'],
    ['without an end', () => token({ exp: undefined }), 'unauthenticated'],
    ['that lasts for more than five minutes', () => token({ exp: now + 400 }), 'unauthenticated'],
    ['that has ended', () => token({ exp: now - 60 }), 'session-expired'],
  ])('is refused %s', async (_, bearer, error) => {
    const answer = await get('/api/who', await bearer())
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ error })
  })
})

describe('the server', () => {
  it('answers what it does not know with 404 in JSON', async () => {
    const answer = await get('/nothing')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ error: 'not-found', message: 'There is no GET /nothing here.' })
  })

  it('tells nothing of a fault inside, and logs it', async () => {
    const answer = await get('/api/fault', await token())
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('secret')
    expect(server.logged.join('')).toContain('http.failed')
  })

  it('is not to be framed, sniffed or kept', async () => {
    const { headers } = await get('/healthz')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('says whether it is ready', async () => {
    expect(await (await get('/readyz')).json()).toMatchObject({ database: 'ok', jobs: 'ok', zendesk: 'never' })
    const expiresAt = server.clock.now() + 1000
    await server.secrets.put(server.account.id, 'oauth', JSON.stringify({ accessToken: 'x', expiresAt }))
    expect(await (await get('/readyz')).json()).toMatchObject({ zendesk: 'signed-in' })
  })

  it('shows its metrics', async () => {
    const text = await (await get('/metrics')).text()
    expect(text).toContain('baton_jobs{job="observe",state="waiting"} 0')
    expect(text).toContain('baton_webhook_requests_total')
  })

  it('describes its API in a document whose schemas hold', async () => {
    const document = (await (await get('/openapi.json')).json()) as Document
    const { schemas } = document.components
    const ajv = addFormats.default(new Ajv2020.default({ strict: false }))
    for (const [name, schema] of Object.entries(schemas)) expect(() => ajv.compile(schema), name).not.toThrow()
    const refs = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!)
    expect(new Set(refs)).toEqual(new Set(Object.keys(schemas)))
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/decide', '/api/tickets/{id}/escalation']))
  })
})

type Document = { paths: object; components: { schemas: Record<string, object> } }
