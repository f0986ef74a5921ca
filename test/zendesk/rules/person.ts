import type { UpdateInProgress } from '../world.ts'

/** The person an action names, by id or by part in the update. */
export function personId(value: unknown, { ticket, actor }: UpdateInProgress): number | null {
  if (value === 'current_user') return actor.id
  if (value === 'requester_id') return ticket.requester_id
  if (value === 'assignee_id') return ticket.assignee_id
  return Number(value)
}
