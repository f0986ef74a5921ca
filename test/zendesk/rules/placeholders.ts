import type { Instant } from '../../../core/units.ts'
import { isSystem } from '../people/system-user.ts'
import type { Comment, State, Ticket, User } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { commentText } from './comment-text.ts'
import { TITLES, VIAS } from './vocabulary.ts'

/**
 * The values of placeholders for an update, all of them text as people read it: `Normal`, not `normal`.
 *
 * Source: support.zendesk.com, "Zendesk Support placeholders reference".
 */
export function placeholderValues(world: World, update: UpdateInProgress): Record<string, unknown> {
  const { state } = world
  const { ticket } = update
  const comments = [...(state.comments[ticket.id] ?? [])]
  if (update.comment && !comments.some((comment) => comment.id === update.comment?.id)) comments.push(update.comment)
  const organization = ticket.organization_id === null ? undefined : state.organizations[ticket.organization_id]
  const group = ticket.group_id === null ? undefined : state.groups[ticket.group_id]
  const requester = person(state, state.users[ticket.requester_id])
  const assignee = person(state, ticket.assignee_id === null ? undefined : state.users[ticket.assignee_id])
  const company = organization && {
    id: String(organization.id),
    name: organization.name,
    external_id: organization.external_id ?? '',
    details: organization.details,
    notes: organization.notes,
    tags: organization.tags.join(' '),
    custom_fields: texts(organization.organization_fields),
  }
  const path = `${state.account.subdomain}.zendesk.com/agent/tickets/${ticket.id}`

  return {
    ticket: {
      id: String(ticket.id),
      external_id: ticket.external_id ?? '',
      url: path,
      link: `https://${path}`,
      title: ticket.subject,
      description: ticket.description,
      via: VIAS[ticket.via.channel]?.title ?? ticket.via.channel,
      source: VIAS[ticket.via.channel]?.title ?? ticket.via.channel,
      status: title(ticket.status),
      priority: title(ticket.priority),
      ticket_type: title(ticket.type),
      tags: ticket.tags.join(' '),
      group: { id: text(group?.id), name: group?.name ?? '' },
      brand: { id: text(ticket.brand_id), name: state.brands?.[ticket.brand_id]?.name ?? '' },
      ticket_form: state.ticket_forms[ticket.ticket_form_id]?.display_name ?? '',
      account: state.account.subdomain,
      due_date: ticket.due_at === null ? '' : longDate(ticket.due_at),
      created_at: longDate(ticket.created_at),
      updated_at: longDate(ticket.updated_at),
      created_at_with_timestamp: timestamp(ticket.created_at),
      updated_at_with_timestamp: timestamp(ticket.updated_at),
      requester,
      assignee,
      submitter: person(state, state.users[ticket.submitter_id]),
      organization: company,
      latest_comment: latest(comments),
      latest_public_comment: latest(comments.filter((comment) => comment.public)),
      ...customFields(state, ticket),
    },
    current_user: person(state, isSystem(update.actor) ? undefined : update.actor),
    requester,
    assignee,
    organization: company,
    satisfaction: { current_rating: '' },
  }
}

function person(state: State, user: User | undefined) {
  if (!user) return undefined
  const [first = '', ...rest] = user.name.split(' ')
  return {
    id: String(user.id),
    name: user.name,
    first_name: first,
    last_name: rest.join(' '),
    email: user.email ?? '',
    phone: user.phone ?? '',
    external_id: user.external_id ?? '',
    locale: user.locale,
    role: { 'end-user': 'End user', agent: 'Agent', admin: 'Administrator' }[user.role],
    tags: user.tags.join(' '),
    organization: {
      name: user.organization_id === null ? '' : (state.organizations[user.organization_id]?.name ?? ''),
    },
    custom_fields: texts(user.user_fields),
  }
}

function customFields(state: State, ticket: Ticket): Record<string, string> {
  const values: Record<string, string> = {}
  for (const field of Object.values(state.ticket_fields)) {
    if (!field.removable) continue
    const value = ticket.custom_fields[field.id]
    const chosen = (Array.isArray(value) ? value : [value]).map((one) => String(one))
    const options = field.custom_field_options.filter((option) => chosen.includes(option.value))
    values[`ticket_field_${field.id}`] = text(value)
    values[`ticket_field_option_title_${field.id}`] = options.map((option) => option.name).join(' ')
  }
  return values
}

function latest(comments: Comment[]): string {
  const last = comments.at(-1)
  return last ? commentText(last) : ''
}

function title(value: string | null): string {
  return value === null ? '' : (TITLES[value] ?? value)
}

function text(value: unknown): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.join(' ') : String(value)
}

function texts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(value)]))
}

function longDate(at: Instant): string {
  return new Date(at).toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })
}

function timestamp(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
