import type { CalendarOf } from '../clock/sla.ts'
import type { Instant } from '../units.ts'
import { type Due, duesOf } from './countdowns.ts'
import { eventOf } from './due-event.ts'
import type { EscalationEvent } from './events.ts'
import type { Means, TickFact } from './facts.ts'
import { noticeAt } from './notice-hours.ts'
import { causeOf, raise } from './raise.ts'
import { nameOf } from './sentences.ts'
import { type Escalation, openEscalation, presentPlan, type TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'
import { tellTicket } from './tell.ts'

/**
 * Tells everything that fell due and was not told yet, in order, once: each in the record at its true instant, all in
 * one comment. At most one of them takes the escalation to the next tier, and that from now on: what came of looking
 * late is not held against the tier that takes over.
 */
export function evolveTick(state: TicketState, { at: askedFor, raise: next }: TickFact, means: Means): Step {
  // Servers whose clocks differ do not take time back.
  const at = Math.max(askedFor, state.toldUpTo)
  const open = openEscalation(state)
  if (!open) return unchanged(state)
  const looked = { ...state, toldUpTo: at }
  const reached = reachedIn(looked, means.calendarOf, at)
  if (reached.length === 0) return unchanged(looked)

  const told = withTold(looked, reached)
  const cause = causeOf(reached, open, state, at)
  const raised = cause && next ? raise(told, open, { next, cause, at }, means) : unchanged(told)
  // The tier that takes over may have somebody on call to be told at once.
  const atOnce = raised.state === told ? [] : reachedIn(raised.state, means.calendarOf, at)
  const dues = [...reached, ...atOnce]
  const notBefore = noticeAt(presentPlan(openEscalation(raised.state)!), dues, at, means.calendarOf)
  return {
    state: withTold(raised.state, atOnce),
    events: [
      ...reached.map((due) => eventOf(due, open, at)),
      ...raised.events,
      ...atOnce.map((due) => eventOf(due, open, at)),
      ...(notBefore === null ? [] : [deferral(open, dues, at, notBefore)]),
    ],
    effects: [...raised.effects, tellTicket(state, open, { dues, cause, next, at, notBefore })],
  }
}

function reachedIn(state: TicketState, calendarOf: CalendarOf, at: Instant): Due[] {
  return duesOf(state, calendarOf, at).filter((due) => due.at <= at)
}

function deferral({ id }: Escalation, dues: readonly Due[], at: Instant, until: Instant): EscalationEvent {
  return { kind: 'notice-deferred', at, escalationId: id, by: null, auditId: null, until, what: dues.map(nameOf) }
}

/** A repetition stands for those before it, so that a timer that repeats for months takes one place. */
function withTold(state: TicketState, dues: readonly Due[]): TicketState {
  const repeated = dues.flatMap(({ what, id }) => (what === 'timer' ? [id.slice(0, id.lastIndexOf('/') + 1)] : []))
  const kept = state.told.filter((id) => !repeated.some((series) => id.startsWith(series)))
  return { ...state, told: [...kept, ...dues.map(({ id }) => id)] }
}
