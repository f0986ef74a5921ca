import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DetermineInput, determineEscalation, UnknownTier } from '../../../core/decide/determine.ts'
import { aLoadedPolicy } from '../policy/policies.ts'
import { TEMPLATE } from '../policy/template.ts'

const preset = (name: string) =>
  aLoadedPolicy(readFileSync(new URL(`../../../core/policy/presets/${name}.yaml`, import.meta.url), 'utf8'))

const parameters = {
  issue: {
    id: 'TICKET-12345',
    severity: 'high',
    impact: 'multiple_customers',
    duration_hours: 4,
    current_tier: 1,
  },
  customer: { segment: 'enterprise', health_score: 45, contract_value: 500_000 },
  context: { previous_escalations: 2, customer_sentiment: 'frustrated' },
}
const wrapped = { skill: 'escalation-workflow', action: 'determine-escalation', parameters }

describe('determine-escalation', () => {
  it('answers the skill’s own example with a tier, targets and reasons', () => {
    const decision = determineEscalation(preset('four-tier'), DetermineInput.parse(wrapped))
    expect(decision).toMatchObject({
      tier: 3,
      tierName: 'Engineering',
      group: 'Platform engineering',
      severity: 'P1',
      priority: 'urgent',
      targets: { firstResponse: 60 },
      stakeholders: ['Engineering Lead', 'CSM'],
      urgency: { score: 100 },
    })
    expect(decision.reasons).toContain('Severity P1 goes to tier 3')
    expect(decision.reasons).toContain('"Several customers are affected" sends it to tier 3')
    expect(decision.urgency.points.map(({ id, points }) => [id, points])).toEqual([
      ['severity-p1', 35],
      ['many-customers', 15],
      ['lasting', 10],
      ['again', 10],
      ['enterprise', 10],
      ['large-customer', 10],
      ['frail-customer', 10],
      ['upset', 5],
    ])
  })

  it('answers it by the workflow template too', () => {
    const decision = determineEscalation(aLoadedPolicy(TEMPLATE), DetermineInput.parse(wrapped))
    expect(decision).toMatchObject({ tier: 3, group: 'engineering-oncall', notification: 'slack_oncall' })
  })

  it('takes the parameters without the wrapper', () => {
    expect(DetermineInput.parse(parameters)).toEqual(DetermineInput.parse(wrapped))
  })

  it('makes do with an id and a severity', () => {
    const decision = determineEscalation(
      preset('three-tier'),
      DetermineInput.parse({ issue: { id: 7, severity: 'low' } }),
    )
    expect(decision).toMatchObject({ tier: 2, severity: 'P3', urgency: { score: 0 } })
  })

  it.each([
    ['critical', 'P0', 3],
    ['high', 'P1', 3],
    ['medium', 'P2', 2],
    ['low', 'P3', 2],
    ['P0', 'P0', 3],
  ])('takes severity %s as %s, which goes to tier %i', (severity, ours, tier) => {
    const input = DetermineInput.parse({ issue: { id: 'T', severity } })
    expect(determineEscalation(preset('three-tier'), input)).toMatchObject({ severity: ours, tier })
  })

  it('guards the executive desk with an approval', () => {
    const input = DetermineInput.parse({ ...parameters, issue: { ...parameters.issue, severity: 'critical' } })
    const decision = determineEscalation(preset('four-tier'), input)
    expect(decision.tier).toBe(3)
    expect(decision.reasons).toContain('"Business critical for a large customer" waits for the approval of Director')
  })

  it.each([
    ['severity', { ...parameters, issue: { ...parameters.issue, severity: 'huge' } }, 'issue.severity', 'critical'],
    ['impact', { ...parameters, issue: { ...parameters.issue, impact: 'some' } }, 'issue.impact', 'multiple_customers'],
    [
      'sentiment',
      { ...parameters, context: { customer_sentiment: 'meh' } },
      'context.customer_sentiment',
      'frustrated',
    ],
    ['tier', { ...parameters, issue: { ...parameters.issue, current_tier: 7 } }, 'issue.current_tier', '1 to 4'],
    [
      'duration',
      { ...parameters, issue: { ...parameters.issue, duration_hours: -1 } },
      'issue.duration_hours',
      'negative',
    ],
    ['key', { ...parameters, contxt: {} }, '', 'contxt'],
    ['action', { ...wrapped, action: 'track-progress' }, 'action', 'determine-escalation'],
    ['missing issue', { customer: {} }, 'issue', ''],
  ])('refuses an unknown %s and says what it takes', (_, given, path, told) => {
    const { error } = DetermineInput.safeParse(given)
    expect(error?.issues[0]?.path.join('.')).toBe(path)
    expect(error?.issues[0]?.message).toContain(told)
  })

  it('refuses a tier the policy does not have', () => {
    const input = DetermineInput.parse({ issue: { id: 'T', severity: 'low', current_tier: 4 } })
    expect(() => determineEscalation(preset('three-tier'), input)).toThrow(UnknownTier)
  })
})
