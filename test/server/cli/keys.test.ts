import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { runBaton } from './run-baton.ts'

let database: TestDatabase
let env: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  env = {
    ...{ ZENDESK_SUBDOMAIN: 'acme', ZENDESK_CLIENT_ID: 'baton', ZENDESK_CLIENT_SECRET: 'secret' },
    ...{ BATON_PUBLIC_URL: 'http://localhost:9', DATABASE_URL: database.url },
    BATON_KEY: randomBytes(32).toString('base64'),
  }
})
afterAll(() => database?.[Symbol.asyncDispose]())

const keys = (...args: string[]) => runBaton(['keys', ...args], env)

/** These follow one key through its life, so they run in this order. */
describe('baton keys', () => {
  it('prints a key alone on standard output, so that it can be piped', async () => {
    const { code, printed, said } = await keys('create', '--name', 'Ops bot', '--scopes', 'read,write')
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('may read and write and does not') })
    expect(printed).toMatch(/^baton_1_[0-9a-f]{16}_[\w-]{43}\n$/)
    const { printed: listed } = await keys('list')
    expect(listed).toMatch(/Ops bot +read,write +in use +\S+ +never +never/)
    expect(listed).not.toContain(printed.trim().slice(-43))
  })

  it('revokes by name, and says so', async () => {
    expect(await keys('revoke', 'Ops bot')).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^The key "Ops bot" is revoked since /),
    })
    expect((await keys('list')).printed).toMatch(/Ops bot +read,write +revoked/)
  })

  it('takes a day, an instant or a span as the end', async () => {
    const made = await keys('create', '--name', 'soon', '--scopes', 'read', '--expires', '2099-12-31')
    expect(made.said).toContain('expires at 2100-01-01T00:00:00.000Z')
    expect((await keys('create', '--name', 'span', '--scopes', 'read', '--expires', '90d')).code).toBe(0)
  })

  it.each([
    ['a scope there is not', ['--name', 'x', '--scopes', 'read,admin'], '"admin" is none of read, write'],
    ['no scope', ['--name', 'x', '--scopes', ''], 'is none of'],
    ['a name of several lines', ['--name', 'a\nb', '--scopes', 'read'], 'Must be 1 to 60'],
    ['an end that has passed', ['--name', 'x', '--scopes', 'read', '--expires', '2020-01-01'], 'has passed'],
    ['an end that is no time', ['--name', 'x', '--scopes', 'read', '--expires', 'soon'], 'is no day'],
    ['a name that is taken', ['--name', 'soon', '--scopes', 'read'], 'in use already'],
  ])('refuses %s', async (_, args, sentence) => {
    const { code, said } = await keys('create', ...args)
    expect(code).toBe(1)
    expect(said).toContain(sentence)
  })

  it('says when there is no such key', async () => {
    expect(await keys('revoke', 'nobody')).toMatchObject({ code: 1, said: expect.stringContaining('no key "nobody"') })
  })
})
