import { CLOCK_KINDS } from '../clock/targets.ts'
import type { TicketClock } from './clocks.ts'
import { compareMoments } from './moments.ts'
import { plannedEvents, stampOf } from './planned-events.ts'
import type { Moment, TicketState } from './state.ts'
import { ticketEvents } from './ticket-events.ts'

/**
 * The customer's clock: from the creation of the ticket, through every escalation, reopening and follow-up ticket, and
 * never set back. The first plan that names a target counts from the creation; later ones change the target, and one
 * that names none leaves what was promised. Null while nothing was promised.
 */
export function customerClock(state: TicketState): TicketClock | null {
  const promised = state.escalations
    .flatMap(({ handOvers }) => handOvers)
    .flatMap(({ plans }) => plans)
    .flatMap(({ plan, ...since }) => (plan.clocks.customer ? [{ ...since, planned: plan.clocks.customer }] : []))
    .toSorted(compareMoments)
  const [first, ...later] = promised
  if (!first) return null

  const begin = creationOf(state)!
  const { schedule, events } = plannedEvents([{ ...begin, planned: first.planned }, ...later], begin)!
  return {
    id: 'customer',
    name: 'customer',
    escalationId: null,
    handOver: null,
    tier: null,
    schedule,
    events: [...events, ...ticketEvents(state.moments, CLOCK_KINDS.customer), ...resolutions(state)],
  }
}

/** The creation of the ticket, or of the one it follows; else the first that is known of it. */
export function creationOf({ moments, escalations }: TicketState): Moment | null {
  const created = moments.filter(({ what }) => what === 'created')
  const known = created.length > 0 ? created : [...moments, ...escalations.flatMap(({ handOvers }) => handOvers)]
  const first = known.toSorted(compareMoments)[0]
  return first ? { at: first.at, order: first.order, by: first.by } : null
}

/** A resolved escalation stops the clock; another one on the same ticket lets it go on. */
function resolutions({ escalations }: TicketState): TicketClock['events'] {
  return escalations.flatMap(({ signals, handOvers }, index) => [
    ...(index > 0 ? handOvers.slice(0, 1).map((one) => ({ ...stampOf(one), kind: 'reopen' as const })) : []),
    ...signals
      .filter(({ signal }) => signal === 'resolved')
      .map((one) => ({ ...stampOf(one), kind: 'stop' as const, why: 'resolved' })),
  ])
}
