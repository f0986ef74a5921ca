import { describe, expect, it } from 'vitest'
import { commentSignal } from '../../../core/clock/clock-event-comment.ts'
import { CLOCK_KINDS, targetFor, tierTargets } from '../../../core/clock/targets.ts'
import { aLoadedPolicy } from '../policy/policies.ts'

const POLICY = `
escalation:
  customer_tiers: { enterprise: {} }
  tiers:
    - { level: 1, name: Front line, team: Support }
    - level: 2
      name: Specialists
      team: Specialists
      sla:
        first_response: 4h
        resolution_target: 2d
        variants:
          - { severity: P0, first_response: 15m }
          - { customer_tier: enterprise, first_response: 1h, resolution_target: 1d }
`

describe('the targets of a tier', () => {
  const policy = aLoadedPolicy(POLICY)

  it.each([
    ['P2', null, 240, 2880],
    ['P0', null, 15, 2880],
    ['P0', 'enterprise', 15, 1440],
    ['P3', 'enterprise', 60, 1440],
  ] as const)('are those of the first variant that fits %s and %s', (severity, customerTier, response, resolution) => {
    const targets = tierTargets(policy, { tier: 2, severity, customerTier })
    expect(targets['first-response']?.minutes).toBe(response)
    expect(targets.resolution?.minutes).toBe(resolution)
  })

  it('carry the version of the policy they come from', () => {
    const targets = tierTargets(policy, { tier: 2, severity: 'P2', customerTier: null })
    expect(targets.resolution?.policyVersion).toBe(policy.version)
  })

  it('are none where nobody names any', () => {
    expect(tierTargets(policy, { tier: 1, severity: 'P2', customerTier: null })).toEqual({
      'first-response': null,
      resolution: null,
    })
  })
})

describe('kinds of clock', () => {
  it('hand engineering on from one to the next', () => {
    expect(CLOCK_KINDS.acknowledge.stopsOn).toContain(CLOCK_KINDS.investigate.startsOn)
    expect(CLOCK_KINDS.investigate.stopsOn).toContain(CLOCK_KINDS.fix.startsOn)
    expect(CLOCK_KINDS.fix.stopsOn).toContain(CLOCK_KINDS['fix-to-customer'].startsOn)
  })

  it('stop telling the customer by nothing but telling the customer', () => {
    expect(CLOCK_KINDS['fix-to-customer']).toMatchObject({ stopsOn: ['customer-told'], stopsIn: [], pausedIn: [] })
  })

  it('take from the policy what pauses them, when to warn, and business or calendar time', () => {
    const choices = { pausedIn: ['hold'], warnAt: [25, 90], counts: 'calendar' as const }
    expect(targetFor(CLOCK_KINDS.customer, 60, '4', choices)).toMatchObject({ ...choices, minutes: 60, reopens: true })
    expect(targetFor(CLOCK_KINDS.customer, 60, '4')).toMatchObject({ pausedIn: ['pending'], warnAt: [75] })
  })
})

describe('a comment', () => {
  it.each([
    ['an agent in public', 'agent', true, false, 'agent-replied'],
    ['an agent in private', 'agent', false, false, null],
    ['an agent who is the requester', 'agent', true, true, 'customer-spoke'],
    ['an end user, by web, mail or chat alike', 'end-user', true, false, 'customer-spoke'],
    ['a light agent', 'light-agent', false, false, null],
    ['a light agent who is the requester', 'light-agent', false, true, 'customer-spoke'],
    ['an integration in public', 'api', true, false, 'agent-replied'],
    ['an integration in private', 'api', false, false, null],
    ['a bot', 'bot', true, false, null],
  ] as const)('C10: by %s means what it says', (_, author, isPublic, isRequester, signal) => {
    expect(commentSignal(author, isPublic, isRequester)).toBe(signal)
  })

  it('C10: in private stops no clock, and an answer in public stops the first response alone', () => {
    const stopped = Object.values(CLOCK_KINDS).filter(({ stopsOn }) => stopsOn.includes('agent-replied'))
    expect(stopped.map(({ name }) => name)).toEqual(['first-response'])
  })
})
