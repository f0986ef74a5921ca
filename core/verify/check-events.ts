import type { CalendarOf } from '../clock/sla.ts'
import { foldClock } from '../clock/sla.ts'
import { clocksOf } from '../escalation/clocks.ts'
import type { EscalationEvent } from '../escalation/events.ts'
import { ENDED, type TicketState } from '../escalation/state.ts'
import { type Instant, MINUTE_MS, SECOND_MS } from '../units.ts'

/** An update of the ticket as Zendesk has it. */
export type Update = { id: number; at: Instant; authorId: number }

/** What is wrong with an event of the record. The words are stable. */
export type EventTrouble =
  /** Zendesk has no update of that number. */
  | 'no-such-update'
  | 'other-time'
  | 'other-author'
  /** A breach was told for another instant than the clock comes to, and never corrected. */
  | 'breach-moved'
  /** The clock was used up while the escalation was open, and nobody was told. */
  | 'breach-untold'

export type EventCheck = {
  kind: string
  at: Instant
  escalationId: string | null
  trouble: EventTrouble
  detail: string
}

/** What the record's events come to beside the ticket's updates and its clocks. */
export type EventChecks = {
  /** How many events name an update of the ticket, or tell of a breach. */
  checked: number
  troubles: EventCheck[]
  /** The longest that a due thing was noticed late; the instants themselves are the true ones. */
  mostLateMs: number
}

/** What somebody did in an update, at its time and by its author. */
const SAID: readonly string[] = [
  ...['requested', 'amended', 'registered', 'accepted', 'returned', 'progressed', 'resolved', 'had-to-ask'],
  ...['help-asked', 'issue-linked', 'deescalated', 'withdrawn', 'approved', 'rejected', 'refused', 'release-decided'],
]
/** A due thing is told within a minute or so. */
const TOLD_WITHIN_MS = 5 * MINUTE_MS

/**
 * Checks that what the record says somebody did is in the ticket, at that second and by that person, and that each breach
 * was told at the instant at which its clock is used up by the ticket's own updates.
 */
export function checkEvents(
  events: readonly EscalationEvent[],
  updates: readonly Update[],
  reread: TicketState,
  calendarOf: CalendarOf,
  asOf: Instant,
): EventChecks {
  const said = events.filter(({ kind, auditId }) => SAID.includes(kind) && auditId !== null)
  const breaches = events.filter((event) => event.kind === 'clock-breached')
  const late = events.map((event) => ('lateMs' in event ? event.lateMs : 0))
  return {
    checked: said.length + breaches.length,
    troubles: [
      ...said.flatMap((event) => saidTrouble(event, updates)),
      ...breachTroubles(events, reread, calendarOf, asOf),
    ],
    mostLateMs: Math.max(0, ...late),
  }
}

function saidTrouble(event: EscalationEvent, updates: readonly Update[]): EventCheck[] {
  const update = updates.find(({ id }) => id === event.auditId)
  if (!update) return [troubleWith(event, 'no-such-update', `update ${event.auditId}`)]
  if (Math.abs(update.at - event.at) > SECOND_MS) {
    return [troubleWith(event, 'other-time', new Date(update.at).toISOString())]
  }
  // A business rule has no id of its own.
  const isOther = event.by !== null && event.by.id > 0 && event.by.id !== update.authorId
  return isOther ? [troubleWith(event, 'other-author', `user ${update.authorId}`)] : []
}

function breachTroubles(
  events: readonly EscalationEvent[],
  reread: TicketState,
  calendarOf: CalendarOf,
  asOf: Instant,
): EventCheck[] {
  return clocksOf(reread).flatMap((clock): EventCheck[] => {
    const { breachedAt } = foldClock(clock.events, calendarOf, asOf)
    const told = toldBreach(events, clock.id)
    if (told && (breachedAt === null || Math.abs(told.at - breachedAt) >= MINUTE_MS)) {
      const to = breachedAt === null ? 'no breach' : new Date(breachedAt).toISOString()
      return [troubleWith(told, 'breach-moved', `${clock.id}: ${to}`)]
    }
    if (told || breachedAt === null || asOf - breachedAt < TOLD_WITHIN_MS) return []
    const open = openAt(reread, breachedAt)
    if (!open || (clock.escalationId !== null && clock.escalationId !== open)) return []
    const untold = { kind: 'clock-breached', at: breachedAt, escalationId: open }
    return [{ ...untold, trouble: 'breach-untold', detail: clock.id }]
  })
}

/** The last word on whether a clock was breached: what was corrected since counts as never told. */
function toldBreach(events: readonly EscalationEvent[], clockId: string): EscalationEvent | null {
  let told: EscalationEvent | null = null
  for (const event of events) {
    if (event.kind === 'clock-breached' && event.clockId === clockId) told = event
    if (event.kind === 'clock-corrected' && event.told === `${clockId}/breach`) told = null
  }
  return told
}

function openAt({ escalations }: TicketState, at: Instant): string | null {
  return (
    escalations.find(
      ({ requestedAt, stage, stageSince }) => requestedAt <= at && (!ENDED.includes(stage) || at < stageSince),
    )?.id ?? null
  )
}

function troubleWith(event: EscalationEvent, trouble: EventTrouble, detail: string): EventCheck {
  const { kind, at, escalationId } = event
  return { kind, at, escalationId, trouble, detail }
}
