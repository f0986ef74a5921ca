import { deadlineAfter } from '../clock/business-time.ts'
import { ScheduleExhausted } from '../clock/calendar.ts'
import { lifeOf } from '../clock/plan.ts'
import { type CalendarOf, calendarFor } from '../clock/sla.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../units.ts'
import type { Due } from './countdowns.ts'
import type { EscalationEvent } from './events.ts'
import { compareMoments } from './moments.ts'
import { type Doing, recordedAs } from './said.ts'
import { type Escalation, openEscalation, presentPlan, type TicketState } from './state.ts'
import { isResting } from './timers.ts'

/** When the customer is to hear from us next, and what that follows from. */
export type CustomerPromise = {
  /** Of its countdown: the same promise has the same, whenever it is looked at. */
  id: string
  due: Instant
  /** Since when nobody has answered them. */
  silenceSince: Instant
  because: 'cadence' | 'estimate' | 'release'
  counted: Due['counted']
}

/** Whoever was given a date is told soon after it, whatever became of it. */
const AFTER_A_DATE = HOUR_MS

/**
 * What is promised to the customer while somebody works on it: an update so long after the last one, or, if that is
 * sooner, once the date that was given has come. Null where nothing is.
 */
export function promiseOf(
  state: TicketState,
  escalation: Escalation,
  calendarOf: CalendarOf,
  now: Instant,
): CustomerPromise | null {
  if (isResting(state, escalation, now)) return null
  const silenceSince = silenceSinceOf(state, escalation)
  const candidates = [...byCadence(escalation, silenceSince, calendarOf), ...byDates(escalation, silenceSince)]
  const [next] = candidates.toSorted((a, b) => a.due - b.due)
  return next ? { ...next, silenceSince } : null
}

/** The last public word of ours since the escalation was asked for; being told of it counts as one. */
export function silenceSinceOf({ moments }: TicketState, { requestedAt }: Escalation): Instant {
  const replies = moments.filter(({ what }) => what === 'replied' || what === 'told')
  return Math.max(requestedAt, ...replies.map(({ at }) => at))
}

type Candidate = Omit<CustomerPromise, 'silenceSince'>

function byCadence(escalation: Escalation, since: Instant, calendarOf: CalendarOf): Candidate[] {
  const { cadence } = lifeOf(presentPlan(escalation))
  if (!cadence) return []
  const { every, schedule } = cadence
  const leftMs = every * MINUTE_MS
  try {
    const due = deadlineAfter(calendarFor(schedule, calendarOf), since, leftMs)
    const counted = schedule === null ? null : { schedule, from: since, leftMs }
    return [{ id: `${escalation.id}/promise/${since}`, due, because: 'cadence', counted }]
  } catch (error) {
    if (error instanceof ScheduleExhausted) return []
    throw error
  }
}

/** A date that we have spoken about since it came needs no more words. */
function byDates({ id, estimate, release }: Escalation, since: Instant): Candidate[] {
  const dates = [
    ...(estimate === null ? [] : [{ date: estimate, because: 'estimate' as const }]),
    ...(release === null ? [] : [{ date: release.date, because: 'release' as const }]),
  ]
  return dates
    .filter(({ date }) => date > since)
    .map(({ date, because }) => ({
      id: `${id}/promise/${because}/${date}`,
      due: date + AFTER_A_DATE,
      because,
      counted: null,
    }))
}

/** What is overdue, or to come. */
export function promiseDues(state: TicketState, open: Escalation, calendarOf: CalendarOf, now: Instant): Due[] {
  const promise = promiseOf(state, open, calendarOf, now)
  if (!promise || state.told.includes(promise.id)) return []
  const { id, due, counted, silenceSince } = promise
  return [{ id, at: due, counted, what: 'promise', since: silenceSince }]
}

/** What a date that was given does to the promise. */
export function promiseMoves(
  before: TicketState,
  after: TicketState,
  said: Doing,
  calendarOf: CalendarOf,
  why: string,
): EscalationEvent[] {
  const { at } = said.fact
  const dueIn = (state: TicketState) => promiseOf(state, openEscalation(state)!, calendarOf, at)?.due ?? null
  const [from, to] = [dueIn(before), dueIn(after)]
  return from === to ? [] : [recordedAs(said, { kind: 'promise-moved', from, to, why })]
}

/** A fix can be had and nobody has told the customer yet. */
export function isCustomerUntold({ signals }: Escalation): boolean {
  const last = signals
    .filter(({ signal }) => signal === 'fix-available' || signal === 'customer-told')
    .toSorted(compareMoments)
    .at(-1)
  return last?.signal === 'fix-available'
}
