import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { planFor } from '../../../core/clock/plan-for.ts'
import { decide } from '../../../core/decide/decide.ts'
import { gatherFacts } from '../../../core/decide/facts.ts'
import { handOnOf } from '../../../core/decide/hand-on.ts'
import type { Present } from '../../../core/decide/raise.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { aLoadedPolicy } from '../policy/policies.ts'
import { anInput, NOW } from './inputs.ts'

const FOUR_TIER = readFileSync(new URL('../../../core/policy/presets/four-tier.yaml', import.meta.url), 'utf8')
const policy = aLoadedPolicy(FOUR_TIER, '1')
const LATER = NOW + HOUR_MS

function atIdentity(): Present {
  const decision = decide(policy, gatherFacts(anInput({ triage: { component: 'sso', severity: 'P2' } }), policy))
  return { decision, plan: planFor(policy, { ...decision, customerTier: null }, NOW) }
}

function handOn(tier: number | null, queue: string) {
  return handOnOf(policy, atIdentity(), { tier, queue }, LATER)
}

describe('an escalation that somebody hands on', () => {
  it.each([
    ['up, to whoever looks after it there', 3, '', 3, 'security'],
    ['down, to the front line', 1, '', 1, 'support'],
    ['aside, to a queue by its id', null, 'data', 2, 'data'],
    ['to a queue by its name, however written', null, ' platform ENGINEERING ', 3, 'platform'],
    ['to where it is, which is not for the policy to judge', null, 'identity', 2, 'identity'],
    ['to a queue and its tier', 4, 'executive', 4, 'executive'],
  ])('goes %s', (_, tier, queue, level, id) => {
    const answer = handOn(tier, queue)
    expect(answer).toMatchObject({
      ok: true,
      target: { decision: { tier: level, queue: id, severity: 'P2' }, plan: { tier: level, at: LATER } },
    })
  })

  it.each([
    ['a queue that there is not', null, 'idenity', 'There is no queue “idenity”. Tier 1 has Support (support).'],
    ['a tier that there is not', 7, '', 'There is no tier 7. Tier 1 has'],
    ['nowhere', null, ' ', 'Say where it is to go. Tier 1 has'],
    ['a queue of another tier than the one named', 2, 'security', 'Security response is in tier 3, not in tier 2.'],
  ])('is told what there is when it is to go to %s', (_, tier, queue, message) => {
    const answer = handOn(tier, queue)
    expect(answer.ok ? '' : answer.message).toContain(message)
    expect(answer.ok ? '' : answer.message).toContain('Security response (security)')
  })
})
