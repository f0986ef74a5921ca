import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planFor } from '../../../core/clock/plan-for.ts'
import { decide } from '../../../core/decide/decide.ts'
import { Decision } from '../../../core/decide/decision.ts'
import { gatherFacts } from '../../../core/decide/facts.ts'
import { type Present, raiseOf, replanOf } from '../../../core/decide/raise.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { aLoadedPolicy } from '../policy/policies.ts'
import { anInput, type InputOverrides, NOW } from './inputs.ts'

const FOUR_TIER = readFileSync(new URL('../../../core/policy/presets/four-tier.yaml', import.meta.url), 'utf8')
const policy = aLoadedPolicy(FOUR_TIER, '1')

/** What the policy answers for a ticket, and the plan of its first hand-over. */
function present(by: Policy, overrides: InputOverrides = {}): Present {
  const facts = gatherFacts(anInput(overrides), by)
  const decision = decide(by, facts)
  const customerTier = typeof facts['customer.tier'] === 'string' ? facts['customer.tier'] : null
  const { tier, queue, severity, targets } = decision
  return { decision, plan: planFor(by, { tier, queue, severity, targets, customerTier }, NOW) }
}

const LATER = NOW + HOUR_MS

describe('an escalation that waited too long', () => {
  it('goes to the next tier, with what it is kept and where it goes new', () => {
    const before = present(policy, { triage: { component: 'sso', severity: 'P2' } })
    expect(before.decision).toMatchObject({ tier: 2, queue: 'identity' })
    const { decision, plan } = raiseOf(policy, before, LATER)!
    const { severity, urgency, priority, notification } = before.decision
    expect(decision).toMatchObject({
      tier: 3,
      tierName: 'Engineering',
      queue: 'security',
      queueName: 'Security response',
      group: 'Security response',
      severity,
      urgency,
      priority,
      notification,
      targets: { firstResponse: 60, resolution: 240 },
      stakeholders: ['Engineering Lead', 'CSM'],
      tags: ['baton_tier_3', 'baton_queue_security', 'security'],
      policyVersion: '1',
    })
    expect(decision.reasons).toEqual([
      'It waited too long in tier 2; tier 3 takes over',
      'Component Single sign-on belongs to Security response',
      'Stakeholders of tier 3: Engineering Lead, CSM',
      expect.stringMatching(/^Urgency \d+ of 100/),
    ])
    expect(plan).toMatchObject({ tier: 3, severity, at: LATER, policyVersion: '1' })
    expect(plan.clocks.resolution!.target.minutes).toBe(240)
  })

  it('keeps the story of the first decision in its trace, and begins it with the step', () => {
    const before = present(policy, { triage: { component: 'sso', severity: 'P2' } })
    const [step, queue, ...rest] = raiseOf(policy, before, LATER)!.decision.trace
    expect(step).toMatchObject({ rule: 'step:tier-2', matched: true, set: { tier: '3', queue: 'security' } })
    expect(queue).toMatchObject({ rule: 'queue:component:sso', matched: true, set: { queue: 'security' } })
    expect(rest).toEqual(before.decision.trace.filter(({ rule }) => !rule.startsWith('queue:')))
  })

  it('goes up step by step and stays at the top', () => {
    const tiers: (string | null)[] = []
    let at: Present | null = present(policy, { triage: { component: 'billing', severity: 'P2' } })
    for (let step = 0; at && step < 10; step++) {
      tiers.push(`${at.decision.tier} ${at.decision.queue}`)
      at = raiseOf(policy, at, LATER)
    }
    expect(tiers).toEqual(['2 billing', '3 platform', '4 executive'])
  })

  it('skips the tiers that the policy skips', () => {
    const skipping = aLoadedPolicy(
      FOUR_TIER.replace('name: Specialists\n', 'name: Specialists\n      escalates_to: 4\n'),
    )
    const before = present(skipping, { triage: { severity: 'P3' } })
    expect(raiseOf(skipping, before, LATER)!.decision.tier).toBe(4)
  })

  it('goes to the next tier there is when the policy has lost its own', () => {
    const two = aLoadedPolicy(`escalation:
  tiers:
    - { level: 1, name: One, team: One }
    - { level: 3, name: Three, team: Three }
`)
    const before = present(policy, { triage: { severity: 'P3' } })
    expect(raiseOf(two, before, LATER)!.decision).toMatchObject({ tier: 3, queue: 'three' })
  })

  it.each([
    [
      'by its component',
      { triage: { component: 'sso' } },
      'security',
      'Component Single sign-on belongs to Security response',
    ],
    [
      'by its category',
      { triage: { category: 'bug', component: 'api' } },
      'platform',
      'Component API belongs to Platform engineering',
    ],
  ] as const)('finds its queue %s', (_, overrides, queue, reason) => {
    const { decision } = raiseOf(policy, present(policy, overrides as InputOverrides), LATER)!
    expect(decision).toMatchObject({ tier: 3, queue })
    expect(decision.reasons[1]).toBe(reason)
  })

  it('finds its queue by the present one, when all that this looks after goes to one place', () => {
    const before = present(policy, { triage: { severity: 'P3' } })
    const moved = { ...before.decision, queue: 'identity', queueName: 'Identity', trace: [] }
    const { decision } = raiseOf(policy, { ...before, decision: moved }, LATER)!
    expect(decision.queue).toBe('security')
    expect(decision.reasons[1]).toBe('Security response looks after all that Identity does')
    expect(decision.trace.map(({ rule }) => rule)).toEqual(['step:tier-2', 'queue:after:identity'])
  })

  it('goes to the default queue when that is several places', () => {
    const split = aLoadedPolicy(FOUR_TIER.replace('components: [sso, permissions]', 'components: [sso]'))
    const before = present(split, { triage: { severity: 'P3' } })
    const moved = { ...before.decision, queue: 'identity', queueName: 'Identity', trace: [] }
    const { decision } = raiseOf(split, { ...before, decision: moved }, LATER)!
    expect(decision.queue).toBe('platform')
    expect(decision.reasons[1]).toBe('Platform engineering takes what nothing sends elsewhere in tier 3')
  })

  it('keeps a target that a rule set, and takes the rest from the new tier', () => {
    const ruled = aLoadedPolicy(
      FOUR_TIER.replace(
        'set: { priority: urgent, tags: [at_risk] }',
        'set: { priority: urgent, tags: [at_risk], sla: { first_response: 10m } }',
      ),
    )
    const before = present(ruled, {
      triage: { severity: 'P3' },
      organization: { fields: { arr: 200_000, health_score: 20 } },
    } as InputOverrides)
    expect(before.decision.targets).toEqual({ firstResponse: 10, resolution: 480 })
    const { decision } = raiseOf(ruled, before, LATER)!
    expect(decision.targets).toEqual({ firstResponse: 10, resolution: 240 })
    expect(decision.tags).toContain('at_risk')
  })

  it('has the targets of its customer', () => {
    const varied = aLoadedPolicy(
      FOUR_TIER.replace(
        'sla: { first_response: 1h, resolution_target: 4h }',
        'sla: { first_response: 1h, resolution_target: 4h, variants: [{ customer_tier: enterprise, resolution_target: 3h }] }',
      ),
    )
    const before = present(varied, { triage: { severity: 'P3' } })
    const enterprise = { ...before, plan: { ...before.plan, customerTier: 'enterprise' } }
    expect(raiseOf(varied, enterprise, LATER)!.decision.targets.resolution).toBe(180)
    expect(raiseOf(varied, before, LATER)!.decision.targets.resolution).toBe(240)
  })

  it('is a decision like any other, always higher and never beyond the top', () => {
    const components = fc.constantFrom(undefined, ...policy.components.map(({ id }) => id))
    const categories = fc.constantFrom(undefined, ...policy.categories.map(({ id }) => id))
    const severities = fc.constantFrom(undefined, 'P0', 'P1', 'P2', 'P3')
    fc.assert(
      fc.property(components, categories, severities, (component, category, severity) => {
        const triage = { component, category, severity } as NonNullable<InputOverrides['triage']>
        const before = present(policy, { triage })
        const raised = raiseOf(policy, before, LATER)
        if (before.decision.tier === 4) return expect(raised).toBeNull()
        const { decision, plan } = raised!
        expect(Decision.safeParse(decision).error).toBeUndefined()
        expect(decision.tier).toBeGreaterThan(before.decision.tier)
        expect(policy.queueById[decision.queue]!.tier).toBe(decision.tier)
        expect(decision.tags.filter((tag) => /^baton_(tier|queue)_/.test(tag))).toHaveLength(2)
        expect(plan).toMatchObject({ tier: decision.tier, severity: decision.severity })
      }),
    )
  })
})

