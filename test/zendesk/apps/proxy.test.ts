import { decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createStoppedClock } from '../../support/clock.ts'
import { createWorld } from '../state/create-world.ts'
import { startReceiver } from '../webhooks/receiver.ts'
import { deployFixture } from './an-app.ts'
import { installApp } from './installations.ts'
import { type ProxyOptions, proxyRequest } from './proxy.ts'

const SECRET = 'a-shared-secret-of-some-length'
const NOW = '2026-03-06 10:00Z'

/** An installed app and a server on its whitelist. */
async function startProxying(manifest: object = {}) {
  const receiver = await startReceiver()
  const world = createWorld({ clock: createStoppedClock(NOW), url: 'http://localhost:4600' })
  const settings = { server_url: receiver.url, shared_secret: SECRET, api_key: 'key-1' }
  const installation = installApp(world, deployFixture(world, manifest), settings)
  return {
    ...{ receiver, world, installation },
    send: (options: Partial<ProxyOptions> = {}, id = installation.id) =>
      proxyRequest(world, id, { url: receiver.url, ...options }),
    async [Symbol.asyncDispose]() {
      await receiver[Symbol.asyncDispose]()
    },
  }
}

const JWT = { algorithm: 'HS256', secret_key: '{{setting.shared_secret}}', expiry: 60, claims: { sub: '7' } }

