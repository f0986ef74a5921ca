import { type Audit, asId, asTags, type FieldChange } from './audit.ts'
import type { Ticket } from './ticket.ts'

/**
 * The ticket as an earlier update left it, from what it is now and the updates since, taken back one by one.
 *
 * @param later the updates after that one, oldest first
 */
export function rewind(ticket: Ticket, later: readonly Audit[]): Ticket {
  return later
    .flatMap(({ changes }) => changes)
    .filter(({ isCreate }) => !isCreate)
    .reduceRight(takeBack, ticket)
}

function takeBack(ticket: Ticket, { field, previous }: FieldChange): Ticket {
  switch (field) {
    case 'group_id':
      return { ...ticket, groupId: asId(previous) }
    case 'assignee_id':
      return { ...ticket, assigneeId: asId(previous) }
    case 'priority':
      return { ...ticket, priority: previous === null ? null : String(previous) }
    case 'tags':
      return { ...ticket, tags: asTags(previous) }
    default:
      return /^\d+$/.test(field) ? { ...ticket, fields: { ...ticket.fields, [field]: previous } } : ticket
  }
}
