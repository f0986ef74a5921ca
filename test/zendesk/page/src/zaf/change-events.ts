import { editedTicket, plainText, type TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import { conversationOf } from './conversation-values.ts'
import type { Directory } from './directory.ts'
import { assigneeOf, commentTypeOf, customFieldsOf, requesterOf } from './ticket-values.ts'

export type ChangeEvent = { event: string; value: unknown; propertyName: string }

/** The `….changed` events an app hears when a ticket went from one state to the next. */
export function changesBetween(before: TicketSnapshot, after: TicketSnapshot, directory: Directory): ChangeEvent[] {
  const was = watchedValues(before, directory)
  const is = watchedValues(after, directory)
  return Object.entries(is)
    .filter(([propertyName, value]) => JSON.stringify(was[propertyName]) !== JSON.stringify(value))
    .map(([propertyName, value]) => ({ event: `${eventName(propertyName)}.changed`, value, propertyName }))
}

function watchedValues(snapshot: TicketSnapshot, directory: Directory): Record<string, unknown> {
  const ticket = editedTicket(snapshot)
  if (!ticket) return {}
  const { user, group } = assigneeOf(ticket, directory)
  const requester = requesterOf(ticket, snapshot)
  return {
    'ticket.subject': ticket.subject,
    'ticket.status': ticket.status,
    'ticket.statusCategory': ticket.status,
    'ticket.priority': ticket.priority ?? '-',
    'ticket.type': ticket.type ?? 'ticket',
    'ticket.tags': ticket.tags,
    'ticket.externalId': ticket.external_id,
    'ticket.form.id': ticket.ticket_form_id,
    'ticket.brand': ticket.brand_id,
    'ticket.problem_id': ticket.problem_id,
    'ticket.due_date': ticket.due_at,
    'ticket.collaborators': ticket.follower_ids,
    'ticket.requester.id': requester?.id,
    'ticket.requester.name': requester?.name,
    'ticket.requester.email': requester?.email,
    'ticket.assignee.user.id': user?.id ?? null,
    'ticket.assignee.user.name': user?.name ?? null,
    'ticket.assignee.user.email': user?.email ?? null,
    'ticket.assignee.group.id': group?.id ?? null,
    'ticket.assignee.group.name': group?.name ?? null,
    'ticket.comments': snapshot.comments.map((comment) => comment.id),
    'ticket.conversation': conversationOf(snapshot),
    'comment.text': plainText(snapshot.draft.html),
    'comment.type': commentTypeOf(snapshot),
    'comment.attachments': snapshot.draft.files.map((file) => file.name),
    ...customFieldsOf(ticket),
  }
}

/** Custom fields are read as `ticket.customField:custom_field_1` but change as `ticket.custom_field_1.changed`. */
function eventName(propertyName: string): string {
  return propertyName.replace('ticket.customField:', 'ticket.')
}
