import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Decision } from '../../../core/decide/decision.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { DETERMINE_EXAMPLE } from './determine-example.ts'
import { ROOT, runBaton, runWithNpm } from './run-baton.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'baton-main-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const place = path.join(folder, name)
  writeFileSync(place, content)
  return place
}

const NOTE = path.join(ROOT, 'test/core/note/escalation-note.yaml')
describe.concurrent('the command line', () => {
  it.each([
    ['', ['setup', 'doctor', 'uninstall', 'policy', 'decide', 'note', 'app']],
    ['setup', ['--dry-run', 'ZENDESK_CLIENT_SECRET']],
    ['doctor', ['Exits with 1']],
    ['uninstall', ['--with-fields', '--dry-run']],
    ['policy', ['check', 'preset', 'apply', 'show']],
    ['policy check', ['<file>', 'standard input']],
    ['policy apply', ['--reason', '--author']],
    ['decide', ['--policy', '--input', '--no-trace']],
    ['note', ['check']],
    ['oncall', ['--policy', '--schedule', '--days', '--at', '--zone', '--json']],
    ['note check', ['--json']],
  ])('helps with "baton %s"', async (command, told) => {
    const { code, printed } = await runBaton([...command.split(' ').filter(Boolean), '--help'])
    expect(code).toBe(0)
    expect(printed).toMatch(new RegExp(`^Usage: baton ${command}`))
    for (const word of told) expect(printed).toContain(word)
  })

  it.each([
    ['doktor', /unknown command 'doktor'\s+\(Did you mean doctor\?\)/],
    ['policy chek x.yaml', /unknown command 'chek'\s+\(Did you mean check\?\)/],
    ['setup --dryrun', /unknown option '--dryrun'\s+\(Did you mean --dry-run\?\)/],
    ['policy check', /missing required argument 'file'/],
    ['decide --policy x.yaml', /required option '--input <file>' not specified/],
    ['oncall', /required option '--policy <file>' not specified/],
    ['oncall --policy x.yaml --days soon', /Write a whole number from 1 to 366/],
    ['policy apply x.yaml', /required option '--reason <text>' not specified/],
    ['policy check gone.yaml', /^Can't read gone.yaml: there is no such file\.\n$/],
    ['', /^Usage: baton/],
  ])('exits with 1 and says what was meant for "baton %s"', async (command, told) => {
    const { code, printed, said } = await runBaton(command.split(' ').filter(Boolean))
    expect({ code, printed }).toEqual({ code: 1, printed: '' })
    expect(said).toMatch(told)
    expect(said).not.toMatch(/\n\s+at /)
  })

  it.each(['setup --dry-run', 'policy show'])(
    'names every variable that is missing for "baton %s"',
    async (command) => {
      const { code, said } = await runBaton(command.split(' '), { ZENDESK_SUBDOMAIN: 'Northwind.zendesk.com' })
      expect(code).toBe(1)
      expect(said).toMatch(/^The configuration is not complete:\n {2}ZENDESK_SUBDOMAIN must be the first part/)
      expect(said).toContain('ZENDESK_CLIENT_ID is missing')
      expect(said).toContain('ZENDESK_CLIENT_SECRET is missing')
      expect(said.trim().split('\n')).toHaveLength(4)
    },
  )

  it('checks a policy: sums up a good one, places every mistake of a bad one', async () => {
    const good = await runBaton(['policy', 'check', file('good.yaml', readPreset('three-tier'))])
    expect(good).toMatchObject({ code: 0, said: '', printed: expect.stringContaining('the policy is good') })

    const bad = file('bad.yaml', readPreset('three-tier').replace('bar: 60', 'bra: 60'))
    const refused = await runBaton(['policy', 'check', bad])
    expect(refused).toMatchObject({ code: 1, printed: '' })
    expect(refused.said).toMatch(/bad\.yaml:\d+:5 escalation\.note\.bra Unknown key "bra"; did you mean "bar"\?\n$/)
  })

  it('decides on a determine-escalation as it stands, with the trace', async () => {
    const policy = file('policy.yaml', readPreset('four-tier'))
    const { code, printed } = await runBaton([
      'decide',
      '--policy',
      policy,
      '--input',
      file('input.yaml', DETERMINE_EXAMPLE),
    ])
    expect(code).toBe(0)
    const decision = Decision.parse(JSON.parse(printed))
    expect(decision).toMatchObject({ tier: 3, stakeholders: ['Engineering Lead', 'CSM'] })
    expect(decision.trace.length).toBeGreaterThan(0)
    expect(decision.reasons.length).toBeGreaterThan(0)
  })

  it('says which value of an input it does not take', async () => {
    const policy = file('four.yaml', readPreset('four-tier'))
    const input = file('huge.yaml', DETERMINE_EXAMPLE.replace('severity: high', 'severity: huge'))
    const { code, said } = await runBaton(['decide', '--policy', policy, '--input', input])
    expect(code).toBe(1)
    expect(said).toMatch(/huge\.yaml: (parameters\.)?issue\.severity: /)
  })

  it('scores the escalation note template as it stands, and fails below the bar', async () => {
    const good = await runBaton(['note', 'check', NOTE])
    expect(good).toMatchObject({ code: 0, said: '' })
    expect(good.printed).toMatch(/^Score \d+ of 100 \(bar 60\)\nMissing:\n/)

    const poor = file('poor.yaml', 'escalation_note:\n  issue: { summary: Login fails }\n')
    const { code, printed, said } = await runBaton(['note', 'check', poor])
    expect({ code, printed }).toEqual({ code: 1, printed: expect.stringContaining('Steps taken') })
    expect(said).toMatch(/the bar is 60/)
  })

  it('prints a ready policy byte for byte', async () => {
    const { code, printed } = await runBaton(['policy', 'preset', 'three-tier'])
    expect({ code, printed }).toEqual({ code: 0, printed: readPreset('three-tier') })
  })

  it('reads files from where the person is when npm runs it', async () => {
    const { code, printed } = await runWithNpm(['note', 'check', path.basename(NOTE)], path.dirname(NOTE))
    expect({ code, printed }).toMatchObject({ code: 0, printed: expect.stringContaining('Score') })
  })
})
