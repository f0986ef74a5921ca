import type { Audit } from '../zendesk/audit.ts'
import type { TicketWithPeople, ZendeskClient } from '../zendesk/client.ts'
import { rewind } from '../zendesk/rewind.ts'
import type { Ticket } from '../zendesk/ticket.ts'

/** A ticket around one of its updates, with its people as they are now. */
export type TicketAsOf = Pick<TicketWithPeople, 'users' | 'organizations'> & {
  /** After the update. */
  ticket: Ticket
  before: Ticket
  /** The name of a group; null for none, and for one that is gone. */
  groupName(id: number | null): Promise<string | null>
}

/** @param index which of the audits; all that followed it are among them */
export function ticketAsOf(
  { ticket, users, groups, organizations }: TicketWithPeople,
  audits: readonly Audit[],
  index: number,
  zendesk: Pick<ZendeskClient, 'listGroups'>,
): TicketAsOf {
  return {
    ...{ users, organizations },
    before: rewind(ticket, audits.slice(index)),
    ticket: rewind(ticket, audits.slice(index + 1)),
    async groupName(id) {
      if (id === null) return null
      const known = groups.find((group) => group.id === id) ?? (await zendesk.listGroups()).find((one) => one.id === id)
      return known?.name ?? null
    },
  }
}
