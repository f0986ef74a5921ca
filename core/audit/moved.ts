import { openMsBetween } from '../clock/business-time.ts'
import { type CalendarOf, calendarFor, foldClock } from '../clock/sla.ts'
import { targetOf } from '../clock/sla-state.ts'
import { clocksOf } from '../escalation/clocks.ts'
import type { TicketState } from '../escalation/state.ts'
import type { Instant } from '../units.ts'
import type { ShownFinding } from './clock-audit.ts'

/** Clocks of Baton's that rested or were stopped within [from, to), each by so much of the time by which it counts. */
export function clocksMoved(
  state: TicketState,
  { from, to }: { from: Instant; to: Instant },
  calendarOf: CalendarOf,
): ShownFinding['moved'] {
  return clocksOf(state).flatMap((clock) => {
    const folded = foldClock(clock.events, calendarOf, to)
    if (!targetOf(folded)) return []
    const ms = folded.spans
      .filter(({ phase }) => phase === 'paused' || phase === 'stopped')
      .map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }))
      .filter((span) => span.from < span.to)
      .reduce((sum, span) => sum + openMsBetween(calendarFor(span.schedule, calendarOf), span.from, span.to), 0)
    return ms > 0 ? [{ clock: clock.tier === null ? clock.name : `tier ${clock.tier} ${clock.name}`, ms }] : []
  })
}
