import { type CalendarOf, foldClock } from '../clock/sla.ts'
import { momentsOf } from '../clock/sla-moments.ts'
import type { Instant } from '../units.ts'
import { clocksAround } from './clocks.ts'
import { momentId } from './countdowns.ts'
import type { EscalationEvent } from './events.ts'
import { openEscalation, type TicketState } from './state.ts'
import { type Step, unchanged } from './step.ts'

/**
 * Takes back what was told of clocks and no longer holds, so that it is told when it does. After a new target it is
 * simply still to come; after a fact about the time before the last look it was wrong, which the record says.
 *
 * @param before the state before the fact at `at`; the escalation that was open then is looked at
 */
export function correct(before: TicketState, after: TicketState, at: Instant, calendarOf: CalendarOf): Step {
  const open = openEscalation(before)
  if (!open || after.told.length === 0) return unchanged(after)
  const present = after.escalations.find(({ id }) => id === open.id)!
  const asOf = Math.max(at, before.toldUpTo)
  const gone = clocksAround(after, [present]).flatMap((clock) => {
    const told = after.told.filter((id) => id.startsWith(`${clock.id}/`))
    if (told.length === 0) return []
    const reached = momentsOf(foldClock(clock.events, calendarOf, asOf))
      .filter(({ isReached }) => isReached)
      .map((moment) => momentId(clock, moment))
    return told.filter((id) => !reached.includes(id)).map((id) => ({ clockId: clock.id, told: id }))
  })
  if (gone.length === 0) return unchanged(after)

  const ids = gone.map(({ told }) => told)
  const isLate = at < before.toldUpTo
  return {
    state: { ...after, told: after.told.filter((id) => !ids.includes(id)) },
    events: isLate
      ? gone.map(
          (one): EscalationEvent => ({
            kind: 'clock-corrected',
            at,
            escalationId: open.id,
            by: null,
            auditId: null,
            ...one,
          }),
        )
      : [],
    effects: [],
  }
}
