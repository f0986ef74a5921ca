import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PastCase } from '../../../core/similar/past-case.ts'
import { termsOf } from '../../../core/similar/weigh.ts'
import { createAccounts } from '../../../server/accounts.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { findSimilar } from '../../../server/similar/find.ts'
import { writeCases } from '../../../server/similar/keep-cases.ts'
import { createLessons, FEWEST_EXAMPLES } from '../../../server/similar/lessons.ts'
import { createPastCases } from '../../../server/similar/past-cases.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let ours: number
let theirs: number

beforeAll(async () => {
  database = await createTestDatabase()
  const accounts = createAccounts({ db: database.db, clock: Date })
  ours = (await accounts.ensureAccount({ subdomain: 'ours', zendeskUrl: 'https://ours.zendesk.com' })).id
  theirs = (await accounts.ensureAccount({ subdomain: 'theirs', zendeskUrl: 'https://theirs.zendesk.com' })).id
})
afterAll(() => database[Symbol.asyncDispose]())

function aCase(number: number, overrides: Partial<PastCase> = {}): PastCase {
  return {
    escalationId: `ESC-2026-${String(number).padStart(6, '0')}`,
    ticketId: number,
    summary: 'SAML login fails',
    ...{ body: '', errors: '', component: 'sso', category: null, severity: 'P2', tier: 2, queue: 'identity' },
    ...{ code: 'configuration', rootCause: 'Certificate', fix: 'Renewed it', article: 'not_needed', articleUrl: null },
    ...{ couldBeLower: null, requestedAt: 1000, resolvedAt: 1000 + number, resolvedBy: 'Elif Aydin' },
    ...overrides,
  }
}

function keep(accountId: number, ...cases: PastCase[]): Promise<void> {
  return inAccount(database.db, accountId, (tx) => writeCases(tx, accountId, cases))
}

const login = termsOf({ summary: 'login with SAML' })

describe('the past cases of an account', () => {
  it('are its own alone', async () => {
    const pastCases = createPastCases(database.db)
    await keep(ours, aCase(1))
    await keep(theirs, aCase(2), aCase(3))
    const found = async (account: number) =>
      (await pastCases.of(account)).search(login, { limit: 9 }).map(({ id }) => id)
    expect(await found(ours)).toEqual(['ESC-2026-000001'])
    expect(await found(theirs)).toEqual(['ESC-2026-000002', 'ESC-2026-000003'])
    expect(await found(ours)).toEqual(['ESC-2026-000001'])
  })

  it('are taken up by every server, also those that are changed by two at once', async () => {
    const [one, other] = [createPastCases(database.db), createPastCases(database.db)]
    await Promise.all([one.of(ours), other.of(ours)])
    await Promise.all(Array.from({ length: 8 }, (_, at) => keep(ours, aCase(10 + at), aCase(1))))
    const sizes = await Promise.all([one, other, one, createPastCases(database.db)].map((each) => each.of(ours)))
    expect(sizes.map((index) => index.size())).toEqual([9, 9, 9, 9])
    await keep(ours, aCase(1, { summary: 'Export is empty', rootCause: '', component: null }))
    expect((await one.of(ours)).search(login, { limit: 20 }).map(({ id }) => id)).not.toContain('ESC-2026-000001')
  })

  it('are bounded to the newest', async () => {
    const index = await createPastCases(database.db, { most: 3 }).of(ours)
    expect(index.size()).toBe(3)
    expect(index.has('ESC-2026-000017')).toBe(true)
  })

  it('teach what a component and a severity are told by', async () => {
    const half = FEWEST_EXAMPLES / 2
    const taught = Array.from({ length: half }, (_, at) => [
      aCase(100 + at, { summary: `SAML login of user ${at} fails` }),
      aCase(200 + at, { summary: `Invoice ${at} has the wrong tax`, component: 'billing', severity: 'P1', tier: 3 }),
    ]).flat()
    await keep(theirs, ...taught)
    const lessons = createLessons({ db: database.db, clock: Date, onError: expect.unreachable })
    const policy = {
      components: [
        { id: 'sso', name: 'Single sign-on' },
        { id: 'billing', name: 'Billing' },
      ],
      tiers: [],
    } as never
    const asked = { problem: { summary: 'The tax on an invoice is wrong' }, limit: 2, ticketId: null, policy }
    const deps = { db: database.db, pastCases: createPastCases(database.db), lessons }
    await lessons.learn(theirs)
    const { cases, suggestions } = await findSimilar(theirs, asked, deps)
    expect(cases).toHaveLength(2)
    // Tiers that the policy does not have are not suggested.
    expect(suggestions.map(({ field, name, isSure }) => [field, name, isSure])).toEqual([
      ['component', 'Billing', true],
      ['severity', 'P1', true],
    ])
    expect(suggestions[0]).toMatchObject({ looked: 8, agreeing: expect.objectContaining({ length: 8 }) })
  })
})
