import { decide } from '../../core/decide/decide.ts'
import type { DecisionFacts } from '../../core/decide/decision.ts'
import { gatherFacts } from '../../core/decide/facts.ts'
import { DecisionInputDocument } from '../../core/decide/input.ts'
import { loadPolicy, type Policy } from '../../core/policy/load.ts'
import { readPreset } from '../../server/policy/preset.ts'
import type { BenchRow } from './row.ts'

const RULES = 100
const MIN_MS = 700

/** Decisions a second with 100 rules, against copying the facts through JSON in the same run. */
export function benchDecide(): BenchRow[] {
  const policy = policyWith(RULES)
  const facts = Array.from({ length: 64 }, (_, index) => factsOf(policy, index))
  const copies = perSecond((turn) => JSON.parse(JSON.stringify(facts[turn % facts.length])))
  const plain = perSecond((turn) => decide(policy, facts[turn % facts.length]!, { trace: false }))
  const traced = perSecond((turn) => decide(policy, facts[turn % facts.length]!))
  const conditions = policy.rules.reduce((sum, rule) => sum + rule.all.length + rule.any.length, 0)
  const size = `${RULES} rules, ${conditions} conditions, ${policy.urgency.length} urgency points`
  const reference = `JSON copy of the facts: ${rate(copies)}`
  return [
    { what: 'decision without trace', size, result: rate(plain), reference, ratio: plain / copies },
    { what: 'decision with full trace', size, result: rate(traced), reference, ratio: traced / copies },
  ]
}

function policyWith(count: number): Policy {
  const rules = Array.from({ length: count }, (_, index) => {
    const kinds = [
      `{ field: customer.arr, operator: greater_than, value: ${1_000_000 + index * 5_000} }`,
      `{ field: current_tags, operator: includes, value: "tag_${index} tag_${index + 1}" }`,
      `{ field: severity, operator: greater_than_equal, value: P${index % 4} }`,
    ]
    const conditions = [kinds[index % 3], kinds[(index + 1) % 3]]
    return `    - { id: rule-${index}, title: Rule ${index}, all: [${conditions.join(', ')}], set: { tags: [rule_${index}] } }`
  })
  const loaded = loadPolicy(
    `${readPreset('three-tier').replace(/ {2}rules:[\s\S]*?\n {2}urgency:/, `  rules:\n${rules.join('\n')}\n  urgency:`)}`,
  )
  if (!loaded.ok) throw new Error(loaded.problems[0]!.message)
  return loaded.policy
}

function factsOf(policy: Policy, index: number): DecisionFacts {
  const input = DecisionInputDocument.parse({
    ticket: {
      subject: 'SSO login fails',
      description: 'Users see an error. '.repeat(20),
      tags: ['vip', `tag_${index}`, 'eu'],
    },
    organization: {
      name: 'Acme',
      fields: { customer_tier: 'enterprise', arr: 120_000 + index * 20_000, health_score: index },
    },
    note: {
      issue: { summary: 'SAML assertion error' },
      triage: { severity: `P${index % 4}` as 'P0', duration_hours: index },
    },
  })
  return gatherFacts({ ...input, now: 1_772_790_000_000 }, policy)
}

let sink: unknown

/** Times a second of processor time: other programs on the machine don't count. */
function perSecond(work: (turn: number) => unknown): number {
  for (let turn = 0; turn < 5000; turn++) sink = work(turn)
  const start = process.cpuUsage()
  let turns = 0
  let spentMs = 0
  while (spentMs < MIN_MS) {
    for (let inner = 0; inner < 500; inner++) sink = work(turns++)
    const { user, system } = process.cpuUsage(start)
    spentMs = (user + system) / 1000
  }
  if (sink === undefined) throw new Error('Nothing was measured')
  return (turns / spentMs) * 1000
}

function rate(perSecondValue: number): string {
  return `${Math.round(perSecondValue / 1000)} k/s`
}
