import type { ReturnReason } from './life-state.ts'
import { newRouting, routeBack } from './route.ts'
import { type Doing, type EventBody, recordedAs } from './said.ts'
import { type Escalation, type Moment, type TicketState, withEscalation } from './state.ts'
import type { Step } from './step.ts'

export type SendBack = {
  id: string
  reason: ReturnReason
  missing: string[]
  explanation: string
  /** Somebody moved the ticket back by hand. */
  isThere: boolean
}

/**
 * Sends it back to the group and the person it came from. It stays open and waits for them to complete the note; until
 * then the clocks of the tier rest.
 */
export function sendBack(
  state: TicketState,
  said: Doing,
  { id, reason, missing, explanation, isThere }: SendBack,
): Step {
  const { open, by, moment, fact } = said
  const toGroup = isThere ? null : open.from.groupName
  const returned: Escalation = {
    ...open,
    stage: 'returned',
    stageSince: fact.at,
    owner: null,
    estimate: null,
    returns: [...open.returns, { ...moment, person: by, reason, missing, explanation, cameBack: null }],
    routing: newRouting(id, state.ticketId, toGroup),
  }
  const comment = returnComment(returned, by.name)
  const body: EventBody = { kind: 'returned', reason, missing, explanation, toGroup: open.from.groupName }
  return {
    state: withEscalation(state, returned),
    events: [recordedAs(said, body)],
    effects: [routeBack(state, returned, { afterAuditId: fact.auditId, comment })],
  }
}

/** The same escalation as the tier gets it again; what rested goes on. */
export function cameBack(escalation: Escalation, moment: Moment): Escalation {
  const last = escalation.returns.at(-1)
  if (!last || last.cameBack !== null) return escalation
  const { at, order, by } = moment
  return {
    ...escalation,
    returns: [...escalation.returns.slice(0, -1), { ...last, cameBack: { at, order, by } }],
  }
}

function returnComment({ id, from, requestedBy, decision, returns }: Escalation, name: string): string {
  const { reason, missing, explanation } = returns.at(-1)!
  return [
    `Returned to ${from.groupName ?? requestedBy.name} by ${name}: ${reason.replaceAll('_', ' ')}.`,
    ...(missing.length > 0 ? [`Missing: ${missing.join(', ')}.`] : []),
    ...(explanation ? [explanation] : []),
    '',
    `${requestedBy.name}, complete the note and it goes to ${decision.queueName} again, or withdraw ${id}. ` +
      `The clocks of tier ${decision.tier} rest until then; the customer’s goes on.`,
  ].join('\n')
}
