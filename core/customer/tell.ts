import { deadlineAfter } from '../clock/business-time.ts'
import { ScheduleExhausted } from '../clock/calendar.ts'
import { type CalendarOf, calendarFor } from '../clock/sla.ts'
import type { EscalationEvent } from '../escalation/events.ts'
import { type Escalation, isOpen } from '../escalation/state.ts'
import type { Policy } from '../policy/policy.ts'
import { type Instant, MINUTE_MS } from '../units.ts'
import { cadenceFor } from './cadence.ts'
import type { TellCustomer } from './effect.ts'
import { tellingId } from './effect-id.ts'
import type { MessageKind } from './words.ts'
import type { MessageDates } from './write.ts'

/** What an event is told to the customer as; null for most. */
export function messageOf(event: EscalationEvent): MessageKind | null {
  switch (event.kind) {
    case 'requested':
    case 'raised':
      return 'escalated'
    case 'handed-on':
      return event.tier > event.fromTier ? 'escalated' : null
    case 'promise-overdue':
      return 'update'
    case 'fix-available':
      return 'fix-available'
    case 'resolved':
      return 'resolved'
    case 'deescalated':
      return 'deescalated'
    default:
      return null
  }
}

/**
 * What the customer is told by itself because of an event: the message's kind and its dates, nothing that anybody wrote.
 * Null where the policy has somebody send it.
 *
 * @param escalation as the event left it
 * @param at when it is told: from then the next update counts
 */
export function tellCustomer(
  event: EscalationEvent,
  escalation: Escalation,
  policy: Policy,
  {
    ticketId,
    afterAuditId,
    at,
    calendarOf,
  }: { ticketId: number; afterAuditId: number; at: Instant; calendarOf: CalendarOf },
): TellCustomer | null {
  const message = messageOf(event)
  if (message === null || policy.customer.send[message] !== 'auto') return null
  return {
    kind: 'tell-customer',
    id: tellingId(escalation.id, message, event.at),
    escalationId: escalation.id,
    ...{ ticketId, afterAuditId, message },
    policyVersion: policy.version,
    dates: datesOf(escalation, policy, at, calendarOf),
  }
}

/** The dates of an escalation that customers may know, as they stand; a date that has passed promises nothing. */
export function datesOf(escalation: Escalation, policy: Policy, at: Instant, calendarOf: CalendarOf): MessageDates {
  const { respondBy, estimate, release, stage } = escalation
  const { share } = policy.customer
  const ahead = (date: Instant | null) => (date !== null && date > at ? date : null)
  return {
    expectedBy: stage === 'requested' ? ahead(respondBy) : null,
    nextUpdate: isOpen(escalation) ? nextUpdateAfter(escalation, policy, at, calendarOf) : null,
    estimate: share.includes('estimate') ? ahead(estimate) : null,
    releaseDate: share.includes('release_date') ? ahead(release?.date ?? null) : null,
  }
}

/** When the customer is to hear from us again if they hear from us at `at`; null where nothing is promised. */
function nextUpdateAfter(
  { decision }: Escalation,
  policy: Policy,
  at: Instant,
  calendarOf: CalendarOf,
): Instant | null {
  const cadence = cadenceFor(policy.customer, decision.severity)
  if (!cadence) return null
  try {
    return deadlineAfter(calendarFor(cadence.schedule, calendarOf), at, cadence.every * MINUTE_MS)
  } catch (error) {
    if (error instanceof ScheduleExhausted) return null
    throw error
  }
}