describe('an open escalation under a changed policy', () => {
  const STEPS = `${FOUR_TIER}
  on_call:
    people: [ana@example.com, ben@example.com, cy@example.com]
    steps:
      identity:
        - { tell: ana@example.com, wait: 15m }
        - { tell: ben@example.com, wait: 30m }
        - { tell: ana@example.com }
`
  const sso = { triage: { component: 'sso', severity: 'P3' } } as InputOverrides
  const steps = ({ onCall }: Present['plan']) =>
    onCall.map(({ step, at, told: [first] }) => `${step} +${(at - NOW) / MINUTE_MS} ${first!.person}`)

  it('has new targets where it is', () => {
    const after = aLoadedPolicy(
      FOUR_TIER.replace('first_response: 2h, resolution_target: 8h', 'resolution_target: 6h'),
      '2',
    )
    const plan = replanOf(after, present(policy, sso), LATER)!
    expect(plan).toMatchObject({ tier: 2, policyVersion: '2', at: LATER })
    expect(plan.clocks.resolution!.target).toMatchObject({ minutes: 360, policyVersion: '2' })
    expect(plan.clocks).not.toHaveProperty('first-response')
  })

  it('has none when its tier or its queue is gone', () => {
    const before = present(policy, sso)
    const other = aLoadedPolicy(FOUR_TIER.replaceAll('identity', 'access'), '2')
    expect(replanOf(other, before, LATER)).toBeNull()
    const two = aLoadedPolicy(`escalation:
  tiers:
    - { level: 1, name: One, team: One }
    - { level: 3, name: Three, team: Three }
`)
    expect(replanOf(two, before, LATER)).toBeNull()
  })

  it('takes the targets of its rules as they are worded now', () => {
    const rule = (sla: string) =>
      FOUR_TIER.replace('set: { priority: urgent, tags: [at_risk] }', `set: { priority: urgent${sla} }`)
    const before = present(aLoadedPolicy(rule(', sla: { first_response: 10m }')), {
      triage: { severity: 'P3' },
      organization: { fields: { arr: 200_000, health_score: 20 } },
    } as InputOverrides)
    const minutesBy = (yaml: string) =>
      replanOf(aLoadedPolicy(yaml), before, LATER)!.clocks['first-response']!.target.minutes
    expect(minutesBy(rule(', sla: { first_response: 20m }'))).toBe(20)
    expect(minutesBy(rule(''))).toBe(120)
    expect(minutesBy(FOUR_TIER.replace('id: renewal-at-risk', 'id: another'))).toBe(120)
  })

  it('does not tell anybody twice, and goes on with the steps from where it is', () => {
    const before = present(aLoadedPolicy(STEPS), sso)
    expect(steps(before.plan)).toEqual(['0 +0 ana@example.com', '1 +15 ben@example.com', '2 +45 ana@example.com'])
    const after = aLoadedPolicy(
      STEPS.replace('tell: ana@example.com }', 'tell: cy@example.com }').replace('wait: 30m', 'wait: 20m'),
    )
    expect(steps(replanOf(after, before, NOW + 16 * MINUTE_MS)!)).toEqual([
      '0 +0 ana@example.com',
      '1 +15 ben@example.com',
      '2 +35 cy@example.com',
    ])
    expect(steps(replanOf(after, before, NOW + 40 * MINUTE_MS)!)).toEqual([
      '0 +0 ana@example.com',
      '1 +15 ben@example.com',
      '2 +40 cy@example.com',
    ])
  })

  it('begins steps that are new to it from now', () => {
    const plan = replanOf(aLoadedPolicy(STEPS), present(policy, sso), LATER)!
    expect(steps(plan)[0]).toBe('0 +60 ana@example.com')
  })

  it('says the same again under the same policy', () => {
    const before = present(aLoadedPolicy(STEPS, '1'), sso)
    expect(replanOf(aLoadedPolicy(STEPS, '1'), before, NOW)).toEqual(before.plan)
  })
})
