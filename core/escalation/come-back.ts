import { placeOf } from './comments.ts'
import { deadlineMoves } from './deadlines.ts'
import type { Means } from './facts.ts'
import { respondByClock } from './respond-by-clock.ts'
import { newRouting, routeTicket } from './route.ts'
import { type Doing, recordedAs } from './said.ts'
import { cameBack } from './send-back.ts'
import { type Escalation, type TicketState, withEscalation } from './state.ts'
import type { Step } from './step.ts'

/** A ticket that had been returned was moved to its queue again: what rested goes on, and what was asked is still owed. */
export function comeBack(state: TicketState, said: Doing, id: string, means: Means): Step {
  const { open, by, moment, fact } = said
  const { decision, returns } = open
  const back: Escalation = {
    ...cameBack(open, moment),
    stage: 'requested',
    stageSince: fact.at,
    routing: newRouting(id, state.ticketId, decision.group, true),
  }
  const after = withEscalation(state, back)
  const again = { ...back, respondBy: respondByClock(after, back, fact.at, means.calendarOf) }
  const { reason, missing } = returns.at(-1)!
  const asked = missing.length > 0 ? missing.join(', ') : reason.replaceAll('_', ' ')
  return {
    state: withEscalation(state, again),
    events: [
      recordedAs(said, { kind: 'came-back', via: 'move', tier: decision.tier, queue: decision.queue }),
      ...deadlineMoves(state, after, fact.at, means.calendarOf, `Moved to the queue again by ${by.name}`),
    ],
    effects: [
      routeTicket(state, again, {
        afterAuditId: fact.auditId,
        before: open,
        isThere: true,
        opening: `Moved to ${placeOf(again)} again by ${by.name}.`,
        closing: [`It had been returned (${asked}), and its note is as it was. Please complete it.`],
      }),
    ],
  }
}
