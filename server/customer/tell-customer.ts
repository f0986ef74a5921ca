import { z } from 'zod'
import type { TellCustomer } from '../../core/customer/effect.ts'
import { writeMessage } from '../../core/customer/write.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { carriesMarker } from '../act/changes.ts'
import { TICKET_CLOSED } from '../act/outcome.ts'
import { Refused } from '../act/refused.ts'
import type { Audit } from '../zendesk/audit.ts'
import type { ZendeskClient } from '../zendesk/client.ts'
import { ZendeskError } from '../zendesk/error.ts'
import { readCustomer } from './read-customer.ts'

const TicketShape = z.object({
  status: z.string(),
  is_public: z.boolean().nullish(),
  requester_id: z.int().nullish(),
  updated_at: z.string(),
})

const MOST_ROUNDS = 5

/**
 * Writes to the customer, once: the only public comment of Baton's. Its text is made here, of a template and of what
 * `TellCustomer` may carry.
 *
 * @throws {Refused} when the customer must not, or need not, be told any more
 */
export async function tellCustomer(effect: TellCustomer, zendesk: ZendeskClient, policy: Policy): Promise<void> {
  const path = `/api/v2/tickets/${effect.ticketId}.json`
  for (let round = 1; ; round++) {
    // The audits are read after the ticket: an update that comes between the two is then seen.
    const { ticket } = await zendesk.get(path, z.object({ ticket: TicketShape }))
    const audits = await zendesk.listAuditsSince(effect.ticketId, effect.afterAuditId)
    if (audits.some(({ custom }) => carriesMarker(custom, effect.id))) return
    refuseNeedless(effect, ticket, audits)

    const customer = await readCustomer(zendesk, ticket.requester_id ?? null)
    const { message: kind, dates, ticketId } = effect
    const { text } = writeMessage({ kind, ticketId, customer, dates, words: null }, policy)
    const change = {
      comment: { body: text, public: true },
      metadata: { baton_effect: { id: effect.id, escalation: effect.escalationId } },
      ...{ safe_update: true, updated_stamp: ticket.updated_at },
    }
    try {
      await zendesk.put(path, { ticket: change }, z.unknown())
      return
    } catch (error) {
      const isOvertaken =
        error instanceof ZendeskError && (error.failure === 'conflict' || error.failure === 'collision')
      if (!isOvertaken || round === MOST_ROUNDS) throw error
    }
  }
}

function refuseNeedless({ message }: TellCustomer, ticket: z.infer<typeof TicketShape>, audits: Audit[]): void {
  if (ticket.status === 'closed') throw new Refused('ticket-closed', TICKET_CLOSED)
  if (ticket.is_public === false) {
    throw new Refused('ticket-private', 'The customer does not see this ticket, so they are told nothing in it.')
  }
  const isAnswered = audits.some(({ comments }) => comments.some(({ isPublic, isByRule }) => isPublic && !isByRule))
  if (message === 'update' && isAnswered) {
    throw new Refused('overtaken', 'Somebody has written in the ticket since, so no update is sent.')
  }
}
