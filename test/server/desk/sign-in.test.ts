import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { decodeJwt, importPKCS8, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { installationOf, installBare, openDesk, signedToken, signInAtDesk } from '../../support/desk.ts'
import { policyFile } from '../../support/policy-file.ts'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { appKeys } from '../../zendesk/apps/keys.ts'
import { signLocation } from '../../zendesk/page/signed-url.ts'

const POLICY = `${readPreset('three-tier')}
  notifications: { roles: { tier2_lead: [elif@northwind.example] } }
`

let world: TestWorld
beforeAll(async () => {
  world = await startWorld({ config: { policyFile: policyFile(POLICY) } })
})
afterAll(() => world[Symbol.asyncDispose]())

describe('the page in the navigation bar', () => {
  it('opens for whom Zendesk signs, in a frame of that Zendesk alone', async () => {
    const answer = await openDesk(world, await signedToken(world, 'Ana'))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-frame-options')).toBeNull()
    expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors ${world.zendesk.url}`)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const { person, token, now } = startIn(await answer.text())
    expect(person).toMatchObject({ name: 'Ana Lindqvist', role: 'agent' })
    expect(now).toBe(world.zendesk.world.clock.now())
    expect((await askWith(token)).status).toBe(200)
  })

  it('opens once for each token, however it is spelt', async () => {
    const token = await signedToken(world, 'Ana')
    expect((await openDesk(world, token)).status).toBe(200)
    await expectRefused(token, 401, 'opened before')
  })

  it('takes two spellings of one signature for one token', async () => {
    const token = await signed({ jti: undefined })
    expect((await openDesk(world, token)).status).toBe(200)
    // The last character of a signature of 256 bytes carries four bits that are not part of it.
    const last = token.at(-1)!
    const twin =
      token.slice(0, -1) +
      String.fromCharCode(last.charCodeAt(0) + (last === 'Z' || last === 'z' || last === '9' ? -1 : 1))
    expect((await openDesk(world, twin)).status).toBe(401)
  })

  it.each<[what: string, token: () => Promise<string | null>, status: number, says: string]>([
    ['no token', async () => null, 401, 'Open Baton from Zendesk'],
    ['something else', async () => 'no.token.atall', 401, 'not accepted'],
    ['a token that has expired', () => signed({ exp: secondsNow() - 60 }), 401, 'took too long'],
    ['one without an end', () => signed({ exp: undefined }), 401, 'not accepted'],
    ['one that does not say when it was made', () => signed({ iat: undefined }), 401, 'not accepted'],
    ['one for another place', () => signedToken(world, 'Ana', 'ticket_sidebar'), 401, 'not accepted'],
    ['one of another account', () => signed({ iss: 'other.zendesk.com' }), 403, 'another Zendesk account'],
    [
      'one for somebody else',
      () => signed({ aud: 'https://elsewhere.example/7.json' }),
      403,
      'another Zendesk account',
    ],
    ['one for several', () => signed({ aud: [audience(), 'https://b.example'] }), 403, 'another Zendesk account'],
    ['one of another app of the account', () => ofOtherApp(), 403, 'another Zendesk account'],
    [
      'one that names nobody',
      () => signed({ sub: 'https://acme.zendesk.com/api/v2/users/me.json' }),
      401,
      'not accepted',
    ],
    ['one of a customer', () => signed({ sub: userUrl('Jane') }), 403, 'Only agents'],
    ['one of nobody we know', () => signed({ sub: '99999999' }), 403, 'Only agents'],
    ['one that somebody else signed', () => forged(), 401, 'not accepted'],
    ['one signed with the public key as a secret', () => withPublicKeyAsSecret(), 401, 'not accepted'],
    ['one that is not signed', () => unsigned(), 401, 'not accepted'],
  ])('refuses %s and says what to do', async (_, token, status, says) => {
    await expectRefused(await token(), status, says)
  })

  it('takes an issuer with https and a user id alone', async () => {
    const { iss } = decodeJwt(await signedToken(world, 'Ana'))
    const token = await signed({ iss: `https://${iss}`, sub: String(idOf('Ana')) })
    expect((await openDesk(world, token)).status).toBe(200)
  })

  it('takes the key that Zendesk replaced the old one with', async () => {
    const app = world.zendesk.world.state.apps[appId()]!
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    app.private_key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    await world.zendesk.world.clock.advance(1 * MINUTE_MS)
    expect((await openDesk(world, await signedToken(world, 'Ana'))).status).toBe(200)
  })
})

describe('a role', () => {
  it.each([
    ['Ana', 'agent'],
    ['Elif', 'lead'],
    ['Lea', 'admin'],
  ])('of %s is %s: as Zendesk and the policy say', async (name, role) => {
    expect((await signInAtDesk(world, name)).role).toBe(role)
  })
})

describe('a session', () => {
  it('goes on while it is used, for twelve hours', async () => {
    let { token } = startIn(await (await openDesk(world, await signedToken(world, 'Ana'))).text())
    for (let hours = 0; hours < 11.5; hours += 0.9) {
      await world.zendesk.world.clock.advance(54 * MINUTE_MS)
      const renewed = await askWith(token)
      expect(renewed.status).toBe(200)
      token = ((await renewed.json()) as { token: string }).token
    }
    await world.zendesk.world.clock.advance(54 * MINUTE_MS)
    expect(await (await askWith(token)).json()).toMatchObject({ error: 'session-expired' })
  })

  it('ends after an hour of nothing', async () => {
    const { token } = await signInAtDesk(world, 'Ana')
    await world.zendesk.world.clock.advance(61 * MINUTE_MS)
    expect(await (await askWith(token)).json()).toMatchObject({ error: 'session-expired' })
  })

  it('follows the person: no agent any more, no page any more', async () => {
    const { token } = await signInAtDesk(world, 'Gus')
    const user = world.zendesk.world.state.users[idOf('Gus')]!
    user.role = 'end-user'
    expect((await askWith(token)).status).toBe(401)
    user.role = 'agent'
  })

  it('is nothing the sidebar’s token can stand in for, nor the other way round', async () => {
    expect((await world.ask('/desk/session', { method: 'POST' })).status).toBe(401)
    const { token } = await signInAtDesk(world, 'Ana')
    const answer = await fetch(`${world.baton.url}/api/reviews/weekly`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(401)
  })
})

function startIn(html: string): { token: string; now: number; person: unknown } {
  const content = /<meta name="baton-start" content="([^"]*)"/.exec(html)?.[1] ?? ''
  return JSON.parse(content.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))))
}

