import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../core/decide/decide.ts'
import { IMPACTS, PRIORITY_ORDER, SENTIMENTS, STATUS_ORDER } from '../../../core/decide/fields.ts'
import { PRIORITIES, Severity } from '../../../core/severity.ts'
import { aLoadedPolicy } from '../policy/policies.ts'
import { TEMPLATE } from '../policy/template.ts'
import { type InputOverrides, someFacts } from './inputs.ts'

const preset = (name: string) =>
  readFileSync(new URL(`../../../core/policy/presets/${name}.yaml`, import.meta.url), 'utf8')
const policies = [aLoadedPolicy(TEMPLATE), aLoadedPolicy(preset('three-tier')), aLoadedPolicy(preset('four-tier'))]
const aPolicy = fc.constantFrom(...policies)

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

const anyOverrides: fc.Arbitrary<InputOverrides> = fc.record({
  ticket: fc.record({
    subject: fc.constantFrom('', 'SAML login fails', 'Invoice wrong', 'export of csv broken', 'hello'),
    status: fc.constantFrom(...STATUS_ORDER),
    priority: orNull(fc.constantFrom(...PRIORITY_ORDER)),
    tags: fc.array(fc.constantFrom('vip', 'eu', 'sso'), { maxLength: 3 }),
  }),
  organization: fc.record({
    fields: fc.record({
      customer_tier: orNull(fc.constantFrom('enterprise', 'premium', 'standard', 'other')),
      arr: orNull(fc.oneof(fc.nat(1_000_000), fc.constantFrom('$120,000', '90k', 'n/a'))),
      health_score: orNull(fc.nat(100)),
    }),
  }),
  triage: fc.record({
    severity: orNull(fc.constantFrom(...Severity.options)),
    category: fc.constantFrom('', 'outage', 'security', 'data_loss', 'bug', 'how_to', 'unheard-of'),
    component: fc.constantFrom('', 'sso', 'api', 'billing', 'unheard-of'),
    affected_customers: orNull(fc.nat(50)),
    duration_hours: orNull(fc.double({ min: 0, max: 100, noNaN: true })),
    needs_code: orNull(fc.boolean()),
  }),
  history: fc.record({ previousEscalations: fc.nat(5) }),
  currentTier: fc.integer({ min: 1, max: 4 }),
  sentiment: orNull(fc.constantFrom(...SENTIMENTS)),
  impact: orNull(fc.constantFrom(...IMPACTS)),
})

describe('a decision', () => {
  it('is the same for the same policy and facts', () => {
    fc.assert(
      fc.property(aPolicy, anyOverrides, (policy, overrides) => {
        const facts = someFacts(policy, overrides)
        expect(decide(policy, facts)).toEqual(decide(policy, someFacts(policy, overrides)))
      }),
    )
  })

  it('is the same without its trace', () => {
    fc.assert(
      fc.property(aPolicy, anyOverrides, (policy, overrides) => {
        const facts = someFacts(policy, overrides)
        expect(decide(policy, facts, { trace: false })).toEqual({ ...decide(policy, facts), trace: [] })
      }),
    )
  })

  it('goes up, or stays at the top', () => {
    fc.assert(
      fc.property(aPolicy, anyOverrides, (policy, overrides) => {
        const top = policy.tiers.at(-1)!.level
        const current = Math.min(overrides.currentTier!, top)
        const { tier } = decide(policy, someFacts(policy, { ...overrides, currentTier: current }))
        if (current === top) expect(tier).toBe(top)
        else expect(tier).toBeGreaterThan(current)
      }),
    )
  })

  it('scores the sum of its points, held between 0 and 100', () => {
    fc.assert(
      fc.property(aPolicy, anyOverrides, (policy, overrides) => {
        const { score, points, missed } = decide(policy, someFacts(policy, overrides)).urgency
        const sum = points.reduce((total, { points: worth }) => total + worth, 0)
        expect(score).toBe(Math.min(100, Math.max(0, sum)))
        expect([...points, ...missed].map(({ id }) => id).toSorted()).toEqual(
          policy.urgency.map(({ point }) => point.id).toSorted(),
        )
      }),
    )
  })

  it('is not moved by a tag no rule speaks of', () => {
    fc.assert(
      fc.property(aPolicy, anyOverrides, fc.stringMatching(/^unrelated_[a-z]{1,8}$/), (policy, overrides, tag) => {
        const tags = [...(overrides.ticket?.tags ?? []), tag]
        const tagged = { ...overrides, ticket: { ...overrides.ticket, tags } }
        const bare = (given: InputOverrides) => decide(policy, someFacts(policy, given), { trace: false })
        expect(bare(tagged)).toEqual(bare(overrides))
      }),
    )
  })

  it('never lowers the priority the ticket has', () => {
    fc.assert(
      fc.property(aPolicy, anyOverrides, fc.constantFrom(...PRIORITIES), (policy, overrides, priority) => {
        const facts = someFacts(policy, { ...overrides, ticket: { ...overrides.ticket, priority } })
        expect(PRIORITIES.indexOf(decide(policy, facts).priority)).toBeGreaterThanOrEqual(PRIORITIES.indexOf(priority))
      }),
    )
  })

  it('names a queue of its tier, and says why', () => {
    fc.assert(
      fc.property(aPolicy, anyOverrides, (policy, overrides) => {
        const decision = decide(policy, someFacts(policy, overrides))
        expect(policy.queueById[decision.queue]).toMatchObject({ tier: decision.tier, group: decision.group })
        expect(decision.reasons.length).toBeGreaterThan(0)
        for (const rule of policy.rules) expect(decision.trace.map((entry) => entry.rule)).toContain(rule.id)
      }),
    )
  })

  it('is never less severe than note and category say, unless a rule sets it', () => {
    fc.assert(
      fc.property(aPolicy, anyOverrides, (policy, overrides) => {
        const { severity } = decide(policy, someFacts(policy, overrides))
        const said = overrides.triage?.severity
        if (said) expect(Severity.options.indexOf(severity)).toBeLessThanOrEqual(Severity.options.indexOf(said))
      }),
    )
  })
})
