import { describe, expect, it } from 'vitest'
import { decide } from '../../../core/decide/decide.ts'
import { Decision } from '../../../core/decide/decision.ts'
import { aLoadedPolicy, aPolicy, PLAIN } from '../policy/policies.ts'
import { TEMPLATE } from '../policy/template.ts'
import { type InputOverrides, someFacts } from './inputs.ts'

const OVERRIDES = `  severity_overrides:
    - { severity: P0, route_to: 3, notification: pagerduty }
    - { severity: P1, route_to: 3, notification: slack_oncall }
`
const QUEUES = `  queues:
    - { id: support, name: Support, tier: 1, group: Support }
    - { id: identity, name: Identity, tier: 2, group: Identity specialists, tags: [identity] }
    - { id: data, name: Data, tier: 2, group: Data specialists, default: true }
    - { id: platform, name: Platform, tier: 3, group: Platform engineering, components: [sso], default: true }
    - { id: security, name: Security, tier: 3, group: Security response }
  components:
    - { id: sso, name: SSO, queue: identity, keywords: [saml] }
  categories:
    - { id: security, severity: P1, queue: security }
    - { id: outage, severity: P0 }
    - bug
`

function decideOn(yaml: string, overrides: InputOverrides = {}): Decision {
  const policy = yaml.includes('\nescalation:') || yaml.startsWith('escalation:') ? aLoadedPolicy(yaml) : aPolicy(yaml)
  const decision = decide(policy, someFacts(policy, overrides))
  expect(Decision.parse(decision)).toEqual(decision)
  return decision
}

const traceOf = (decision: Decision, rule: string) => decision.trace.find((entry) => entry.rule === rule)

describe('the tier', () => {
  it('is the next one up when nothing else is asked for', () => {
    const decision = decideOn('')
    expect(decision).toMatchObject({ tier: 2, tierName: 'Specialists', group: 'Specialists' })
    expect(decision.reasons[0]).toBe('Tier 1 hands over to tier 2')
  })

  it.each([
    ['P0', 3],
    ['P1', 3],
    ['P2', 2],
    ['P3', 2],
  ] as const)('is skipped to by severity %s: %s', (severity, tier) => {
    const decision = decideOn(OVERRIDES, { triage: { severity } })
    expect(decision.tier).toBe(tier)
    expect(traceOf(decision, `severity-override:P0`)?.matched).toBe(severity === 'P0')
  })

  it('follows the template for outages, security incidents and data loss, whatever severity the note names', () => {
    for (const category of ['outage', 'security', 'data_loss']) {
      const decision = decideOn(TEMPLATE, { triage: { category, severity: 'P3' } })
      expect(decision.tier, category).toBe(3)
      expect(decision.reasons.join('; ')).toContain(`Category ${category} makes it at least`)
    }
  })

  it('names the channel of the severity', () => {
    expect(decideOn(OVERRIDES, { triage: { severity: 'P0' } }).notification).toBe('pagerduty')
    expect(decideOn(OVERRIDES, { triage: { severity: 'P2' } }).notification).toBeNull()
  })

  it('stays at the top', () => {
    const decision = decideOn(OVERRIDES, { currentTier: 3, triage: { severity: 'P0' } })
    expect(decision.tier).toBe(3)
    expect(decision.reasons[0]).toBe('Tier 3 is the highest; the ticket stays there')
  })

  it('goes on up when it is where the severity sends it already', () => {
    const four = `${PLAIN}    - { level: 4, name: Executive, team: Executives }\n${OVERRIDES}`
    const decision = decideOn(four, { currentTier: 3, triage: { severity: 'P0' } })
    expect(decision.tier).toBe(4)
    expect(decision.reasons[0]).toBe('Tier 3 hands over to tier 4')
  })

  it('follows escalates_to', () => {
    expect(decideOn(PLAIN.replace('level: 1,', 'level: 1, escalates_to: 3,')).tier).toBe(3)
  })

  it('is at least what the customer tier asks for', () => {
    const tiers =
      '  customer_tiers: { enterprise: { name: Enterprise, at_least_tier: 3, at_least_priority: urgent } }\n'
    const enterprise = { organization: { fields: { customer_tier: 'Enterprise' } } }
    const decision = decideOn(tiers, enterprise)
    expect(decision).toMatchObject({ tier: 3, priority: 'urgent' })
    expect(decision.reasons[0]).toBe('Enterprise customers go to tier 3 at least')
    expect(decideOn(tiers).tier).toBe(2)
  })

  it('heeds only the triggers the policy names, and the trace says why the others were skipped', () => {
    const manual = `${OVERRIDES}  trigger_model: [manual]\n  customer_tiers: { enterprise: { at_least_tier: 3 } }\n`
    const decision = decideOn(manual, {
      triage: { severity: 'P0' },
      organization: { fields: { customer_tier: 'enterprise' } },
    })
    expect(decision).toMatchObject({ tier: 2, notification: null })
    expect(traceOf(decision, 'severity-override:P0')?.skipped).toBe('The trigger model does not name "severity"')
    expect(traceOf(decision, 'customer-tier:enterprise')?.skipped).toBe(
      'The trigger model does not name "customer_tier"',
    )
  })
})

