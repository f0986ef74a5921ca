import type { Via } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { personId } from './person.ts'

/**
 * Leaves the `Notification` event of an e-mail in the audit. Its subject and body are the templates, not rendered.
 * Source: ticket audit events reference, "Notification".
 */
export function notify(
  world: World,
  update: UpdateInProgress,
  field: string,
  [to, subject, body]: unknown[],
  via: Via,
): void {
  const recipients = field === 'notification_group' ? membersOf(world, update, to) : usersOf(world, update, to)
  if (recipients.length === 0) return
  update.audit.events.push({
    id: world.nextId('audit'),
    type: 'Notification',
    subject: String(subject ?? ''),
    body: String(body ?? ''),
    recipients,
    via,
  })
}

function membersOf(world: World, { ticket }: UpdateInProgress, group: unknown): number[] {
  const groupId = group === 'group_id' ? ticket.group_id : Number(group)
  return Object.values(world.state.memberships)
    .filter((membership) => membership.group_id === groupId)
    .map((membership) => membership.user_id)
}

function usersOf(world: World, update: UpdateInProgress, to: unknown): number[] {
  const { users } = world.state
  if (to === 'all_agents') {
    return Object.values(users)
      .filter((user) => user.role !== 'end-user' && user.active)
      .map((user) => user.id)
  }
  const ids =
    to === 'requester_and_ccs'
      ? [update.ticket.requester_id, ...update.ticket.email_cc_ids]
      : [personId(to === 'requester' ? 'requester_id' : to, update)]
  return ids.filter((id): id is number => id !== null && users[id] !== undefined)
}