async function askWith(token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` }
  return fetch(`${world.baton.url}/desk/session`, { method: 'POST', headers })
}

async function expectRefused(token: string | null, status: number, says: string): Promise<void> {
  const answer = await openDesk(world, token)
  const text = await answer.text()
  expect(text).toContain(says)
  expect(answer.status).toBe(status)
  expect(text).not.toContain('baton-start')
}

/** A token as Zendesk signs it, with other claims. */
async function signed(changes: JWTPayload, appOf = appId()): Promise<string> {
  const claims = { ...decodeJwt(await signedToken(world, 'Ana')), ...changes }
  const { privateKey } = appKeys(world.zendesk.world, appOf)
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(await importPKCS8(privateKey, 'RS256'))
}

async function forged(): Promise<string> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const claims = decodeJwt(await signedToken(world, 'Lea'))
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey)
}

async function withPublicKeyAsSecret(): Promise<string> {
  const pem = createPublicKey(createPrivateKey(appKeys(world.zendesk.world, appId()).privateKey))
  const secret = Buffer.from(pem.export({ type: 'spki', format: 'pem' }) as string)
  return new SignJWT(decodeJwt(await signedToken(world, 'Lea'))).setProtectedHeader({ alg: 'HS256' }).sign(secret)
}

async function unsigned(): Promise<string> {
  const [, claims] = (await signedToken(world, 'Lea')).split('.')
  return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`
}

/** Zendesk signs for every app of the account; this one's server could send us what it got. */
async function ofOtherApp(): Promise<string | null> {
  const ana = world.zendesk.world.state.users[idOf('Ana')]!
  const installationId = installBare(world.zendesk.world, 'https://elsewhere.example')
  return signLocation(world.zendesk.world, ana, { installationId, location: 'nav_bar' })
}

function appId(): number {
  const { state } = world.zendesk.world
  return state.installations[installationOf(world.zendesk.world, world.baton.url)]!.app_id
}

function audience(): string {
  const { subdomain } = world.context.account
  return `https://${subdomain}.zendesk.com/api/v2/apps/installations/${installationOf(world.zendesk.world, world.baton.url)}.json`
}

function userUrl(name: string): string {
  return `https://${world.context.account.subdomain}.zendesk.com/api/v2/users/${idOf(name)}.json`
}

function idOf(name: string): number {
  return Object.values(world.zendesk.world.state.users).find((user) => user.name.startsWith(name))!.id
}

function secondsNow(): number {
  return Math.floor(world.context.clock.now() / SECOND_MS)
}
