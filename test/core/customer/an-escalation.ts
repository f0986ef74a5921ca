import { newLife } from '../../../core/escalation/life-state.ts'
import type { Escalation } from '../../../core/escalation/state.ts'
import { emptyNote } from '../../../core/note/note.ts'
import { aDecision, aPlan, NINE } from '../escalation/facts.ts'

/** Asked for at nine on Friday 2026-03-06, in tier 2, nobody has it yet. */
export function anEscalation(overrides: Partial<Escalation> = {}): Escalation {
  const { requestedAt = NINE, decision = aDecision() } = overrides
  const moment = { at: requestedAt, order: 0, by: 'Ana Lindqvist' }
  const plan = aPlan({ tier: decision.tier, severity: decision.severity, at: requestedAt })
  return {
    ...newLife(),
    id: 'ESC-2026-000001',
    commandId: 'A'.repeat(26),
    stage: 'requested',
    note: emptyNote(),
    decision,
    owed: [],
    requestedBy: { id: 11, name: 'Ana Lindqvist' },
    requestedAt,
    respondBy: requestedAt + 3_600_000,
    handOvers: [
      { ...moment, tier: decision.tier, queue: decision.queue, raisedFor: null, plans: [{ ...moment, plan }] },
    ],
    signals: [],
    stageSince: requestedAt,
    from: { groupName: 'Support', tier: 1, priority: 'normal', tags: [] },
    routing: { effectId: 'e1', state: 'done', reason: null, detail: null, attempts: 1, differences: [] },
    ...overrides,
  }
}
