import { iso, isoOrNull, seconds } from '../http/times.ts'
import type { Ticket } from '../state/model.ts'
import type { World } from '../world.ts'
import { isCustomField } from './custom-fields.ts'
import { customStatusId } from './statuses.ts'

export type TicketShape = {
  /** Right after creation `generated_timestamp` is 0. */
  isFresh?: boolean
  /** Leaves null custom fields out. */
  isReduced?: boolean
  /** Leaves `fields`, the copy of `custom_fields`, out. */
  isSingle?: boolean
  /** Problems that have incidents, for whoever shows many tickets; left out, each problem looks for its own. */
  problemIds?: Set<number>
}

/** A ticket as the API answers it, keys in the order real answers have. */
export function presentTicket(world: World, ticket: Ticket, shape: TicketShape = {}) {
  const { state } = world
  const custom_fields = Object.values(state.ticket_fields)
    .filter((field) => field.active && isCustomField(field))
    .map(({ id, type }) => ({ id, value: ticket.custom_fields[id] ?? (type === 'checkbox' ? false : null) }))
    .filter(({ value }) => !shape.isReduced || value !== null)
  return {
    url: `${world.url}/api/v2/tickets/${ticket.id}.json`,
    id: ticket.id,
    external_id: ticket.external_id,
    via: ticket.via,
    created_at: iso(ticket.created_at),
    updated_at: iso(ticket.updated_at),
    generated_timestamp: shape.isFresh ? 0 : seconds(ticket.generated_at),
    type: ticket.type,
    subject: ticket.subject,
    raw_subject: ticket.subject,
    description: ticket.description,
    priority: ticket.priority,
    status: ticket.status,
    recipient: ticket.recipient,
    requester_id: ticket.requester_id,
    submitter_id: ticket.submitter_id,
    assignee_id: ticket.assignee_id,
    organization_id: ticket.organization_id,
    group_id: ticket.group_id,
    collaborator_ids: ticket.collaborator_ids,
    follower_ids: ticket.follower_ids,
    email_cc_ids: ticket.email_cc_ids,
    forum_topic_id: null,
    problem_id: ticket.problem_id,
    has_incidents: shape.problemIds?.has(ticket.id) ?? incidentsOf(world, ticket).length > 0,
    is_public: ticket.is_public,
    due_at: isoOrNull(ticket.due_at),
    tags: ticket.tags,
    custom_fields,
    satisfaction_rating: null,
    sharing_agreement_ids: [],
    custom_status_id: customStatusId(state, ticket),
    ...(shape.isSingle ? {} : { fields: custom_fields }),
    // Follow-ups show on the old ticket only once it is closed.
    followup_ids: ticket.status === 'closed' ? ticket.followup_ids : [],
    ticket_form_id: ticket.ticket_form_id,
    brand_id: ticket.brand_id,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
  }
}

export function incidentsOf(world: World, ticket: Ticket): Ticket[] {
  if (ticket.type !== 'problem') return []
  return Object.values(world.state.tickets).filter((one) => one.problem_id === ticket.id && one.status !== 'deleted')
}
