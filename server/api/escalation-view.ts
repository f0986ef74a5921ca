import type { EscalationView, RefusedCommand, Stopped } from '../../core/contract/api.ts'
import type { LifeView } from '../../core/contract/life.ts'
import { type Escalation, openEscalation, type Refusal, type TicketState } from '../../core/escalation/state.ts'

/** The open escalation, or the last closed one, as the sidebar shows it. */
export function viewOf(state: TicketState, lifeOf: (escalation: Escalation) => LifeView): EscalationView | null {
  const escalation = openEscalation(state) ?? state.escalations.at(-1)
  return escalation ? show(escalation, lifeOf(escalation)) : null
}

/** What was refused since the escalation that is shown, oldest first; older refusals are settled. */
export function refusalsOf({ refusals }: TicketState, most = 20): RefusedCommand[] {
  return refusals.slice(-most).map(({ at, ...refusal }: Refusal) => ({ ...refusal, at: new Date(at).toISOString() }))
}

/** Told while nothing was escalated since. */
export function stoppedOf({ stopped, escalations }: TicketState): Stopped | null {
  const last = escalations.at(-1)
  if (stopped === null || (last && last.requestedAt >= stopped.at)) return null
  return { ...stopped, at: new Date(stopped.at).toISOString(), past: null }
}

function show(escalation: Escalation, life: LifeView): EscalationView {
  const { id, stage, note, owed, decision, requestedBy, requestedAt, respondBy, routing } = escalation
  const { state, reason, detail, attempts } = routing
  return {
    id,
    stage,
    note,
    owed,
    decision,
    requestedBy,
    requestedAt: new Date(requestedAt).toISOString(),
    respondBy: respondBy === null ? null : new Date(respondBy).toISOString(),
    routing: { state, reason, detail, attempts },
    life,
  }
}
