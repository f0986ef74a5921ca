import type { CalendarOf } from '../../core/clock/sla.ts'
import { evolveAll } from '../../core/escalation/evolve.ts'
import type { TicketMoment, TicketState } from '../../core/escalation/state.ts'
import { ZendeskError } from '../zendesk/error.ts'
import { readFacts, type Sources } from './read-facts.ts'

export type ClosedTickets = Omit<Sources, 'momentsOf'> & {
  stateOf(ticketId: number): Promise<TicketState>
  calendarOf: CalendarOf
}

/** A customer who comes back and back again: what lies further behind moves no clock that still counts. */
const LONGEST_CHAIN = 10

/**
 * Everything that moved the clocks of a closed ticket which another one follows, up to its end, also when no webhook ever
 * told of it. Nothing is kept: the ticket itself is looked at when there is reason to.
 */
export async function momentsOf(ticketId: number, sources: ClosedTickets, depth = 1): Promise<TicketMoment[]> {
  if (depth > LONGEST_CHAIN) return []
  const state = await sources.stateOf(ticketId)
  try {
    const further = (id: number) => momentsOf(id, sources, depth + 1)
    const facts = await readFacts(state, { ...sources, momentsOf: further })
    // Its commands and hand-overs are its own affair.
    const changes = facts.filter((fact) => fact.kind === 'ticket' && fact.change.what !== 'group')
    return evolveAll(state, changes, { allot: refuseToAllot, calendarOf: sources.calendarOf }).state.moments
  } catch (error) {
    if (error instanceof ZendeskError && error.failure === 'not-found') return state.moments
    throw error
  }
}

function refuseToAllot(): never {
  throw new Error('A ticket without commands begins no escalation')
}
