import type { CancelReason } from '../clock/clock-event.ts'
import type { Author, GoneFact, Means } from './facts.ts'
import { momentAfter, recorded } from './moments.ts'
import { type Escalation, type Moment, openEscalation, type TicketState, withEscalation } from './state.ts'
import { type Step, unchanged } from './step.ts'
import { untoldBy } from './untold.ts'

/** Zendesk no longer shows the ticket, so nothing more can come of its escalation. */
export function evolveGone(state: TicketState, { at }: GoneFact, means: Means): Step {
  const isKnown = state.moments.some((moment) => moment.what === 'ended' && moment.why === 'deleted')
  if (isKnown) return unchanged(state)
  return endEscalation(state, { ...momentAfter(state, at, null), auditId: null, person: null, why: 'deleted' }, means)
}

type End = Moment & {
  why: CancelReason & ('closed' | 'deleted' | 'merged')
  person: Pick<Author, 'id' | 'name'> | null
  auditId: number | null
}

/**
 * Ends the clocks of the ticket and its open escalation, if any. Nothing is told any more; warnings and breaches that
 * came before the end are only recorded. A route that has not arrived shows that it no longer can.
 */
export function endEscalation(state: TicketState, { at, order, by, why, person, auditId }: End, means: Means): Step {
  const ended = recorded(state, { at, order, by, what: 'ended', why })
  const open = openEscalation(state)
  if (!open) return unchanged(ended)

  const untold = untoldBy(state, open, at, means)
  const closed: Escalation = { ...open, stage: 'closed', stageSince: at, routing: routingAfter(open, why) }
  return {
    state: withEscalation({ ...ended, told: [...ended.told, ...untold.ids] }, closed),
    events: [...untold.events, { kind: 'ticket-ended', at, escalationId: open.id, by: person, auditId, status: why }],
    effects: [],
  }
}

function routingAfter({ routing }: Escalation, why: string): Escalation['routing'] {
  if (routing.state !== 'pending' && routing.state !== 'failed') return routing
  return {
    ...routing,
    state: 'refused',
    reason: `ticket-${why}`,
    detail: `The ticket was ${why} before it could be routed. Escalate from a follow-up ticket if it is still needed.`,
  }
}
