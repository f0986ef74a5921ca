import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Decision } from '../../../core/decide/decision.ts'
import { addDecideCommands } from '../../../server/cli/decide.ts'
import { addPolicyCommands } from '../../../server/cli/policy.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { DETERMINE_EXAMPLE } from './determine-example.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'baton-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | object): string {
  const place = path.join(folder, name)
  writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content))
  return place
}

/** What a command prints; what it refuses is thrown, as the command line's main reports it. */
async function run(...args: string[]): Promise<string> {
  let printed = ''
  const program = new Command('baton').exitOverride()
  program.configureOutput({ writeOut: (text) => (printed += text), writeErr: () => {} })
  addPolicyCommands(program)
  addDecideCommands(program)
  await program.parseAsync(args, { from: 'user' })
  return printed
}

describe('baton policy check', () => {
  it('sums up a good policy', async () => {
    const printed = await run('policy', 'check', file('good.yaml', readPreset('four-tier')))
    expect(printed).toContain('Four tiers: the policy is good')
    expect(printed).toMatch(/L2 +identity +Identity specialists +sso, permissions/)
    expect(printed).toMatch(/L4 +Executive +30m +4h/)
    expect(printed).toMatch(/P0 +L3 +pagerduty/)
    expect(printed).toMatch(/business-critical +3 +tier 4, tags business_critical, once Director approves/)
  })

  it('names every mistake of a bad one with its place', async () => {
    const bad = file(
      'bad.yaml',
      readPreset('three-tier').replace('team: support-specialists', 'taem: x').replace('bar: 60', 'bar: 600'),
    )
    await expect(run('policy', 'check', bad)).rejects.toThrow(
      new RegExp(
        `^${bad}:\\d+:7 escalation.tiers\\[1\\].taem Unknown key "taem"; did you mean "team"\\?\\n${bad}:\\d+:10 escalation.note.bar The bar is 0 to 100$`,
      ),
    )
  })

  it('says what is wrong with a file it cannot read', async () => {
    await expect(run('policy', 'check', path.join(folder, 'gone.yaml'))).rejects.toThrow('there is no such file')
  })
})

describe('baton policy preset', () => {
  it('prints a policy that can be checked', async () => {
    expect(await run('policy', 'preset', 'three-tier')).toBe(readPreset('three-tier'))
  })
})

describe('baton decide', () => {
  const decideOn = async (input: string | object, ...more: string[]) =>
    run('decide', '--policy', file('policy.yaml', readPreset('four-tier')), '--input', file('input', input), ...more)

  it('answers determine-escalation in YAML with a whole decision', async () => {
    const printed = await decideOn(DETERMINE_EXAMPLE)
    const decision = Decision.parse(JSON.parse(printed))
    expect(decision).toMatchObject({ tier: 3, stakeholders: ['Engineering Lead', 'CSM'] })
    expect(decision.trace.map(({ rule }) => rule)).toContain('severity-override:P0')
  })

  it('answers a ticket with a note in JSON, filling in what is left out', async () => {
    const printed = await decideOn({
      ticket: { subject: 'SAML login fails' },
      note: { triage: { severity: 'P2' } },
      organization: { fields: { customer_tier: 'enterprise' } },
    })
    expect(JSON.parse(printed)).toMatchObject({ tier: 2, queue: 'identity', severity: 'P2' })
  })

  it('answers an escalation note by itself, from the tier it says it comes from', async () => {
    const note = {
      escalated_from: 'L2',
      issue: { summary: 'SSO login fails' },
      customer_context: { tier: 'enterprise' },
    }
    expect(JSON.parse(await decideOn({ escalation_note: note }))).toMatchObject({ tier: 3, queue: 'security' })
  })

  it('leaves the trace out when asked', async () => {
    expect(JSON.parse(await decideOn({ note: {} }, '--no-trace'))).not.toHaveProperty('trace')
  })

  it.each([
    ['an unknown value', { issue: { id: 'T', severity: 'huge' } }, 'issue.severity'],
    ['an unknown key', { ticket: { subjct: 'x' } }, 'subjct'],
    ['no object', '[1, 2]', 'expected keys such as'],
    ['broken YAML', 'a: [', 'input'],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`,
      'input',
    ],
  ])('refuses %s and says where', async (_, input, told) => {
    await expect(decideOn(input)).rejects.toThrow(told)
  })
})
