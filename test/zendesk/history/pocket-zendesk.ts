import { type Audit, readAudit } from '../../../server/zendesk/audit.ts'
import type { ZendeskClient } from '../../../server/zendesk/client.ts'
import { readOrganization, readUser, type User } from '../../../server/zendesk/people.ts'
import { readTicket, type Ticket, writeChanges } from '../../../server/zendesk/ticket.ts'
import { iso } from '../http/times.ts'
import { groupIdsOf } from '../people/roles.ts'
import type { Audit as StoredAudit, Ticket as StoredTicket } from '../state/model.ts'
import type { TicketChanges } from '../tickets/changes.ts'
import { presentAudit } from '../tickets/present-history.ts'
import { writeTicket } from '../tickets/write.ts'
import type { World } from '../world.ts'

type Pocket = Pick<
  ZendeskClient,
  | 'getTicket'
  | 'readHistory'
  | 'listAuditsSince'
  | 'updateTicket'
  | 'getUser'
  | 'listGroupIdsOf'
  | 'listGroups'
  | 'findGroup'
  | 'get'
>

/**
 * The account as Baton's client sees it, without HTTP between the two: what the server's own reading and acting need of
 * it. Every update goes through the local Zendesk's own rules.
 */
export function pocketZendesk(world: World, integrationUserId: number): ZendeskClient {
  const { state } = world
  const audits = new WeakMap<StoredAudit, Audit>()
  const users = new Map<number, User>()
  const groups = Object.values(state.groups).map(({ id, name }) => ({ id, name }))
  const groupIds = new Map<number, number[]>()
  const writer = { user: state.users[integrationUserId]!, channel: 'api' }

  const pocket: Pocket = {
    async getTicket(id) {
      const stored = state.tickets[id]!
      const { requester_id, assignee_id, submitter_id, organization_id } = stored
      const ids = new Set([requester_id, submitter_id, ...(assignee_id === null ? [] : [assignee_id])])
      const organization = organization_id === null ? undefined : state.organizations[organization_id]
      return {
        ticket: ticketOf(stored),
        users: [...ids].map(userOf),
        groups: groups.filter((group) => group.id === stored.group_id),
        organizations: organization ? [readOrganization(organization)] : [],
      }
    },
    async readHistory(ticketId, after) {
      const found = auditsOf(ticketId, after)
      const ids = new Set(found.map(({ authorId }) => authorId).filter((id) => id > 0))
      return { audits: found, authors: [...ids].map(userOf) }
    },
    listAuditsSince: async (ticketId, after) => auditsOf(ticketId, after),
    async updateTicket(id, changes) {
      const asked = writeChanges(changes) as TicketChanges
      const { ticket, audit } = writeTicket(world, writer, state.tickets[id]!, asked)
      return { ticket: ticketOf(ticket), audit: auditOf(audit) }
    },
    getUser: async (id) => userOf(id),
    async listGroupIdsOf(userId) {
      const known = groupIds.get(userId) ?? groupIdsOf(state, userId)
      groupIds.set(userId, known)
      return known
    },
    listGroups: async () => groups,
    findGroup: async (name) => groups.find((group) => group.name === name) ?? null,
    get: async (path, schema) => schema.parse({ users: peopleCalled(path) }),
  }
  return pocket as ZendeskClient

  function auditsOf(ticketId: number, after: number): Audit[] {
    return (state.audits[ticketId] ?? []).filter(({ id }) => id > after).map(auditOf)
  }

  /** Stored audits do not change any more, so each is read once. */
  function auditOf(stored: StoredAudit): Audit {
    const read = audits.get(stored) ?? readAudit(presentAudit(stored))
    audits.set(stored, read)
    return read
  }

  function userOf(id: number): User {
    const user = users.get(id) ?? readUser(state.users[id]!)!
    users.set(id, user)
    return user
  }

  /** The one search that reading a ticket may ask for: of an agent by name. */
  function peopleCalled(path: string) {
    const name = new URL(path, world.url).searchParams.get('query')
    return Object.values(state.users).filter((user) => user.name === name)
  }
}

function ticketOf(ticket: StoredTicket): Ticket {
  const custom_fields = Object.entries(ticket.custom_fields).map(([id, value]) => ({ id: Number(id), value }))
  return readTicket({
    ...ticket,
    custom_fields,
    created_at: iso(ticket.created_at),
    updated_at: iso(ticket.updated_at),
  })
}
