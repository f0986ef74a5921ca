import type { Means } from './facts.ts'
import type { Ending } from './life-state.ts'
import { newRouting, routeBack } from './route.ts'
import { type Doing, type EventBody, recordedAs } from './said.ts'
import { type Escalation, type TicketState, withEscalation } from './state.ts'
import type { Step } from './step.ts'
import { untoldBy } from './untold.ts'

export type Finish = {
  /** Of what it follows from. */
  id: string
  how: Ending['how']
  ending: Pick<Ending, 'rationale' | 'customerConfirmed' | 'missing'>
  body: EventBody
  /** Somebody moved the ticket back by hand. */
  isThere: boolean
  comment: string
}

/**
 * Ends the episode by a decision of a person: the ticket goes back to the group and the person it came from, and the
 * clocks of the tier end. What fell due before and was not told is only recorded.
 */
export function finish(
  state: TicketState,
  said: Doing,
  { id, how, ending, body, isThere, comment }: Finish,
  means: Means,
): Step {
  const { open, by, fact } = said
  const untold = untoldBy(state, open, fact.at, means)
  const over: Escalation = {
    ...open,
    stage: how === 'rejected' ? 'rejected' : 'closed',
    stageSince: fact.at,
    ending: { at: fact.at, by, how, ...ending },
    routing: newRouting(id, state.ticketId, isThere ? null : open.from.groupName),
  }
  return {
    state: withEscalation({ ...state, told: [...state.told, ...untold.ids] }, over),
    events: [...untold.events, recordedAs(said, body)],
    effects: [routeBack(state, over, { afterAuditId: fact.auditId, comment })],
  }
}
