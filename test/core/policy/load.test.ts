import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formOf } from '../../../core/policy/form.ts'
import { loadPolicy } from '../../../core/policy/load.ts'
import { groupsOf, queueOfGroup, tierOfGroup } from '../../../core/policy/policy.ts'
import { aLoadedPolicy } from './policies.ts'
import { TEMPLATE } from './template.ts'

const preset = (name: string) =>
  readFileSync(new URL(`../../../core/policy/presets/${name}.yaml`, import.meta.url), 'utf8')

describe('the escalation workflow template', () => {
  const policy = aLoadedPolicy(TEMPLATE)

  it('loads unchanged and without a warning', () => {
    const loaded = loadPolicy(TEMPLATE)
    expect(loaded).toMatchObject({ ok: true, warnings: [] })
  })

  it('keeps its tiers, targets and criteria', () => {
    expect(policy.tiers.map(({ level, name, targets, next }) => ({ level, name, targets, next }))).toEqual([
      { level: 1, name: 'Front-Line Support', targets: { firstResponse: 240, resolution: 1440 }, next: 2 },
      { level: 2, name: 'Specialist Support', targets: { firstResponse: 120, resolution: 480 }, next: 3 },
      { level: 3, name: 'Engineering / Executive', targets: { firstResponse: 60, resolution: 240 }, next: null },
    ])
    expect(policy.tiers[0]!.criteria).toContain('SLA at 75% elapsed without resolution path')
    expect(policy.tiers[2]!.capabilities).toContain('incident_management')
  })

  it('makes each team the only queue of its tier, and its group', () => {
    expect(policy.queues.map(({ id, tier, group }) => [id, tier, group])).toEqual([
      ['support-generalists', 1, 'support-generalists'],
      ['support-specialists', 2, 'support-specialists'],
      ['engineering-oncall', 3, 'engineering-oncall'],
    ])
  })

  it('sends severities where it says', () => {
    expect(policy.severityOverrides).toEqual({
      P0: { severity: 'P0', routeTo: 3, notification: 'pagerduty' },
      P1: { severity: 'P1', routeTo: 3, notification: 'slack_oncall' },
      P2: { severity: 'P2', routeTo: 2, notification: 'slack_channel' },
    })
  })

  it('loads beside what Baton adds to it', () => {
    const more = `${TEMPLATE}
  queues:
    - { id: identity, name: Identity, tier: 2, group: Identity specialists }
  escalators: [Support]
`
    const loaded = aLoadedPolicy(more)
    expect(loaded.tiers[1]!.defaultQueue).toBe('identity')
    expect(loaded.queues.map(({ group }) => group)).toEqual([
      'Identity specialists',
      'support-generalists',
      'engineering-oncall',
    ])
    expect(loaded.escalators).toEqual(['Support'])
  })
})

describe('a ready policy', () => {
  it.each(['three-tier', 'four-tier'])('%s loads without a warning', (name) => {
    expect(loadPolicy(preset(name))).toMatchObject({ ok: true, warnings: [] })
  })

  it('of three tiers has the tiers and overrides of the template', () => {
    const ours = aLoadedPolicy(preset('three-tier'))
    const theirs = aLoadedPolicy(TEMPLATE)
    const told = ({ tiers, severityOverrides }: typeof ours) => ({
      severityOverrides,
      tiers: tiers.map(({ defaultQueue: _, ...tier }) => tier),
    })
    expect(told(ours)).toEqual(told(theirs))
  })

  it('of four tiers answers in 4 hours, 2 hours, 1 hour and 30 minutes, and says who is told', () => {
    const { tiers } = aLoadedPolicy(preset('four-tier'))
    expect(tiers.map(({ targets, stakeholders }) => [targets.firstResponse, stakeholders])).toEqual([
      [240, ['Support Agent']],
      [120, ['Senior Engineer']],
      [60, ['Engineering Lead', 'CSM']],
      [30, ['Director', 'VP', 'Executive']],
    ])
  })
})

