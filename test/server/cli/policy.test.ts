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

  it('shows what it says about time', async () => {
    const plain = await run('policy', 'check', file('plain.yaml', readPreset('four-tier')))
    expect(plain).toMatch(/customer +1d +every hour +pending +75 %/)
    expect(plain).toContain('Escalates by itself at breach of resolution; people are told at any hour')
    expect(plain).not.toMatch(/SCHEDULE|TIMER|ACKNOWLEDGE/)

    const timed = `${readPreset('four-tier').replace('sla: { first_response: 1h,', 'sla: { first_response: 1h, fix: 8h,')}
  schedules: [{ id: berlin, timezone: Europe/Berlin, weekly: { mon: [["09:00", "17:30"]] } }]
  clocks: { schedule: berlin, around_the_clock: [P0], first_response: { warn_at: [50, 90], counts: calendar } }
  auto_escalation: { at: [] }
  timers: [{ id: waiting, title: Waits, of: queue, after: 2h, every: 4h, tier: 2, severity: [P2, P3] }]
  notices: { hours: berlin }
`
    const printed = await run('policy', 'check', file('timed.yaml', timed))
    expect(printed).toMatch(/L3 +- +- +8h +-\n/)
    expect(printed).toMatch(/berlin +berlin +8.5 a week \(Europe\/Berlin\) +L1, L2, L3, L4/)
    expect(printed).toMatch(/first-response +its tier's +every hour +- +50 %, 90 %/)
    expect(printed).toMatch(/resolution +its tier's +by its tier +pending +75 %/)
    expect(printed).toMatch(/waiting +2h +queue +remind every 4h +L2, P2, P3 +Waits/)
    expect(printed).toContain(
      'Around the clock: P0. Escalates by itself never; people are told in the hours of berlin, P0 at any hour',
    )
    expect(printed).toMatch(/warning: .* 1d is 24 hours of open time, and "berlin" opens 8.5 hours a week/)
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
