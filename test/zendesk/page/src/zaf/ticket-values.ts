import type { ApiTicket, ApiUser } from '../api/shapes.ts'
import { plainText, type TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import type { Directory } from './directory.ts'

/** How a person looks to an app. */
export function userValue(user: ApiUser | undefined) {
  if (!user) return null
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    locale: user.locale ?? 'en-US',
    externalId: null,
    avatarUrl: null,
    details: null,
    notes: null,
    timeZone: timeZoneValue(user),
    identities: [{ type: 'email', value: user.email }],
    organizations: [],
    groups: [],
  }
}

export function timeZoneValue(user: ApiUser) {
  const ianaName = user.iana_time_zone ?? 'Etc/UTC'
  return { name: user.time_zone ?? 'UTC', ianaName, offset: offsetMinutes(ianaName) }
}

export function requesterOf(ticket: ApiTicket, { people, organization }: TicketSnapshot) {
  const value = userValue(people[ticket.requester_id])
  return value && { ...value, organizations: organization ? [{ id: organization.id, name: organization.name }] : [] }
}

/** The assignee as apps see it; a group without a person is an assignee too. */
export function assigneeOf(ticket: ApiTicket, directory: Directory) {
  return {
    user: userValue(directory.agents.find((agent) => agent.id === ticket.assignee_id)),
    group: directory.groups.find((group) => group.id === ticket.group_id) ?? null,
  }
}

/** By path, `ticket.customField:custom_field_<id>`; drop-downs are their option's tag, as in the API. */
export function customFieldsOf(ticket: ApiTicket): Record<string, unknown> {
  return Object.fromEntries(
    ticket.custom_fields.map(({ id, value }) => [`ticket.customField:custom_field_${id}`, value ?? null]),
  )
}

export function commentTypeOf({ draft }: TicketSnapshot): 'publicReply' | 'internalNote' {
  return draft.isPublic ? 'publicReply' : 'internalNote'
}

export function commentOf(snapshot: TicketSnapshot) {
  const { draft } = snapshot
  return {
    text: draft.html === '' ? '' : plainText(draft.html),
    type: commentTypeOf(snapshot),
    useRichText: true,
    attachments: draft.files.map((file) => ({
      filename: file.name,
      contentType: file.contentType,
      contentUrl: null,
      thumbnailUrl: null,
    })),
  }
}

function offsetMinutes(ianaName: string): number {
  try {
    const now = new Date()
    const there = new Date(now.toLocaleString('en-US', { timeZone: ianaName }))
    const utc = new Date(now.toLocaleString('en-US', { timeZone: 'UTC' }))
    return Math.round((there.getTime() - utc.getTime()) / 60_000)
  } catch {
    return 0
  }
}
