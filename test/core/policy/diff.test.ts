import { describe, expect, it } from 'vitest'
import { diffPolicies } from '../../../core/policy/diff.ts'
import { readPreset } from '../../../server/policy/preset.ts'
import { aLoadedPolicy, aPolicy, PLAIN } from './policies.ts'

const three = readPreset('three-tier')

describe('what differs between two policies', () => {
  it('is nothing when they only are written differently', () => {
    const rewritten = `# a comment\n${three}\n# another`
    expect(diffPolicies(aLoadedPolicy(three, 'a'), aLoadedPolicy(rewritten, 'b'))).toEqual([])
  })

  it.each<[what: string, from: string | RegExp, to: string, told: string[]]>([
    ['a target', /first_response: 1h$/m, 'first_response: 30m', ['tiers: L3 changed']],
    ['the bar', 'bar: 60', 'bar: 70', ['note bar: 60 → 70']],
    ['who may escalate', '  tiers:', '  escalators: [Support]\n  tiers:', ['escalators: none → Support']],
    ['an override', /- severity: P2[\s\S]*?slack_channel\n/, '', ['severity overrides: P2 removed']],
    ['a rule’s threshold', 'value: 10 }', 'value: 20 }', ['rules: many-customers changed']],
    ['a queue', /(id:|queue:) identity,/g, '$1 access,', ['queues: access added, identity removed']],
  ])('names %s', (_, from, to, told) => {
    const after = aLoadedPolicy(three.replace(from, to), 'b')
    expect(diffPolicies(aLoadedPolicy(three, 'a'), after)).toEqual(expect.arrayContaining(told))
  })

  it('names another order of rules, because the first that matches wins', () => {
    const condition = '{ field: severity, operator: is, value: P0 }'
    const rule = (id: string) => `    - { id: ${id}, title: A rule, all: [${condition}], set: { tags: [x] } }\n`
    const before = aPolicy(`  rules:\n${rule('one')}${rule('two')}`)
    const after = aPolicy(`  rules:\n${rule('two')}${rule('three')}${rule('one')}`)
    expect(diffPolicies(before, after)).toEqual(['rules: three added', 'rules: another order'])
    expect(diffPolicies(aLoadedPolicy(PLAIN), before)).toEqual(['rules: one added, two added'])
  })
})