describe('the queue', () => {
  it('is the one that looks after the component in that tier', () => {
    expect(decideOn(QUEUES, { triage: { component: 'sso' } })).toMatchObject({
      queue: 'identity',
      group: 'Identity specialists',
      tags: ['baton_tier_2', 'baton_queue_identity', 'identity'],
    })
    expect(decideOn(QUEUES, { triage: { component: 'sso' }, currentTier: 2 }).queue).toBe('platform')
  })

  it('is found by a guess, which the reason admits', () => {
    const decision = decideOn(QUEUES, { ticket: { subject: 'SAML assertion rejected' } })
    expect(decision.queue).toBe('identity')
    expect(decision.reasons).toContain('Component SSO (guessed from "saml") belongs to Identity')
  })

  it('is the default where nothing says more', () => {
    expect(decideOn(QUEUES).queue).toBe('data')
  })

  it('is the category’s own, which raises the tier too', () => {
    const decision = decideOn(QUEUES, { triage: { category: 'security', component: 'sso' } })
    expect(decision).toMatchObject({ tier: 3, queue: 'security', severity: 'P1' })
    expect(traceOf(decision, 'queue:component:sso')?.skipped).toBe('Security was chosen already')
  })

  it('is not one of a tier the ticket does not go to', () => {
    const rules = `${QUEUES}${OVERRIDES}  rules:
    - { id: vip, title: VIP to Identity, all: [{ field: current_tags, operator: includes, value: vip }], set: { queue: identity } }
`
    const vip = { ticket: { tags: ['vip'] } }
    expect(decideOn(rules, vip).queue).toBe('identity')
    const severe = decideOn(rules, { ...vip, triage: { severity: 'P0' } })
    expect(severe).toMatchObject({ tier: 3, queue: 'platform' })
    expect(traceOf(severe, 'queue:rule:vip')?.skipped).toBe('Identity is in tier 2; the ticket goes to tier 3')
  })
})

describe('the rules', () => {
  const rule = (id: string, set: string, field = 'current_tags', operator = 'includes', value = 'vip') =>
    `    - { id: ${id}, title: ${id.toUpperCase()}, all: [{ field: ${field}, operator: ${operator}, value: ${value} }], set: ${set} }\n`
  const vip = { ticket: { tags: ['vip'] } }

  it('are tried in order: the first that names a thing sets it, and tags add up', () => {
    const rules = `  rules:\n${rule('a', '{ priority: high, tags: [one] }')}${rule('b', '{ priority: urgent, tier: 3, tags: [two] }')}${rule('c', '{ tier: 2 }')}`
    const decision = decideOn(rules, vip)
    expect(decision).toMatchObject({ tier: 3, priority: 'high' })
    expect(decision.tags).toEqual(['baton_tier_3', 'baton_queue_engineering', 'one', 'two'])
    expect(traceOf(decision, 'b')?.set).toEqual({ tier: '3', tags: 'two' })
    expect(traceOf(decision, 'c')).toMatchObject({ matched: true, set: {}, skipped: 'An earlier rule set all of this' })
  })

  it('that do not match are in the trace with what they saw', () => {
    const decision = decideOn(`  rules:\n${rule('a', '{ tier: 3 }')}`, { ticket: { tags: ['eu'] } })
    expect(traceOf(decision, 'a')).toEqual({
      rule: 'a',
      title: 'A',
      matched: false,
      set: {},
      all: [{ field: 'current_tags', operator: 'includes', value: 'vip', observed: ['eu'], held: false }],
      any: [],
      skipped: null,
    })
  })

  it('that are not active are skipped', () => {
    const decision = decideOn(
      `  rules:\n${rule('a', '{ tier: 3 }').replace('{ id: a,', '{ id: a, active: false,')}`,
      vip,
    )
    expect(decision.tier).toBe(2)
    expect(traceOf(decision, 'a')?.skipped).toBe('Not active')
  })

  it('need every "all" and one "any"', () => {
    const rules = `  rules:
    - id: both
      title: Both
      all: [{ field: status, operator: is, value: open }]
      any: [{ field: type, operator: is, value: incident }, { field: current_tags, operator: includes, value: vip }]
      set: { tier: 3 }
`
    expect(decideOn(rules, { ticket: { status: 'open', tags: ['vip'] } }).tier).toBe(3)
    expect(decideOn(rules, { ticket: { status: 'open', type: 'incident' } }).tier).toBe(3)
    expect(decideOn(rules, { ticket: { status: 'open' } }).tier).toBe(2)
    expect(decideOn(rules, { ticket: { status: 'pending', tags: ['vip'] } }).tier).toBe(2)
  })

  it('that set a severity change what follows from it', () => {
    const decision = decideOn(`${OVERRIDES}  rules:\n${rule('a', '{ severity: P0 }')}`, vip)
    expect(decision).toMatchObject({ severity: 'P0', tier: 3, notification: 'pagerduty', priority: 'urgent' })
    expect(decision.urgency.points.map(({ id }) => id)).toContain('severity-p0')
    expect(decision.reasons).toContain('"A" makes it P0')
  })

  it('cannot send a ticket down, nor below where its severity goes', () => {
    const rules = `${OVERRIDES}  rules:\n${rule('a', '{ tier: 1 }')}`
    expect(decideOn(rules, vip).tier).toBe(2)
    expect(decideOn(rules.replace('tier: 1', 'tier: 2'), { ...vip, triage: { severity: 'P1' } }).tier).toBe(3)
  })

  it('that need an approval wait for it', () => {
    const rules = `  rules:\n${rule('exec', '{ tier: 3, approval: Director }')}`
    const waiting = decideOn(rules, vip)
    expect(waiting.tier).toBe(2)
    expect(waiting.reasons).toContain('"EXEC" waits for the approval of Director')
    expect(traceOf(waiting, 'exec')).toMatchObject({
      matched: true,
      set: {},
      skipped: 'Waits for the approval of Director',
    })
    expect(decideOn(rules, { ...vip, approvals: ['exec'] }).tier).toBe(3)
  })
})

