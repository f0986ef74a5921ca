import type { TicketFact } from '../../core/escalation/facts.ts'
import type { TicketMoment } from '../../core/escalation/state.ts'
import type { Audit } from '../zendesk/audit.ts'
import type { Ticket } from '../zendesk/ticket.ts'

/**
 * How a ticket began: in a status of its own, or going on from a closed one. It began when Zendesk says, which for an
 * imported ticket is before its first update.
 *
 * @param audits all of them, oldest first
 * @param momentsOf what moved the clocks of another ticket
 */
export async function beginningOf(
  ticket: Ticket,
  audits: readonly Audit[],
  momentsOf: (ticketId: number) => Promise<TicketMoment[]>,
): Promise<TicketFact> {
  const first = audits[0]!
  const status = firstStatus(ticket, audits)
  const { followUpOf } = ticket
  return {
    ...{ kind: 'ticket', auditId: first.id, part: 0, at: Math.min(ticket.createdAt, first.at), author: null },
    change:
      followUpOf === null
        ? { what: 'created', status }
        : { what: 'follow-up', status, moments: await momentsOf(followUpOf) },
  }
}

/** An import may begin without saying its status: the first change tells what it was before. */
function firstStatus(ticket: Ticket, audits: readonly Audit[]): string {
  const changes = audits.flatMap(({ changes }) => changes.filter(({ field }) => field === 'status'))
  const first = changes[0]
  if (!first) return ticket.status
  return String(first.isCreate ? first.value : first.previous)
}
