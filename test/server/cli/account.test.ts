import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPreset } from '../../../server/policy/preset.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { companyState, DEMO_CLIENT } from '../../zendesk/seed/company.ts'
import { type LocalZendesk, startZendesk } from '../../zendesk/server.ts'
import { runBaton } from './run-baton.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'baton-account-'))
const three = readPreset('three-tier')

let zendesk: LocalZendesk
let database: TestDatabase
let env: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  zendesk = await startZendesk({ state: await companyState(Date.now()) })
  env = {
    ZENDESK_SUBDOMAIN: 'northwind',
    ZENDESK_URL: zendesk.url,
    ZENDESK_CLIENT_ID: DEMO_CLIENT.identifier,
    ZENDESK_CLIENT_SECRET: DEMO_CLIENT.secret,
    BATON_PUBLIC_URL: 'http://localhost:9',
    DATABASE_URL: database.url,
    BATON_KEY: randomBytes(32).toString('base64'),
  }
})
afterAll(async () => {
  await zendesk?.close()
  await database?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

function file(name: string, content: string): string {
  const place = path.join(folder, name)
  writeFileSync(place, content)
  return place
}

const baton = (...args: string[]) => runBaton(args, env)
const apply = (yaml: string, reason = 'A test') =>
  baton('policy', 'apply', file('policy.yaml', yaml), '--reason', reason, '--author', 'Lea Novak')

/** These follow one account through its life, so they run in this order. */
describe('the command line with an account', () => {
  it('says in a sentence that the client secret is wrong', async () => {
    for (const command of ['setup', 'doctor']) {
      const { code, printed, said } = await runBaton([command], { ...env, ZENDESK_CLIENT_SECRET: 'wrong' })
      expect(code).toBe(1)
      expect(printed + said).toContain(
        'does not accept the OAuth client. Check ZENDESK_CLIENT_ID and ZENDESK_CLIENT_SECRET.',
      )
      expect(printed + said).not.toMatch(/\n\s+at |wrong/)
    }
  })

  it('shows what a setup would change, changes it, and has nothing left to change', async () => {
    const dry = await baton('setup', '--dry-run')
    expect(dry.printed).toMatch(/^\d+ change\(s\) would be made:\n {2}Create the ticket field "Escalation tier"/)
    expect(Object.keys(zendesk.world.state.webhooks)).toEqual([])

    const done = await baton('setup')
    expect(done).toMatchObject({
      code: 0,
      said: '',
      printed: expect.stringMatching(/Done: \d+ change\(s\) in northwind/),
    })
    expect((await baton('setup', '--dry-run')).printed).toBe('Everything is there. Nothing would change.\n')
    expect((await baton('setup')).printed).toMatch(/^Everything was there already\./)
  })

  it('finds what is broken with exit code 1, and nothing once it is mended', async () => {
    const [trigger] = Object.values(zendesk.world.state.triggers).filter(({ title }) => title.startsWith('Baton'))
    trigger!.active = false
    const broken = await baton('doctor')
    expect(broken.code).toBe(1)
    expect(broken.printed).toMatch(
      /FAILURE {2}The trigger that calls the webhook is not as it should be: it is inactive\n +Run `baton setup`\./,
    )
    await baton('setup')
    expect((await baton('doctor')).code).toBe(0)
  })

  it('puts a policy in force and says what differs in one line', async () => {
    const { code, printed } = await apply(three.replace('bar: 60', 'bar: 70'), 'Better notes')
    expect(code).toBe(0)
    expect(printed).toMatch(/^Policy \w{12} is in force, before it \w{12}: note bar: 60 → 70\n$/)
    const again = await apply(three.replace('bar: 60', 'bar: 70'))
    expect(again).toMatchObject({ code: 0, printed: expect.stringMatching(/^Policy \w{12} was in force already\n$/) })
  })

  it('shows the policy in force byte for byte, and beside it who put it in force and why', async () => {
    const { code, printed, said } = await baton('policy', 'show')
    expect({ code, printed }).toEqual({ code: 0, printed: three.replace('bar: 60', 'bar: 70') })
    expect(said).toMatch(/^Version \w{12}, in force since \S+Z, by Lea Novak: Better notes\n$/)
  })

  it('refuses a policy with a mistake, or a group that Zendesk lacks, by file, line and column', async () => {
    const mistaken = await apply(three.replace('bar: 60', 'bra: 60'))
    expect(mistaken).toMatchObject({ code: 1, printed: '' })
    expect(mistaken.said).toMatch(/policy\.yaml:\d+:5 escalation\.note\.bra Unknown key/)

    const lacking = await apply(three.replaceAll('Billing specialists', 'Billing wizards'))
    expect(lacking).toMatchObject({ code: 1, printed: '' })
    expect(lacking.said).toMatch(
      /policy\.yaml:\d+:\d+ \S+ Zendesk has no group "Billing wizards"; create it or name another/,
    )
    expect((await baton('policy', 'show')).printed).toContain('bar: 70')
  })

  it('says that a setup is due when the fields lack what the policy names', async () => {
    const { code, printed } = await apply(readPreset('four-tier'))
    expect(code).toBe(0)
    expect(printed).toMatch(/tiers: L4 added/)
    expect(printed).toMatch(/run `baton setup`\.\n$/)
    await baton('setup')
    expect((await baton('doctor')).code).toBe(0)
  })

  it('is not undone by the policy file of the server’s environment, until that file changes', async () => {
    const BATON_POLICY = file('start.yaml', three)
    const show = async () => (await runBaton(['policy', 'show'], { ...env, BATON_POLICY })).printed
    expect(await show()).toBe(readPreset('four-tier'))

    file('start.yaml', three.replace('bar: 60', 'bar: 50'))
    expect(await show()).toContain('bar: 50')
    await apply(three.replace('bar: 60', 'bar: 65'))
    expect(await show()).toContain('bar: 65')
  })

  it('takes everything away, shows that before, and can do so twice', async () => {
    const dry = await baton('uninstall', '--dry-run')
    expect(dry.printed).toMatch(
      /Delete the trigger\n {2}Delete the trigger that tells of tickets moved to specialists\n {2}Delete the webhook\n {2}Delete the view[\s\S]*Nothing was changed\.\n$/,
    )
    expect(await baton('uninstall')).toMatchObject({ code: 0, printed: expect.stringMatching(/Done\.\n$/) })
    expect(Object.keys(zendesk.world.state.webhooks)).toEqual([])
    expect((await baton('uninstall')).printed).toBe('Nothing of Baton’s is known to be in this account.\n')
    expect((await baton('doctor')).code).toBe(1)
  })
})
