import type { CalendarOf } from '../clock/sla.ts'
import type { Customer } from '../customer/customer.ts'
import type { Instant } from '../units.ts'

/** What notices need to know besides the escalation and its policy. */
export type NoticeSetting = {
  now: Instant
  calendarOf: CalendarOf
  ticketId: number
  /** Where an agent opens the ticket. */
  ticketUrl: string
  /** Null where nothing is known of the customer; then no text is written for them. */
  customer: Customer | null
}