describe('the targets', () => {
  const variants = PLAIN.replace(
    'sla: { first_response: 1h, resolution_target: 4h }',
    `sla: { first_response: 1h, resolution_target: 4h, variants: [
        { severity: [P0, P1], first_response: 30m }, { customer_tier: premium, first_response: 45m, resolution_target: 2h }] }`,
  )
  const policy = `${variants}${OVERRIDES}  customer_tiers: { premium: { at_least_tier: 3 } }\n`
  const premium = { organization: { fields: { customer_tier: 'premium' } } }

  it.each([
    ['the tier', { currentTier: 2 }, { firstResponse: 60, resolution: 240 }],
    ['the variant of a severity', { triage: { severity: 'P0' } }, { firstResponse: 30, resolution: 240 }],
    ['the variant of a customer tier', premium, { firstResponse: 45, resolution: 120 }],
    [
      'the first variant that names one',
      { ...premium, triage: { severity: 'P1' } },
      { firstResponse: 30, resolution: 120 },
    ],
  ] as [string, InputOverrides, object][])('are those of %s', (_, overrides, targets) => {
    expect(decideOn(policy, overrides).targets).toEqual(targets)
  })

  it('are a rule’s before any other', () => {
    const rules = `${policy}  rules:
    - { id: now, title: Now, all: [{ field: severity, operator: is, value: P0 }], set: { sla: { first_response: 10m } } }
`
    expect(decideOn(rules, { triage: { severity: 'P0' } }).targets).toEqual({ firstResponse: 10, resolution: 240 })
  })

  it('are not invented where the policy names none', () => {
    expect(decideOn(PLAIN.replace(', sla: { first_response: 2h, resolution_target: 8h }', '')).targets).toEqual({
      firstResponse: null,
      resolution: null,
    })
  })
})

describe('the priority', () => {
  it.each([
    ['P0', null, 'urgent'],
    ['P2', null, 'high'],
    ['P3', null, 'normal'],
    ['P3', 'urgent', 'urgent'],
    ['P1', 'low', 'urgent'],
  ] as const)('of severity %s on a ticket of priority %s is %s', (severity, priority, expected) => {
    expect(decideOn('', { triage: { severity }, ticket: { priority } }).priority).toBe(expected)
  })

  it('of a severity is the policy’s', () => {
    const decision = decideOn('  severities: [{ severity: P1, priority: high }]\n', { triage: { severity: 'P1' } })
    expect(decision.priority).toBe('high')
  })
})

it('a long text is cut in the trace, never in the condition', () => {
  const yaml = `  rules:
    - { id: end, title: End, all: [{ field: note.log_excerpts, operator: includes_string, value: needle }], set: { tier: 3 } }
`
  const decision = decideOn(yaml, { note: { diagnostics: { log_excerpts: `${'x'.repeat(5000)} needle` } } })
  expect(decision.tier).toBe(3)
  expect(String(traceOf(decision, 'end')?.all[0]?.observed)).toMatch(/^x{200}… \(5007 characters\)$/)
})
