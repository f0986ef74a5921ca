import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planFor } from '../../../core/clock/plan-for.ts'
import { CLOCK_KINDS, type ClockName } from '../../../core/clock/targets.ts'
import { targetsOf } from '../../../core/decide/targets.ts'
import { type Policy, tierAt } from '../../../core/policy/policy.ts'
import { Severity } from '../../../core/severity.ts'
import { MINUTE_MS } from '../../../core/units.ts'
import { aLoadedPolicy } from '../policy/policies.ts'

const AT = Date.parse('2026-03-09T10:00:00Z')

const POLICY = aLoadedPolicy(
  `escalation:
  customer_tiers: { enterprise: {}, premium: {} }
  tiers:
    - { level: 1, name: Front line, team: Support, sla: { first_response: 4h, resolution_target: 24h } }
    - level: 2
      name: Specialists
      team: Specialists
      schedule: office
      sla: { first_response: 2h, resolution_target: 8h }
    - level: 3
      name: Engineering
      team: Engineering
      sla:
        resolution_target: 4h
        acknowledge: 15m
        fix: 1d
        variants:
          - { severity: P1, customer_tier: enterprise, fix: 8h }
          - { severity: P1, fix: 12h, investigate: 2h }
  schedules:
    - { id: berlin, timezone: Europe/Berlin, weekly: { mon: [["00:00", "24:00"]], tue: [["09:00", "17:00"]] } }
    - { id: office, zendesk: default }
    - { id: nights, zendesk: Nights }
  clocks:
    schedule: berlin
    around_the_clock: [P0]
    customer:
      target: 1d
      variants: [{ severity: P1, customer_tier: enterprise, target: 6h }, { customer_tier: enterprise, target: 12h }]
      warn_at: [50, 75]
    first_response: { schedule: nights }
    resolution: { paused_in: [pending, hold] }
    acknowledge: { counts: calendar }
  timers:
    - { id: any, title: Waiting, of: queue, after: 2h }
    - { id: severe, title: Severe, of: stage, after: 1h, severity: [P0, P1] }
    - { id: dear, title: Dear, of: silence, after: 1h, customer_tier: enterprise, counts: calendar }
    - { id: third, title: Third, of: age, after: 3d, tier: 3 }
    - { id: second, title: Second, of: queue, after: 30m, every: 1h, queue: specialists }
  notices: { hours: office, around_the_clock: [P0, P1] }
  on_call:
    people: [ana@example.com, ben@example.com]
    steps:
      engineering:
        - { tell: ana@example.com, wait: 5m }
        - { tell: ben@example.com }
`,
  '7',
)

function aPlan(tier: number, severity: Severity, customerTier: string | null, policy: Policy = POLICY) {
  const none = { firstResponse: null, resolution: null }
  const found = tierAt(policy, tier)!
  const targets = targetsOf(found, severity, customerTier, none)
  return planFor(policy, { tier, queue: found.defaultQueue, severity, targets, customerTier }, AT)
}

/** `name minutes counts schedule` of each clock. */
function told(tier: number, severity: Severity, customerTier: string | null): string[] {
  return Object.entries(aPlan(tier, severity, customerTier).clocks).map(
    ([name, { target, schedule }]) => `${name} ${target.minutes} ${target.counts} ${schedule ?? 'every hour'}`,
  )
}

