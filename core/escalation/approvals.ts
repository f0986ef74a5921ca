import { approvalsWaitedFor } from '../decide/apply-rules.ts'
import type { Decision } from '../decide/decision.ts'
import type { Instant } from '../units.ts'
import type { Approval } from './life-state.ts'
import type { EventBody } from './said.ts'

/**
 * What a decision waits for, when a rule that fits needs somebody to agree. One that was answered already is not asked
 * for again.
 */
export function approvalAfter(decision: Decision, before: Approval | null, at: Instant): Approval | null {
  const [waiting] = approvalsWaitedFor(decision.trace)
  if (!waiting) return before?.state === 'pending' ? null : before
  if (before?.rule === waiting.rule) return before
  return { ...waiting, state: 'pending', at, by: null, comment: '' }
}

/** What is asked for that was not before. */
export function approvalAsked(now: Approval | null, before: Approval | null): EventBody[] {
  if (now?.state !== 'pending' || now === before) return []
  const { rule, title, of } = now
  return [{ kind: 'approval-asked', rule, title, of }]
}
