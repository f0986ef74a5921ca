import type { MessageKind } from './words.ts'
import type { MessageDates } from './write.ts'

/**
 * Tells the customer in public, with nobody having read it before; the only thing Baton does that they see. So it carries
 * no word that anybody wrote: the text is a template's, its values are these dates, the number of the ticket and the
 * customer's own name. What `evolve` answers is private by its type.
 */
export type TellCustomer = {
  kind: 'tell-customer'
  /** Same inputs, same id: told once. */
  id: string
  escalationId: string
  ticketId: number
  /** The audit it follows from; the one it leaves comes later. */
  afterAuditId: number
  message: MessageKind
  /** Whose templates are used. */
  policyVersion: string
  dates: MessageDates
}