describe('the clocks of a hand-over', () => {
  it.each([
    [
      2,
      'P2',
      null,
      ['customer 1440 business berlin', 'first-response 120 business nights', 'resolution 480 business office'],
    ],
    [
      2,
      'P2',
      'enterprise',
      ['customer 720 business berlin', 'first-response 120 business nights', 'resolution 480 business office'],
    ],
    [
      2,
      'P0',
      null,
      [
        'customer 1440 calendar every hour',
        'first-response 120 calendar every hour',
        'resolution 480 calendar every hour',
      ],
    ],
    [
      3,
      'P3',
      'premium',
      [
        'customer 1440 business berlin',
        'resolution 240 business berlin',
        'acknowledge 15 calendar every hour',
        'fix 1440 business berlin',
      ],
    ],
    [
      3,
      'P1',
      'premium',
      [
        'customer 1440 business berlin',
        'resolution 240 business berlin',
        'acknowledge 15 calendar every hour',
        'investigate 120 business berlin',
        'fix 720 business berlin',
      ],
    ],
    [
      3,
      'P1',
      'enterprise',
      [
        'customer 360 business berlin',
        'resolution 240 business berlin',
        'acknowledge 15 calendar every hour',
        'investigate 120 business berlin',
        'fix 480 business berlin',
      ],
    ],
  ] as const)('to tier %i at %s for %s count as the policy says', (tier, severity, customerTier, clocks) => {
    expect(told(tier, severity, customerTier)).toEqual(clocks)
  })

  it('rest and warn as the policy says, and carry its version', () => {
    const { clocks } = aPlan(2, 'P2', null)
    expect(clocks.customer!.target).toMatchObject({ warnAt: [50, 75], pausedIn: ['pending'], policyVersion: '7' })
    expect(clocks.resolution!.target).toMatchObject({ warnAt: [75], pausedIn: ['pending', 'hold'], reopens: true })
  })

  it('take the targets of the decision, in which rules have had their say', () => {
    const targets = { firstResponse: 7, resolution: null }
    const wanted = { tier: 2, queue: 'specialists', severity: 'P2', targets, customerTier: null } as const
    const { clocks } = planFor(POLICY, wanted, AT)
    expect(clocks['first-response']!.target.minutes).toBe(7)
    expect(clocks).not.toHaveProperty('resolution')
  })

  it('count every hour without any schedule', () => {
    const plain = aLoadedPolicy(`escalation:
  tiers:
    - { level: 1, name: One, team: One, sla: { first_response: 4h, resolution_target: 24h } }
    - { level: 2, name: Two, team: Two, sla: { first_response: 2h } }
`)
    const { clocks, timers, autoEscalation, noticeHours, onCall } = aPlan(2, 'P2', null, plain)
    expect(Object.entries(clocks).map(([name, { target, schedule }]) => [name, target.minutes, schedule])).toEqual([
      ['customer', 1440, null],
      ['first-response', 120, null],
    ])
    expect({ timers, autoEscalation, noticeHours, onCall }).toEqual({
      timers: [],
      autoEscalation: { at: ['breach'], clocks: ['resolution'] },
      noticeHours: null,
      onCall: [],
    })
  })
})

describe('what else a hand-over plans', () => {
  it.each([
    [2, 'P2', null, ['any office', 'second office']],
    [2, 'P0', null, ['any every hour', 'severe every hour', 'second every hour']],
    [3, 'P2', null, ['any berlin', 'third berlin']],
    [3, 'P1', 'enterprise', ['any berlin', 'severe berlin', 'dear every hour', 'third berlin']],
    [3, 'P3', 'premium', ['any berlin', 'third berlin']],
  ] as const)('is the timers that fit tier %i, %s and %s', (tier, severity, customerTier, timers) => {
    const plan = aPlan(tier, severity, customerTier)
    expect(plan.timers.map(({ id, schedule }) => `${id} ${schedule ?? 'every hour'}`)).toEqual(timers)
  })

  it('is what a timer does and how often', () => {
    const second = aPlan(2, 'P2', null).timers.find(({ id }) => id === 'second')!
    const { then, ...rest } = second
    expect(then).toBe('remind')
    expect(rest).toEqual({ id: 'second', title: 'Second', of: 'queue', after: 30, every: 60, schedule: 'office' })
  })

  it('is the hours for notices, which some severities do not wait for', () => {
    expect(Severity.options.map((severity) => aPlan(2, severity, null).noticeHours)).toEqual([
      null,
      null,
      'office',
      'office',
    ])
  })

  it('is whom to tell from now on, as long as nobody accepts', () => {
    const { onCall } = aPlan(3, 'P2', null)
    expect(onCall.map(({ at, told: [first] }) => [(at - AT) / MINUTE_MS, first!.person])).toEqual([
      [0, 'ana@example.com'],
      [5, 'ben@example.com'],
    ])
    expect(aPlan(2, 'P2', null).onCall).toEqual([])
  })
})

