import type { DetermineResult } from '../../core/contract/skill.ts'
import { type DetermineInput, determineEscalation, UnknownTier } from '../../core/decide/determine.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import { Refusal } from '../http/refusal.ts'

/** Answers `determine-escalation` by the policy in force. The issue need not be a ticket of ours; none is read. */
export function determine(policy: Policy, input: DetermineInput, now: Instant): DetermineResult {
  const { id, current_tier } = input.issue
  try {
    const decision = determineEscalation(policy, input, now)
    return { action: 'determine-escalation', issue_id: id, escalate: decision.tier > current_tier, decision }
  } catch (error) {
    if (!(error instanceof UnknownTier)) throw error
    const details = [{ path: 'issue.current_tier', message: error.message }]
    throw new Refusal(422, 'invalid', 'Some values are not as they must be.', details)
  }
}
