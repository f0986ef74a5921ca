import { type CalendarOf, foldClock } from '../clock/sla.ts'
import type { Instant } from '../units.ts'
import { clocksAround } from './clocks.ts'
import type { EscalationEvent } from './events.ts'
import { openEscalation, type TicketState } from './state.ts'

/** The clocks of the open escalation that run on towards another deadline than before: the old one is kept in the record. */
export function deadlineMoves(
  before: TicketState,
  after: TicketState,
  at: Instant,
  calendarOf: CalendarOf,
  why: string,
): EscalationEvent[] {
  const open = openEscalation(after)
  const wasOpen = openEscalation(before)
  if (!open || !wasOpen) return []
  const clocksBefore = new Map(clocksAround(before, [wasOpen]).map((clock) => [clock.id, clock]))
  return clocksAround(after, [open]).flatMap((clock): EscalationEvent[] => {
    const old = clocksBefore.get(clock.id)
    if (!old) return []
    const now = foldClock(clock.events, calendarOf, at)
    if (now.phase === 'stopped' || now.phase === 'cancelled') return []
    const from = foldClock(old.events, calendarOf, at).deadline
    const to = now.deadline
    if (from === to) return []
    const by = { at, escalationId: open.id, by: null, auditId: null }
    return [{ ...by, kind: 'deadline-moved', clockId: clock.id, clock: clock.name, from, to, why }]
  })
}
