import { BATON_TAG } from '../contract/command.ts'
import { type RoutingWords, routingComment } from './comments.ts'
import type { RouteTicket, ShowStage } from './effects.ts'
import type { Escalation, RoutingState, TicketState } from './state.ts'

/** @param source id of the command, or of the raise, that it follows from */
export function newRouting(source: string, ticketId: number, group: string | null, isThere = false): RoutingState {
  const effectId = routeId(source, ticketId)
  const routing: RoutingState = {
    effectId,
    group,
    state: 'pending',
    reason: null,
    detail: null,
    attempts: 0,
    differences: [],
  }
  return isThere ? { ...routing, isThere } : routing
}

export type RouteCause = RoutingWords & {
  afterAuditId: number
  /** The same escalation as it was routed last; null when this is the first time. */
  before: Escalation | null
  /** Somebody moved the ticket there by hand, and whoever they assigned stays. */
  isThere?: boolean
}

/** The update that carries an escalation's decision to the ticket. */
export function routeTicket(
  { ticketId }: TicketState,
  escalation: Escalation,
  { afterAuditId, before, isThere = false, ...words }: RouteCause,
): RouteTicket {
  const { decision } = escalation
  const addTags = [...new Set([BATON_TAG, ...decision.tags])]
  // An earlier route that never arrived must still move the ticket.
  const isMoved =
    !before ||
    before.stage === 'returned' ||
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
    assignee: isMoved && !isThere ? null : 'keep',
    priority: decision.priority,
    addTags,
    removeTags: before ? before.decision.tags.filter((tag) => !addTags.includes(tag)) : [],
    fields: fieldsOf(escalation),
    comment: routingComment(escalation, isMoved, words),
  }
}

/** The update that takes the ticket back to the group and the person it came from. */
export function routeBack(
  { ticketId }: TicketState,
  escalation: Escalation,
  { afterAuditId, comment }: { afterAuditId: number; comment: string },
): RouteTicket {
  const { from, routing, decision } = escalation
  const group = routing.group ?? null
  return {
    kind: 'route-ticket',
    id: routing.effectId,
    escalationId: escalation.id,
    ticketId,
    afterAuditId,
    group,
    assignee: group === null ? 'keep' : (from.assigneeId ?? null),
    priority: decision.priority,
    addTags: [BATON_TAG],
    removeTags: [],
    fields: fieldsOf(escalation),
    comment,
  }
}

/** @param source id of the command, or of whatever else changed the stage */
export function showStage(
  { ticketId }: TicketState,
  { id, stage }: Escalation,
  { source, afterAuditId }: { source: string; afterAuditId: number },
): ShowStage {
  const effectId = `${source}.stage.${ticketId}`
  return { kind: 'show-stage', id: effectId, escalationId: id, ticketId, afterAuditId, fields: { stage } }
}

function fieldsOf({ id, stage, decision }: Escalation): Record<string, string> {
  return {
    tier: String(decision.tier),
    queue: decision.queue,
    stage,
    severity: decision.severity,
    urgency: String(decision.urgency.score),
    escalation_id: id,
  }
}

/** The ticket is part of it: a command id may turn up on two tickets, an effect id never. */
function routeId(source: string, ticketId: number): string {
  return `${source}.route.${ticketId}`
}
