import type { DecisionFacts } from '../../../core/decide/decision.ts'
import { type DecisionInput, gatherFacts } from '../../../core/decide/facts.ts'
import { DecisionInputDocument } from '../../../core/decide/input.ts'
import type { Policy } from '../../../core/policy/policy.ts'

export const NOW = Date.parse('2026-03-06T10:00:00Z')

/** What is left out is as on an ordinary ticket in tier 1. */
export type InputOverrides = {
  ticket?: Partial<DecisionInput['ticket']>
  requester?: Partial<NonNullable<DecisionInput['requester']>>
  organization?: Partial<NonNullable<DecisionInput['organization']>>
  triage?: Partial<DecisionInput['note']['triage']>
  note?: object
} & Partial<Pick<DecisionInput, 'history' | 'currentTier' | 'sentiment' | 'impact' | 'approvals' | 'now'>>

export function anInput({ triage, note, ...rest }: InputOverrides = {}): DecisionInput {
  return { now: NOW, ...DecisionInputDocument.parse({ ...rest, note: { ...note, triage } }) } as DecisionInput
}

export function someFacts(policy: Policy, overrides: InputOverrides = {}): DecisionFacts {
  return gatherFacts(anInput(overrides), policy)
}
