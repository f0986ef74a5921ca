import { editedTicket, type TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import { commentsOf, conversationOf } from './conversation-values.ts'
import type { Directory } from './directory.ts'
import type { AppInstance } from './instance.ts'
import { ticketFieldName, ticketFieldsOf } from './ticket-fields.ts'
import { assigneeOf, commentOf, customFieldsOf, requesterOf, timeZoneValue, userValue } from './ticket-values.ts'

export type ReadingContext = {
  instance: AppInstance
  directory: Directory
  colorScheme: 'light' | 'dark'
  isTrayVisible: boolean
}

/** The value at a path of `client.get`, undefined when this location has no such path. */
export function readPath(path: string, context: ReadingContext): unknown {
  const [, requirement] = /^requirement:(.+)$/.exec(path) ?? []
  if (requirement) return context.instance.installation.requirements[requirement] ?? null
  if (path === 'colorScheme') return context.colorScheme
  if (path === 'visible') return context.instance.isVisible
  if (path === 'appsTray.isVisible') return context.isTrayVisible
  if (path === 'viewport.size') return { width: window.innerWidth, height: window.innerHeight }

  const snapshot = context.instance.ticket?.snapshot()
  const [, fieldName] = /^ticketFields:(.+)$/.exec(path) ?? []
  if (fieldName) {
    return (
      snapshot && ticketFieldsOf(context.directory, snapshot).find((field) => field.name === ticketFieldName(fieldName))
    )
  }
  if (snapshot && path === 'ticketFields') return ticketFieldsOf(context.directory, snapshot)
  if (path.startsWith('currentUser')) return dig({ currentUser: currentUser(context.directory) }, path)
  if (path.startsWith('currentAccount')) return dig({ currentAccount: currentAccount(context.directory) }, path)
  return snapshot ? readTicketPath(path, snapshot, context.directory) : undefined
}

function readTicketPath(path: string, snapshot: TicketSnapshot, directory: Directory): unknown {
  const ticket = editedTicket(snapshot)
  if (!ticket) return undefined
  if (path.startsWith('ticket.customField:')) return customFieldsOf(ticket)[path]
  const comment = commentOf(snapshot)
  const requester = requesterOf(ticket, snapshot)
  const values = {
    ticket: {
      id: ticket.id,
      subject: ticket.subject,
      description: ticket.description,
      status: ticket.status,
      statusCategory: ticket.status,
      customStatus: { id: null, name: ticket.status },
      priority: ticket.priority,
      type: ticket.type ?? 'ticket',
      tags: ticket.tags,
      externalId: ticket.external_id,
      createdAt: ticket.created_at,
      updatedAt: ticket.updated_at,
      requester,
      organization: organizationValue(snapshot),
      assignee: assigneeOf(ticket, directory),
      brand: ticket.brand_id === null ? null : { id: ticket.brand_id, name: directory.account.subdomain },
      form: { id: ticket.ticket_form_id },
      collaborators: ticket.follower_ids.map((id) => userValue(snapshot.people[id])).filter(Boolean),
      via: { channel: ticket.via.channel },
      viewers: [],
      postSaveAction: 'stay_on_ticket',
      isNew: false,
      sharedWith: [],
      comments: commentsOf(snapshot),
      conversation: conversationOf(snapshot),
      comment,
      editor: {},
    },
    comment,
    channel: { name: ticket.via.channel, sessionBased: false, sessionActive: false },
  }
  return dig(values, path)
}

function organizationValue({ organization }: TicketSnapshot) {
  return (
    organization && {
      id: organization.id,
      name: organization.name,
      details: organization.details ?? null,
      notes: organization.notes ?? null,
      domains: (organization.domain_names ?? []).join(' '),
      externalId: organization.external_id ?? null,
      tags: organization.tags ?? [],
      organizationFields: organization.organization_fields ?? {},
      sharedTickets: organization.shared_tickets ?? false,
    }
  )
}

function currentUser({ me, groups, memberships }: Directory) {
  const mine = memberships.filter((membership) => membership.user_id === me.id).map((membership) => membership.group_id)
  return {
    ...userValue(me),
    groups: groups.filter((group) => mine.includes(group.id)).map(({ id, name }) => ({ id, name })),
    tags: me.tags ?? [],
  }
}

function currentAccount({ account, me }: Directory) {
  return {
    subdomain: account.subdomain,
    planName: account.plan,
    timeZone: timeZoneValue(me),
    currency: 'USD',
    timeFormat: 24,
  }
}

/** Follows a dotted path; undefined where it leaves the known tree, null below a null. */
function dig(values: object, path: string): unknown {
  let value: unknown = values
  for (const key of path.split('.')) {
    if (value === null) return null
    if (typeof value !== 'object' || !Object.hasOwn(value as object, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
