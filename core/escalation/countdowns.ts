import type { PlannedTimer } from '../clock/plan.ts'
import { budgetMs, type CalendarOf, foldClock } from '../clock/sla.ts'
import { type Moment as ClockMoment, momentsOf } from '../clock/sla-moments.ts'
import { type ClockState, scheduleOf, targetOf } from '../clock/sla-state.ts'
import type { StepOutcome } from '../oncall/steps.ts'
import type { Instant } from '../units.ts'
import { clocksAround, type TicketClock } from './clocks.ts'
import type { Countdown } from './countdown.ts'
import { monitoringDues } from './monitoring.ts'
import { onCallDues } from './on-call-dues.ts'
import { promiseDues } from './promises.ts'
import { type Escalation, openEscalation, type TicketState } from './state.ts'
import { timerDues } from './timers.ts'

/** A countdown with what is to be told when it has run out. */
export type Due = Countdown &
  (
    | { what: 'warning'; percent: number; clock: TicketClock; folded: ClockState }
    | { what: 'breach'; clock: TicketClock; folded: ClockState }
    /** `missed`: repetitions before this one that were never told. */
    | { what: 'timer'; timer: PlannedTimer; since: Instant; missed: number }
    | { what: 'on-call'; queue: string; outcome: StepOutcome }
    /** The customer was to hear from us by then; `since` we last spoke to them. */
    | { what: 'promise'; since: Instant }
    /** A fix was watched long enough. */
    | { what: 'monitoring' }
  )

/**
 * Everything that has not been told yet, soonest first: what was reached by `now` at its true instant, then what is to
 * come if nothing happens. Empty unless an escalation is open.
 */
export function countdownsOf(state: TicketState, calendarOf: CalendarOf, now: Instant): Countdown[] {
  return duesOf(state, calendarOf, now).map(({ id, at, counted }) => ({ id, at, counted }))
}

/** The same with what each has to tell. What falls due at one instant stays in this order: clocks, timers, on-call, promises. */
export function duesOf(state: TicketState, calendarOf: CalendarOf, now: Instant): Due[] {
  const open = openEscalation(state)
  if (!open || open.handOvers.length === 0) return []
  const dues = [
    ...clockDues(state, open, calendarOf, now),
    ...timerDues(state, open, calendarOf, now),
    ...onCallDues(open, state.told),
    ...promiseDues(state, open, calendarOf, now),
    ...monitoringDues(open, state.told),
  ]
  return dues.toSorted((a, b) => a.at - b.at)
}

export function clockDues(state: TicketState, open: Escalation, calendarOf: CalendarOf, now: Instant): Due[] {
  return clocksAround(state, [open]).flatMap((clock) => {
    const folded = foldClock(clock.events, calendarOf, now)
    return momentsOf(folded).flatMap((moment): Due[] => {
      const id = momentId(clock, moment)
      if (state.told.includes(id)) return []
      const percent = moment.kind === 'warning' ? moment.percent : 100
      const countdown = { id, at: moment.at, counted: moment.isReached ? null : countedOf(folded, percent, now) }
      return moment.kind === 'warning'
        ? [{ ...countdown, what: 'warning', percent, clock, folded }]
        : [{ ...countdown, what: 'breach', clock, folded }]
    })
  })
}

export function momentId({ id }: TicketClock, moment: ClockMoment): string {
  return moment.kind === 'warning' ? `${id}/warning/${moment.percent}` : `${id}/breach`
}

function countedOf(folded: ClockState, percent: number, now: Instant): Countdown['counted'] {
  const schedule = scheduleOf(folded)
  const leftMs = budgetMs(targetOf(folded)!, percent) - folded.elapsedMs
  return schedule === null ? null : { schedule, from: now, leftMs }
}
