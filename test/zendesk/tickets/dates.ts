import { isoOrNull } from '../http/times.ts'
import type { Ticket } from '../state/model.ts'
import type { World } from '../world.ts'

/** Source: the `dates` side-load, read off the ticket's own audits. */
export function datesOf(world: World, ticket: Ticket) {
  const audits = world.state.audits[ticket.id] ?? []
  const timesOf = (field: string, value?: string) =>
    audits
      .filter((audit) =>
        audit.events.some(
          (event) => event.field_name === field && event.value !== null && (!value || event.value === value),
        ),
      )
      .map((audit) => audit.created_at)
  const assigned = timesOf('assignee_id')
  const byRequester = audits.filter((audit) => audit.author_id === ticket.requester_id)
  const byAssignee = audits.filter((audit) => audit.author_id === ticket.assignee_id)
  return {
    assignee_updated_at: isoOrNull(byAssignee.at(-1)?.created_at),
    requester_updated_at: isoOrNull(byRequester.at(-1)?.created_at),
    status_updated_at: isoOrNull(timesOf('status').at(-1)),
    initially_assigned_at: isoOrNull(assigned[0]),
    assigned_at: isoOrNull(assigned.at(-1)),
    solved_at: isoOrNull(timesOf('status', 'solved').at(-1)),
    latest_comment_added_at: isoOrNull(world.state.comments[ticket.id]?.at(-1)?.created_at),
  }
}