describe('proxyRequest', () => {
  it('makes the request and hands back the answer', async () => {
    await using app = await startProxying()
    app.receiver.replies.push({ status: 418, headers: { 'x-tea': 'green', 'set-cookie': 'a=b' } })
    const answer = await app.send({ type: 'POST', contentType: 'application/json', data: '{"a":1}' })
    expect(answer).toMatchObject({ status: 418, statusText: "I'm a Teapot", body: 'thanks' })
    expect(answer.headers).toMatchObject({ 'x-tea': 'green' })
    expect(answer.headers).not.toHaveProperty('set-cookie')
    expect(app.receiver.received[0]).toMatchObject({ method: 'POST', body: '{"a":1}' })
    expect(app.receiver.received[0]?.headers['content-type']).toBe('application/json')
  })

  it('sends placeholders as they are when the request is not secure', async () => {
    await using app = await startProxying()
    await app.send({ headers: { 'x-key': '{{setting.api_key}}' }, jwt: JWT })
    expect(app.receiver.received[0]?.headers['x-key']).toBe('{{setting.api_key}}')
  })

  it('fills in settings where their scopes allow it', async () => {
    await using app = await startProxying()
    await app.send({
      secure: true,
      type: 'POST',
      url: '{{setting.server_url}}',
      headers: { 'x-key': 'Key {{setting.api_key}}' },
      data: 'k={{ setting.api_key }}&unknown={{setting.nothing}}',
    })
    expect(app.receiver.received[0]?.headers['x-key']).toBe('Key key-1')
    expect(app.receiver.received[0]?.body).toBe('k=key-1&unknown={{setting.nothing}}')
  })

  it.each<[string, Partial<ProxyOptions>]>([
    ['header', { headers: { 'x-secret': '{{setting.shared_secret}}' } }],
    ['body', { type: 'POST', data: '{{setting.shared_secret}}' }],
    ['url', { data: 's={{setting.shared_secret}}' }],
    ['jwt_claim', { jwt: { ...JWT, claims: { s: '{{setting.shared_secret}}' } } }],
    ['basic_auth_password', { username: 'u', password: '{{setting.shared_secret}}' }],
  ])('refuses a setting outside its scopes: %s', async (scope, options) => {
    await using app = await startProxying()
    const answer = await app.send({ secure: true, ...options })
    expect(answer.status).toBe(422)
    expect(JSON.parse(answer.body).description).toBe(`The setting "shared_secret" may not be used in: ${scope}`)
    expect(answer.body).not.toContain(SECRET)
    expect(app.receiver.received).toHaveLength(0)
  })

  it('signs the claims the app chose, with an expiry', async () => {
    await using app = await startProxying()
    await app.send({ secure: true, headers: { Authorization: 'Bearer {{jwt.token}}' }, jwt: JWT })
    const token = app.receiver.received[0]!.headers.authorization!.replace('Bearer ', '')
    const options = { algorithms: ['HS256'], currentDate: new Date(Date.parse('2026-03-06T10:00:59Z')) }
    const { payload } = await jwtVerify(token, new TextEncoder().encode(SECRET), options)
    expect(payload).toEqual({ sub: '7', exp: Date.parse('2026-03-06T10:01:00Z') / 1000 })
    expect(decodeProtectedHeader(token).alg).toBe('HS256')
  })

  it('signs with HS256 only', async () => {
    await using app = await startProxying()
    expect((await app.send({ secure: true, jwt: { ...JWT, algorithm: 'none' } })).status).toBe(422)
  })

  it('reaches only listed hosts when secure, whatever their port', async () => {
    await using app = await startProxying()
    const elsewhere = app.receiver.url.replace('127.0.0.1', 'localhost')
    expect((await app.send({ secure: true })).status).toBe(202)
    expect((await app.send({ secure: true, url: elsewhere })).status).toBe(403)
    expect((await app.send({ secure: true, url: 'https://sub.baton.example/' })).status).toBe(403)
  })

  it('reaches nobody when secure without a whitelist', async () => {
    await using app = await startProxying({ domainWhitelist: undefined })
    expect((await app.send({ secure: true })).status).toBe(403)
  })

  it('needs https for secure requests beyond this machine', async () => {
    await using app = await startProxying()
    expect((await app.send({ secure: true, url: 'http://baton.example/' })).status).toBe(400)
  })

  it.each(['https://acme.zendesk.com/api/v2/users.json', 'http://localhost:4600/api/v2/users.json'])(
    'leads into no Zendesk account: %s',
    async (url) => {
      await using app = await startProxying()
      const answer = await app.send({ url })
      expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('not a proxyable URI')])
    },
  )

  it.each(['ftp://baton.example/', 'nonsense', '/api/v2/users.json'])('refuses %s', async (url) => {
    await using app = await startProxying()
    expect((await app.send({ url })).status).toBe(400)
  })

  it('refuses an app that is not installed, or is switched off', async () => {
    await using app = await startProxying()
    const missing = await app.send({}, 12345)
    expect(missing.status).toBe(422)
    expect(missing.body).toContain('Failed to get installation and oauth information for app')
    app.installation.enabled = false
    expect((await app.send()).status).toBe(422)
  })

  it('drops header names with underscores', async () => {
    await using app = await startProxying()
    await app.send({ headers: { api_key: '1', 'api-key': '2', Cookie: 'a=b' } })
    expect(app.receiver.received[0]?.headers).toMatchObject({ 'api-key': '2' })
    expect(app.receiver.received[0]?.headers).not.toHaveProperty('api_key')
    expect(app.receiver.received[0]?.headers).not.toHaveProperty('cookie')
  })

  it('puts the data of a GET into the address', async () => {
    await using app = await startProxying()
    await app.send({ data: { q: 'a b' } })
    expect(app.receiver.received[0]?.url).toBe('/hook?q=a+b')
  })

  it('follows no redirect', async () => {
    await using app = await startProxying()
    app.receiver.replies.push({ status: 302, headers: { location: 'https://evil.example/' } })
    expect((await app.send({ secure: true })).status).toBe(302)
  })

  it('gives up a target that takes too long, and one that is not there', async () => {
    await using app = await startProxying()
    app.receiver.replies.push('hang')
    expect((await app.send({ timeout: 50 })).status).toBe(504)
    expect((await app.send({ url: 'http://127.0.0.1:1/' })).status).toBe(502)
  })
})
