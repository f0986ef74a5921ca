import { type CalendarOf, foldClock } from '../clock/sla.ts'
import type { Instant } from '../units.ts'
import { clocksAround } from './clocks.ts'
import type { Escalation, TicketState } from './state.ts'

/** When the first response of the tier that has it now is due, with all that its clock has been through. */
export function respondByClock(
  state: TicketState,
  escalation: Escalation,
  at: Instant,
  calendarOf: CalendarOf,
): Instant | null {
  const id = `${escalation.id}/${escalation.handOvers.length - 1}/first-response`
  const clock = clocksAround(state, [escalation]).find((one) => one.id === id)
  return clock ? (foldClock(clock.events, calendarOf, at).deadline ?? escalation.respondBy) : escalation.respondBy
}
