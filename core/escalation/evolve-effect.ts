import type { EscalationEvent } from './events.ts'
import type { EffectFact } from './facts.ts'
import { type Escalation, type RoutingState, type TicketState, withEscalation } from './state.ts'
import { type Step, unchanged } from './step.ts'

type Outcome = EffectFact['outcome']
type Told = { routing: RoutingState; event: EventBody }
type EventBody = EscalationEvent extends infer E ? (E extends unknown ? Omit<E, keyof Common> : never) : never
type Common = Pick<EscalationEvent, 'at' | 'escalationId' | 'by' | 'auditId'>

/**
 * The outcome of an effect. Arrival and refusal are final, so an outcome told twice, or late, changes nothing; one of
 * an update that a newer one has replaced only leaves a trace when its comment had been public.
 */
export function evolveEffect(state: TicketState, { effectId, at, outcome }: EffectFact): Step {
  const escalation = state.escalations.find(({ routing }) => routing.effectId === effectId)
  const told = escalation && tell(escalation, outcome)
  const common = { at, escalationId: escalation?.id ?? null, by: null, auditId: null }
  const events: EscalationEvent[] = []
  if (told) events.push({ ...common, ...told.event })
  if (outcome.state === 'done' && outcome.wasPublic && (told || !escalation)) {
    events.push({ ...common, kind: 'comment-was-public', effectId })
  }
  return {
    ...unchanged(told ? withEscalation(state, { ...escalation, routing: told.routing }) : state),
    events,
  }
}

function tell({ routing, decision }: Escalation, outcome: Outcome): Told | null {
  const isFinal = routing.state === 'done' || routing.state === 'differs' || routing.state === 'refused'
  if (isFinal) return null

  switch (outcome.state) {
    case 'done': {
      const { differences } = outcome
      const state = differences.length > 0 ? 'differs' : 'done'
      const detail = differences.map((d) => `${d.field}: asked ${d.asked}, got ${d.returned}`).join('; ') || null
      return {
        routing: { ...routing, state, reason: null, detail, differences },
        event: { kind: 'routed', group: routing.group === undefined ? decision.group : routing.group, differences },
      }
    }
    case 'refused': {
      const { reason, detail } = outcome
      return {
        routing: { ...routing, state: 'refused', reason, detail },
        event: { kind: 'routing-refused', reason, detail },
      }
    }
    case 'retrying': {
      const { reason, detail, attempts } = outcome
      if (routing.state !== 'pending' || attempts <= routing.attempts) return null
      return {
        routing: { ...routing, reason, detail, attempts },
        event: { kind: 'routing-delayed', reason, detail, attempts },
      }
    }
    case 'failed': {
      const { reason, detail, attempts } = outcome
      if (routing.state === 'failed') return null
      return {
        routing: { ...routing, state: 'failed', reason, detail, attempts },
        event: { kind: 'routing-failed', reason, detail, attempts },
      }
    }
  }
}
