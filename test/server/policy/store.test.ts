import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAccounts } from '../../../server/accounts.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { presetNames, readPreset } from '../../../server/policy/preset.ts'
import { currentPolicy, NoPolicy, policyOfVersion, savePolicy } from '../../../server/policy/store.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const NOW = Date.parse('2026-03-06T10:00:00Z')
const three = readPreset('three-tier')
const four = readPreset('four-tier')

let database: TestDatabase
let accountId: number
let accounts = 0

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  const subdomain = `company-${++accounts}`
  const store = createAccounts({ db: database.db, clock: Date })
  accountId = (await store.ensureAccount({ subdomain, zendeskUrl: `https://${subdomain}.zendesk.com` })).id
})
afterAll(() => database[Symbol.asyncDispose]())

function save(yaml: string, now = NOW, groupExists?: (name: string) => boolean) {
  return savePolicy(database.db, accountId, { yaml, author: 'Ada', reason: 'A test', now, groupExists })
}

async function saved(yaml: string, now = NOW): Promise<string> {
  const result = await save(yaml, now)
  if (!result.ok) throw new Error(result.problems[0]!.message)
  return result.policy.version
}

describe('the policy of an account', () => {
  it('is missed with a word on what to do', async () => {
    await expect(currentPolicy(database.db, accountId, NOW)).rejects.toThrow(NoPolicy)
    await expect(currentPolicy(database.db, accountId, NOW)).rejects.toThrow('baton setup')
  })

  it('is the one saved last that is in effect', async () => {
    const first = await saved(three)
    const second = await saved(four, NOW + 1000)
    expect((await currentPolicy(database.db, accountId, NOW)).version).toBe(first)
    const now = await currentPolicy(database.db, accountId, NOW + 1000)
    expect(now.version).toBe(second)
    expect(now.tiers).toHaveLength(4)
  })

  it('is the later of two saved at one instant', async () => {
    await saved(three)
    const second = await saved(four)
    expect((await currentPolicy(database.db, accountId, NOW)).version).toBe(second)
  })

  it('stays when a bad one is saved, and the answer says where it is wrong', async () => {
    const running = await saved(three)
    const refused = await save(three.replace('      team: support-specialists', '      taem: support-specialists'))
    expect(refused).toMatchObject({ ok: false, problems: [{ meant: 'team', path: 'escalation.tiers[1].taem' }] })
    expect((await currentPolicy(database.db, accountId, NOW)).version).toBe(running)
  })

  it('stays when one names a group Zendesk does not have, and the answer says where', async () => {
    const running = await saved(three)
    const refused = await save(four, NOW, (name) => name !== 'Executive desk')
    if (refused.ok) throw new Error('It was taken')
    const line = four.split('\n').findIndex((text) => text.includes('group: Executive desk')) + 1
    expect(refused.problems).toEqual([
      {
        line,
        column: four.split('\n')[line - 1]!.indexOf('Executive desk, tags') + 1,
        path: 'escalation.queues[7].group',
        message: 'Zendesk has no group "Executive desk"; create it or name another',
        meant: null,
      },
    ])
    expect((await currentPolicy(database.db, accountId, NOW)).version).toBe(running)
  })

  it('is not saved anew when it is in force already', async () => {
    const first = await saved(three)
    expect(await saved(three, NOW + 1000)).toBe(first)
    expect(await countVersions()).toBe(1)
  })

  it('is a new version when an earlier one comes back', async () => {
    const first = await saved(three)
    await saved(four, NOW + 1000)
    const again = await saved(three, NOW + 2000)
    expect(again).toBe(`${first}-2`)
    expect((await currentPolicy(database.db, accountId, NOW + 2000)).version).toBe(again)
    expect(await countVersions()).toBe(3)
  })

  it('can be had by its version long after', async () => {
    const first = await saved(three)
    await saved(four, NOW + 1000)
    expect((await policyOfVersion(database.db, accountId, first))?.tiers).toHaveLength(3)
    expect(await policyOfVersion(database.db, accountId, 'gone')).toBeNull()
  })

  it('is loaded once and then kept', async () => {
    await saved(three)
    expect(await currentPolicy(database.db, accountId, NOW)).toBe(await currentPolicy(database.db, accountId, NOW + 1))
  })

  it('is read inside a transaction that is under way', async () => {
    const version = await saved(three)
    const read = await inAccount(database.db, accountId, (tx) => currentPolicy(tx, accountId, NOW))
    expect(read.version).toBe(version)
  })

  it('keeps every one of several saved at once', async () => {
    const texts = Array.from({ length: 8 }, (_, index) => `${three}# ${index}\n`)
    const versions = await Promise.all(texts.map((text) => saved(text)))
    expect(new Set(versions).size).toBe(8)
    expect(await countVersions()).toBe(8)
  })
})

describe('a ready policy', () => {
  it('is found by its name', () => {
    expect(presetNames()).toEqual(['four-tier', 'three-tier'])
  })

  it.each(['five-tier', '../policy', ''])('named %j is refused with the names there are', (name) => {
    expect(() => readPreset(name)).toThrow('there are four-tier, three-tier')
  })
})

function countVersions(): Promise<number> {
  return inAccount(database.db, accountId, async (tx) => {
    const rows = await tx.selectFrom('policy_version').where('account_id', '=', accountId).select('version').execute()
    return rows.length
  })
}