describe('every plan', () => {
  const span = fc.constantFrom('30m', '4h', '1d', null)
  const severities = fc.uniqueArray(fc.constantFrom(...Severity.options), { maxLength: 4 })
  const clockKeys = ['customer', 'first_response', 'resolution', 'acknowledge', 'investigate', 'fix', 'fix_to_customer']
  const targetKeys = ['first_response', 'resolution_target', 'acknowledge', 'investigate', 'fix', 'fix_to_customer']
  const policies = fc
    .record({
      first: fc.tuple(...targetKeys.map(() => span)),
      second: fc.tuple(...targetKeys.map(() => span)),
      tierSchedule: fc.constantFrom('berlin', null),
      schedule: fc.constantFrom('office', null),
      aroundTheClock: severities,
      kinds: fc.tuple(...clockKeys.map(() => fc.constantFrom('{ counts: calendar }', '{ schedule: berlin }', null))),
      promise: span,
    })
    .map(({ first, second, tierSchedule, schedule, aroundTheClock, kinds, promise }) => {
      const sla = (spans: (string | null)[]) =>
        spans.flatMap((text, index) => (text === null ? [] : [`${targetKeys[index]}: ${text}`])).join(', ')
      const clocks = kinds.flatMap((text, index) => {
        const key = clockKeys[index]!
        if (key === 'customer' && promise !== null) return [`    customer: { target: ${promise} }`]
        return text === null ? [] : [`    ${key}: ${text}`]
      })
      return aLoadedPolicy(`escalation:
  tiers:
    - { level: 1, name: One, team: One, sla: { ${sla(first)} } }
    - { level: 2, name: Two, team: Two, ${tierSchedule ? `schedule: ${tierSchedule}, ` : ''}sla: { ${sla(second)} } }
  schedules: [{ id: berlin, zendesk: Berlin }, { id: office, zendesk: default }]
  clocks:
    around_the_clock: [${aroundTheClock.join(', ')}]
${schedule ? `    schedule: ${schedule}\n` : ''}${clocks.join('\n')}
`)
    })

  const law = (holds: (policy: Policy, severity: Severity, clocks: ReturnType<typeof aPlan>['clocks']) => void) =>
    fc.assert(
      fc.property(policies, fc.constantFrom(...Severity.options), (policy, severity) => {
        holds(policy, severity, aPlan(2, severity, null, policy).clocks)
      }),
      { numRuns: 200 },
    )

  it('has a clock exactly where somebody named a target', () => {
    law((policy, _, clocks) => {
      const { targets, engineering } = policy.tiers[1]!
      const named: Record<ClockName, number | null> = {
        customer: policy.clocks.customer.target,
        'first-response': targets.firstResponse,
        resolution: targets.resolution,
        ...engineering,
      }
      for (const name of Object.keys(CLOCK_KINDS) as ClockName[]) {
        expect(clocks[name]?.target.minutes ?? null, name).toBe(named[name])
      }
    })
  })

  it('names no schedule where every hour counts, and counts every hour of severities around the clock', () => {
    law((policy, severity, clocks) => {
      for (const { target, schedule } of Object.values(clocks)) {
        if (policy.clocks.aroundTheClock.includes(severity)) expect(target.counts).toBe('calendar')
        if (target.counts === 'calendar') expect(schedule).toBeNull()
      }
    })
  })

  it('names only schedules that the policy has', () => {
    law((policy, _, clocks) => {
      const ids = [null, ...policy.schedules.map(({ id }) => id)]
      for (const { schedule } of Object.values(clocks)) expect(ids).toContain(schedule)
    })
  })

  it('is plain data that can be stored and read back', () => {
    law((policy, severity) => {
      const plan = aPlan(2, severity, null, policy)
      expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
    })
  })
})
