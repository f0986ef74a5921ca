import { describe, expect, it } from 'vitest'
import { lifeOf } from '../../../core/clock/plan.ts'
import { planFor } from '../../../core/clock/plan-for.ts'
import { diffPolicies } from '../../../core/policy/diff.ts'
import { loadPolicy } from '../../../core/policy/load.ts'
import { formatProblem } from '../../../core/policy/problems.ts'
import type { Severity } from '../../../core/severity.ts'
import { aLoadedPolicy, aPolicy } from './policies.ts'

const TIERS = `escalation:
  schedules: [{ id: berlin, timezone: Europe/Berlin, weekly: { mon: [["09:00", "17:00"]] } }]
  tiers:
    - { level: 1, name: Front line, team: Support, sla: { first_response: 4h, resolution_target: 24h } }
    - { level: 2, name: Specialists, team: Specialists, schedule: berlin, sla: { first_response: 2h } }
    - { level: 3, name: Engineering, team: Engineering, sla: { first_response: 1h, fix_to_customer: 2h }, monitoring: 2d }
`
const LIFE = `  customer: { cadence: { P1: 4h, P2: 1d }, hours: berlin, around_the_clock: [P1] }
  ageing: { stalled_after: 2, aged_after: { P2: 5d }, remind_every: 1d }
  approval: { rejected: ends }
`

function planIn(yaml: string, tier: number, severity: Severity = 'P2') {
  const queue = tier === 2 ? 'specialists' : 'engineering'
  const targets = { firstResponse: null, resolution: null }
  return planFor(aLoadedPolicy(yaml), { tier, queue, severity, targets, customerTier: null }, 0)
}

function problemsOf(yaml: string): string[] {
  const loaded = loadPolicy(yaml)
  return loaded.ok ? [] : loaded.problems.map((problem) => formatProblem('policy', problem))
}

describe('what a policy says of the life of an escalation', () => {
  it('is little when it says nothing: no watching, no cadence, no reminders', () => {
    const plan = planIn(TIERS.replace(', monitoring: 2d', ''), 3)
    const criteria = ['root_cause', 'fix_applied']
    expect(lifeOf(plan)).toEqual({ monitoring: null, criteria, cadence: null, onRejected: 'stays' })
    expect(plan.timers).toEqual([])
  })

  it('is what its tier asks before an escalation goes back', () => {
    const watched = ['root_cause', 'fix_applied', 'monitoring_complete']
    expect(lifeOf(planIn(TIERS, 3))).toMatchObject({ monitoring: 2880, criteria: watched })
    const own = TIERS.replace('monitoring: 2d', 'deescalation: [customer_confirmed]')
    expect(lifeOf(planIn(own, 3))).toMatchObject({ monitoring: null, criteria: ['customer_confirmed'] })
    expect(lifeOf(planIn(TIERS.replace('monitoring: 2d', 'deescalation: []'), 3)).criteria).toEqual([])
  })

  it('is a cadence by severity, in the hours named or at every hour', () => {
    expect(lifeOf(planIn(TIERS + LIFE, 2, 'P2')).cadence).toEqual({ every: 1440, schedule: 'berlin' })
    expect(lifeOf(planIn(TIERS + LIFE, 2, 'P1')).cadence).toEqual({ every: 240, schedule: null })
    expect(lifeOf(planIn(TIERS + LIFE, 2, 'P3')).cadence).toBeNull()
  })

  it('is a fix told within the cadence where the tier names no time for it', () => {
    expect(planIn(TIERS + LIFE, 2, 'P1').clocks['fix-to-customer']!.target.minutes).toBe(240)
    expect(planIn(TIERS + LIFE, 3, 'P1').clocks['fix-to-customer']!.target.minutes).toBe(120)
  })

  it('is a reminder of what is stalled and of what is old', () => {
    expect(planIn(TIERS + LIFE, 2, 'P2').timers).toMatchObject([
      { id: 'ageing.stalled', of: 'progress', after: 2880, every: 2880, schedule: 'berlin' },
      { id: 'ageing.aged', of: 'escalation', after: 7200, every: 1440, schedule: 'berlin' },
    ])
    expect(planIn(TIERS + LIFE, 3, 'P1').timers).toMatchObject([{ id: 'ageing.stalled', after: 480, schedule: null }])
    const one = '  ageing: { aged_after: 3d }\n'
    expect(planIn(TIERS + one, 3, 'P0').timers).toMatchObject([{ id: 'ageing.aged', after: 4320, every: null }])
  })

  it('is told when it changes', () => {
    const before = aLoadedPolicy(TIERS)
    expect(diffPolicies(before, aLoadedPolicy(TIERS + LIFE))).toEqual(
      expect.arrayContaining(['ageing: changed', 'rejected approvals: stays → ends']),
    )
    expect(diffPolicies(before, aLoadedPolicy(TIERS.replace('2d', '3d')))).toEqual(['tiers: L3 changed'])
  })

  it('warns of what is not used', () => {
    const loaded = loadPolicy(`${TIERS}  ageing: { stalled_after: 2, remind_every: 1d }\n`)
    const warnings = loaded.ok ? loaded.warnings.map(({ message }) => message) : []
    expect(warnings).toEqual(
      expect.arrayContaining([
        'Not used: "customer" has no "cadence" to count by',
        'Not used: there is no "aged_after"',
      ]),
    )
  })

  it.each([
    ['a criterion there is not', TIERS.replace('monitoring: 2d', 'deescalation: [peace]'), 'root_cause'],
    ['a span that is none', TIERS.replace('2d', 'soon'), 'Write a span'],
    ['less than one cadence', `${TIERS}  ageing: { stalled_after: 0 }\n`, 'Write how many times the cadence, 1 to 20'],
    [
      'reminders all the time',
      `${TIERS}  ageing: { aged_after: 1d, remind_every: 1m }\n`,
      'after 5 minutes at the earliest',
    ],
    ['a severity there is not', `${TIERS}  ageing: { aged_after: { P9: 1d } }\n`, 'P9'],
    ['another end for what is rejected', `${TIERS}  approval: { rejected: maybe }\n`, 'stays'],
  ])('refuses %s', (_, yaml, told) => {
    expect(problemsOf(yaml).join('\n')).toContain(told)
  })

  it('leaves the ready policies as they are', () => {
    expect(aPolicy().life).toEqual({
      ageing: { stalledAfter: null, agedAfter: {}, remindEvery: null },
      onRejected: 'stays',
    })
  })
})
