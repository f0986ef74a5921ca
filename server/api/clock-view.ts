import type { Calendar } from '../../core/clock/calendar.ts'
import { budgetMs, type CalendarOf, calendarFor, foldClock } from '../../core/clock/sla.ts'
import { type ClockState, scheduleOf, targetOf, verdictOf } from '../../core/clock/sla-state.ts'
import type { ClockView } from '../../core/contract/api.ts'
import { clocksOf, type TicketClock } from '../../core/escalation/clocks.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import { DAY_MS, type Instant } from '../../core/units.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'

/** A clock of a ticket and what its events make of it at an instant. */
export type FoldedClock = { clock: TicketClock; state: ClockState }

const MOST_COUNTING = 12
/** How far ahead a breached clock is told when it counts, so that what it is over by can be counted up. */
const AHEAD_MS = 14 * DAY_MS

/**
 * The clocks of the escalation that is shown, as the sidebar shows them: the running one with the earliest deadline
 * first, then those that are breached and run on, those that rest, and those that are decided. What an earlier
 * hand-over left cancelled tells nobody anything, unless it was breached.
 */
export function clockViewsOf(state: TicketState, calendars: AccountCalendars, now: Instant): ClockView[] {
  return shownClocks(state, calendars.calendarOf, now)
    .map((folded) => viewOf(folded, calendars, now))
    .toSorted((a, b) => rankOf(a) - rankOf(b) || instantOf(a.deadline) - instantOf(b.deadline))
}

/** Clocks that have started, of the open escalation or else the last one, with the customer's. */
export function shownClocks(state: TicketState, calendarOf: CalendarOf, now: Instant): FoldedClock[] {
  const escalation = openEscalation(state) ?? state.escalations.at(-1)
  if (!escalation) return []
  const last = escalation.handOvers.length - 1
  return clocksOf(state)
    .filter(({ escalationId }) => escalationId === null || escalationId === escalation.id)
    .map((clock) => ({ clock, state: foldClock(clock.events, calendarOf, now) }))
    .filter(({ state }) => targetOf(state) !== null)
    .filter(({ clock: { handOver }, state: { phase, breachedAt } }) => {
      const isEarlier = handOver !== null && handOver < last
      return !(isEarlier && phase === 'cancelled' && breachedAt === null)
    })
}

function viewOf({ clock, state }: FoldedClock, { calendarOf, nameOf }: AccountCalendars, now: Instant): ClockView {
  const schedule = scheduleOf(state)
  return {
    id: clock.id,
    name: clock.name,
    tier: clock.tier,
    state: verdictOf(state) ?? (state.phase === 'stopped' ? 'met' : state.phase),
    targetMs: budgetMs(targetOf(state)!),
    elapsedMs: state.elapsedMs,
    deadline: isoOf(state.deadline),
    breachedAt: isoOf(state.breachedAt),
    paused: state.pause && { status: state.pause.status, why: state.pause.why, by: state.pause.by },
    schedule: schedule === null ? null : (nameOf(schedule) ?? schedule),
    counting: state.phase === 'running' ? countingAfter(calendarFor(schedule, calendarOf), state, now) : [],
  }
}

/** A breached clock that runs has a deadline too, in the past; one that is decided has none. */
function rankOf({ state, deadline, paused }: ClockView): number {
  if (state === 'running') return 0
  if (state === 'breached') return deadline !== null ? 1 : paused ? 2 : 4
  return state === 'paused' || state === 'waiting' ? 3 : 5
}

/** The next stretches in which the clock counts, up to its deadline. Hours over midnight are one stretch. */
function countingAfter(calendar: Calendar, { deadline, breachedAt }: ClockState, now: Instant): ClockView['counting'] {
  const until = breachedAt === null && deadline !== null ? deadline : now + AHEAD_MS
  if (calendar.history === null) return [{ from: isoOf(now), to: isoOf(until) }]
  const found: { from: Instant; to: Instant }[] = []
  // A day holds few stretches, so looking ahead by weeks ends soon, however far away the deadline is.
  for (let from = now; from < until && found.length <= MOST_COUNTING; from += AHEAD_MS) {
    for (const { opensAt, closesAt } of calendar.periods(from, Math.min(from + AHEAD_MS, until))) {
      const stretch = { from: Math.max(opensAt, now), to: Math.min(closesAt, until) }
      const last = found.at(-1)
      if (last && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to)
      else found.push(stretch)
    }
  }
  return found.slice(0, MOST_COUNTING).map(({ from, to }) => ({ from: isoOf(from), to: isoOf(to) }))
}

function instantOf(iso: string | null): Instant {
  return iso === null ? Number.MAX_SAFE_INTEGER : Date.parse(iso)
}

function isoOf(at: Instant): string
function isoOf(at: Instant | null): string | null
function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
