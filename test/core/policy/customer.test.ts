import { describe, expect, it } from 'vitest'
import { cadenceFor } from '../../../core/customer/cadence.ts'
import { diffPolicies } from '../../../core/policy/diff.ts'
import { loadPolicy, type Policy } from '../../../core/policy/load.ts'

const TIERS = `escalation:
  tiers:
    - { level: 1, name: Support, team: support }
    - { level: 2, name: Specialists, team: specialists }
    - { level: 3, name: Engineering, team: engineering }
`

function policyWith(lines: string): Policy {
  const loaded = loadPolicy(TIERS + lines, 'v1')
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return loaded.policy
}

function refusalOf(lines: string): string {
  const loaded = loadPolicy(TIERS + lines, 'v1')
  if (loaded.ok) throw new Error('The policy was taken')
  return loaded.problems
    .map(({ line, path, message, meant }) => `${line} ${path}: ${message} ${meant ?? ''}`)
    .join('\n')
}

describe('what a policy says of customers', () => {
  it('promises nothing and sends nothing by itself unless asked to', () => {
    const { customer } = policyWith('')
    expect(customer.cadence).toEqual({ P0: null, P1: null, P2: null, P3: null })
    expect(new Set(Object.values(customer.send))).toEqual(new Set(['draft']))
    expect(customer.share).toEqual(['next_steps', 'estimate'])
  })

  it('has a cadence for each severity, in the hours of a schedule but for those that never rest', () => {
    const { customer } = policyWith(`
  schedules: [{ id: berlin, timezone: Europe/Berlin, weekly: { mon: [["09:00", "17:00"]] } }]
  clocks: { around_the_clock: [P0] }
  customer: { cadence: { P0: 1h, P2: 1d }, hours: berlin }
`)
    expect(cadenceFor(customer, 'P0')).toEqual({ every: 60, schedule: null })
    expect(cadenceFor(customer, 'P2')).toEqual({ every: 1440, schedule: 'berlin' })
    expect(cadenceFor(customer, 'P1')).toBeNull()
  })

  it.each([
    ['a cadence nobody keeps', '  customer: { cadence: { P0: 5m } }', /cadence\.P0: .*15 minutes/],
    ['a schedule that is not there', '  customer: { hours: berlin }', /no schedule "berlin"/],
    ['a message that does not exist', '  customer: { send: { closed: auto } }', /closed/],
    ['a way of sending that does not exist', '  customer: { send: { update: always } }', /customer\.send\.update/],
    [
      'a placeholder for what is ours',
      '  customer: { templates: { en: { update: "It was {{root_cause}}" } } }',
      /no placeholder \{\{root_cause\}\} here; there are ticket, contact, next_steps/,
    ],
    [
      'a placeholder with a slip of the pen',
      '  customer: { templates: { de: { update: "Bis {{next_updat}}" } } }',
      /next_update$/,
    ],
    ['half a placeholder', '  customer: { templates: { en: { update: "By {{next_update" } } }', /two pairs of braces/],
    ['a field that may never be shared', '  customer: { share: [root_cause] }', /customer\.share/],
    ['a bridge that is no address', '  major_incident: { bridge_url: "javascript:alert(1)" }', /https:\/\//],
    ['a target of a measure that is not there', '  targets: { mtr: 4h }', /no measure "mtr".*mttr/s],
    ['a target of a duration that is no span', '  targets: { mttr: 4 }', /span such as 30m/],
    ['a target of a share that is no percentage', '  targets: { sla_attainment: 0.95 }', /such as 95 %/],
    ['reviews of a tier that is not there', '  reviews: { post: { tiers: [4] } }', /no tier 4/],
  ])('refuses %s', (_, lines, expected) => {
    expect(refusalOf(lines)).toMatch(expected)
  })

  it('tells what a change of it changes', () => {
    const before = policyWith('  customer: { cadence: { P1: 4h } }')
    const after = policyWith(`
  customer: { cadence: { P0: 1h, P1: 2h }, send: { escalated: auto }, templates: { de: { resolved: Fertig } } }
  reviews: { least: 10 }
  targets: { mttr: 1d, sla_attainment: 95 %, backlog: 20 }
  major_incident: { bridge_url: "https://meet.example.com/bridge" }
`)
    expect(after.measureTargets).toEqual({ mttr: 24, sla_attainment: 0.95, backlog: 20 })
    expect(diffPolicies(before, after)).toEqual([
      'customer hears every: P0 added, P1 changed',
      'told to the customer: escalated: draft → auto',
      'texts for the customer: de added',
      'reviews: changed',
      'targets: mttr added, sla_attainment added, backlog added',
      'major incidents: none → P0 and P1, one within 4h, https://meet.example.com/bridge',
    ])
  })
})
