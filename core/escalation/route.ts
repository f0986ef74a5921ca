import { BATON_TAG } from '../contract/command.ts'
import { routingComment } from './comments.ts'
import type { RouteTicket } from './effects.ts'
import type { Escalation, RoutingState, TicketState } from './state.ts'

/** @param source id of the command, or of the raise, that it follows from */
export function newRouting(source: string, ticketId: number, group: string | null): RoutingState {
  const effectId = routeId(source, ticketId)
  return { effectId, group, state: 'pending', reason: null, detail: null, attempts: 0, differences: [] }
}

export type RouteCause = {
  afterAuditId: number
  /** The same escalation as it was routed last; null when this is the first time. */
  before: Escalation | null
  /** Why Baton does it by itself. */
  because?: string
}

/** The update that carries an escalation's decision to the ticket. */
export function routeTicket(
  { ticketId }: TicketState,
  escalation: Escalation,
  { afterAuditId, before, because }: RouteCause,
): RouteTicket {
  const { decision } = escalation
  const addTags = [...new Set([BATON_TAG, ...decision.tags])]
  // An earlier route that never arrived must still move the ticket.
  const isMoved =
    !before ||
    !['done', 'differs'].includes(before.routing.state) ||
    before.decision.queue !== decision.queue ||
    before.decision.tier !== decision.tier ||
    before.decision.group !== decision.group
  return {
    kind: 'route-ticket',
    id: escalation.routing.effectId,
    escalationId: escalation.id,
    ticketId,
    afterAuditId,
    group: isMoved ? decision.group : null,
    assignee: isMoved ? null : 'keep',
    priority: decision.priority,
    addTags,
    removeTags: before ? before.decision.tags.filter((tag) => !addTags.includes(tag)) : [],
    fields: {
      tier: String(decision.tier),
      queue: decision.queue,
      stage: escalation.stage,
      severity: decision.severity,
      urgency: String(decision.urgency.score),
      escalation_id: escalation.id,
    },
    comment: routingComment(escalation, isMoved, because),
  }
}

/** The ticket is part of it: a command id may turn up on two tickets, an effect id never. */
function routeId(source: string, ticketId: number): string {
  return `${source}.route.${ticketId}`
}