describe('a loaded policy', () => {
  const policy = aLoadedPolicy(preset('four-tier'))

  it('is known by the version it is given, else by its content', () => {
    expect(aLoadedPolicy(TEMPLATE, 'abc').version).toBe('abc')
    expect(aLoadedPolicy(TEMPLATE).version).toBe(aLoadedPolicy(TEMPLATE).version)
    expect(aLoadedPolicy(`${TEMPLATE}\n`).version).not.toBe(aLoadedPolicy(TEMPLATE).version)
  })

  it('cannot be changed', () => {
    expect(() => {
      ;(policy.tiers as unknown[]).push('another')
    }).toThrow(TypeError)
    expect(() => {
      ;(policy.rules[0]!.set as { tier: number }).tier = 1
    }).toThrow(TypeError)
  })

  it('tells the tier of a ticket by its group, and counts an unknown group as the lowest', () => {
    expect(tierOfGroup(policy, 'Executive desk')).toBe(4)
    expect(tierOfGroup(policy, 'Identity specialists')).toBe(2)
    expect(tierOfGroup(policy, 'Sales')).toBe(1)
    expect(tierOfGroup(policy, null)).toBe(1)
    expect(queueOfGroup(policy, 'Security response')?.id).toBe('security')
  })

  it('lists every group it relies on and where it is written', () => {
    const loaded = loadPolicy(`${TEMPLATE}\n  escalators: [Support]\n`)
    if (!loaded.ok) throw new Error('refused')
    const groups = groupsOf(loaded.policy)
    expect(groups.map(({ group }) => group)).toEqual([
      'support-generalists',
      'support-specialists',
      'engineering-oncall',
      'Support',
    ])
    expect(loaded.locate(groups[0]!.writtenAt)).toEqual({ line: 6, column: 13 })
    expect(loaded.locate(groups[3]!.writtenAt)).toEqual({ line: 64, column: 16 })
  })

  it('gives the form what it shows', () => {
    const form = formOf(policy)
    expect(form.tiers[1]).toMatchObject({ level: 2, name: 'Specialists' })
    expect(form.severities.map(({ severity }) => severity)).toEqual(['P0', 'P1', 'P2', 'P3'])
    expect(form.severities[0]!.description).toBe('Production outage affecting all customers')
    expect(form.categories).toContain('data_loss')
    expect(form.components.find(({ id }) => id === 'sso')?.keywords).toContain('saml')
    expect(Object.values(form.weights).reduce((a, b) => a + b)).toBe(100)
    expect(form.sentAtOnce).toEqual(['P0', 'P1'])
  })

  it('warns of what is odd but not wrong', () => {
    const loaded = loadPolicy(`${TEMPLATE}
  trigger_model: manual
  queues:
    - { id: a, name: A, tier: 2, group: Group A }
    - { id: b, name: B, tier: 2, group: Group B }
  components:
    - { id: orphan, name: Orphan }
`)
    expect(loaded.ok && loaded.warnings.map(({ line, message }) => [line, message])).toEqual([
      [51, 'Not used: the trigger model does not name "severity"'],
      [66, 'No queue of tier 2 is the default; "a" is taken because it comes first'],
      [69, 'No queue looks after the component "orphan"'],
    ])
  })
})

describe('any text at all', () => {
  const isAnswered = (yaml: string) => {
    const loaded = loadPolicy(yaml)
    const problems = loaded.ok ? loaded.warnings : loaded.problems
    if (!loaded.ok) expect(problems.length).toBeGreaterThan(0)
    for (const { line, column, message } of problems) {
      expect(line).toBeGreaterThanOrEqual(1)
      expect(column).toBeGreaterThanOrEqual(1)
      expect(line).toBeLessThanOrEqual(yaml.split('\n').length + 1)
      expect(message).not.toBe('')
    }
  }

  it('gets an answer with a place, when it is a policy with a piece cut out, doubled or replaced', () => {
    const source = preset('three-tier')
    const piece = fc.oneof(
      fc.constantFrom(
        '\t',
        ':',
        '- ',
        '"',
        "'",
        '[',
        '{',
        '}',
        ']',
        '&a ',
        '*a',
        '!!x ',
        '\n',
        '|',
        '? ',
        '---\n',
        '#',
        '<<: ',
      ),
      fc.string({ maxLength: 8, unit: 'binary' }),
      fc.constantFrom('null', '.nan', '1e999', '-1', 'true', '[]', '{}', '__proto__: 1', 'constructor: 1'),
    )
    fc.assert(
      fc.property(fc.nat(source.length), fc.nat(60), piece, fc.boolean(), (at, length, inserted, doubled) => {
        const cut = source.slice(at, at + length)
        isAnswered(source.slice(0, at) + (doubled ? cut + cut : inserted) + source.slice(at + length))
      }),
      { numRuns: 300 },
    )
  })

  it('gets an answer with a place, when it is a policy with one value replaced by another kind', () => {
    const lines = preset('three-tier').split('\n')
    const value = fc.constantFrom(
      '[]',
      '{}',
      'null',
      '""',
      '-1',
      '1.5',
      'true',
      '~',
      '[[1]]',
      '{a: {b: 1}}',
      '2026-01-01',
    )
    fc.assert(
      fc.property(fc.nat(lines.length - 1), value, (index, replacement) => {
        const changed = lines.with(index, lines[index]!.replace(/: .*$/, `: ${replacement}`))
        isAnswered(changed.join('\n'))
      }),
      { numRuns: 300 },
    )
  })

  it('gets an answer with a place, when it is no policy at all', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200, unit: 'binary' }), isAnswered), { numRuns: 300 })
  })
})
