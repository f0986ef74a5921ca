import { type Due, duesOf } from './countdowns.ts'
import { eventOf } from './due-event.ts'
import type { Means, TickFact } from './facts.ts'
import { noticeAt } from './notice-hours.ts'
import { causeOf, raise } from './raise.ts'
import { nameOf } from './sentences.ts'
import { openEscalation, presentPlan, type TicketState } from './state.ts'
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
  const dues = duesOf(state, means.calendarOf, at).filter((due) => due.at <= at)
  if (dues.length === 0) return unchanged(looked)

  const told = { ...looked, told: withTold(state.told, dues) }
  const cause = causeOf(dues, open, state, at)
  const raised = cause && next ? raise(told, open, { next, cause, at }, means) : unchanged(told)
  const notBefore = noticeAt(presentPlan(open), dues, at, means.calendarOf)
  const deferred: Step['events'] =
    notBefore === null
      ? []
      : [
          {
            kind: 'notice-deferred',
            at,
            escalationId: open.id,
            by: null,
            auditId: null,
            until: notBefore,
            what: dues.map(nameOf),
          },
        ]
  return {
    state: raised.state,
    events: [...dues.map((due) => eventOf(due, open, at)), ...raised.events, ...deferred],
    effects: [...raised.effects, tellTicket(state, open, { dues, cause, next, at, notBefore })],
  }
}

/** A repetition stands for those before it, so that a timer that repeats for months takes one place. */
function withTold(told: readonly string[], dues: readonly Due[]): string[] {
  const repeated = dues.flatMap(({ what, id }) => (what === 'timer' ? [id.slice(0, id.lastIndexOf('/') + 1)] : []))
  const kept = told.filter((id) => !repeated.some((series) => id.startsWith(series)))
  return [...kept, ...dues.map(({ id }) => id)]
}
