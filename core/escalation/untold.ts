import type { Instant } from '../units.ts'
import { clockDues } from './countdowns.ts'
import { eventOf } from './due-event.ts'
import type { EscalationEvent } from './events.ts'
import type { Means } from './facts.ts'
import type { Escalation, TicketState } from './state.ts'

/** Warnings and breaches that came before the end and were told to nobody: they belong in the record all the same. */
export function untoldBy(
  state: TicketState,
  open: Escalation,
  at: Instant,
  { calendarOf }: Means,
): { ids: string[]; events: EscalationEvent[] } {
  const untold = clockDues(state, open, calendarOf, at)
    .filter((due) => due.at <= at)
    .toSorted((a, b) => a.at - b.at)
  return { ids: untold.map(({ id }) => id), events: untold.map((due) => eventOf(due, open, at)) }
}
