import type { State, Ticket, User } from '../state/model.ts'

const LIGHT_AGENT = 1

export function isEndUser(user: User): boolean {
  return user.role === 'end-user'
}

/** Light agents write private comments and nothing else, and are never assignees. */
export function isLightAgent(user: User): boolean {
  return user.role === 'agent' && user.role_type === LIGHT_AGENT
}

export function writesOnlyPrivately(user: User): boolean {
  return isLightAgent(user) || user.only_private_comments
}

export function canBeAssigned(user: User | undefined): user is User {
  return user?.active === true && !user.suspended && !isEndUser(user) && !isLightAgent(user)
}

export function groupIdsOf(state: State, userId: number): number[] {
  return Object.values(state.memberships)
    .filter((membership) => membership.user_id === userId && !state.groups[membership.group_id]?.deleted)
    .map((membership) => membership.group_id)
}

export function isMember(state: State, userId: number, groupId: number): boolean {
  // Every save of a ticket asks, so nothing is copied.
  for (const id in state.memberships) {
    const { user_id, group_id } = state.memberships[id]!
    if (user_id === userId && group_id === groupId) return true
  }
  return false
}

/** The group a ticket takes when it is assigned straight to this agent. */
export function defaultGroupId(state: State, user: User): number | null {
  const own = Object.values(state.memberships).filter((membership) => membership.user_id === user.id)
  return (own.find((membership) => membership.default) ?? own[0])?.group_id ?? user.default_group_id
}

/** Whether an agent's ticket restriction lets them see a ticket. */
export function canSee(state: State, user: User, ticket: Ticket): boolean {
  if (isEndUser(user)) return ticket.requester_id === user.id
  const isOwn = ticket.assignee_id === user.id || ticket.requester_id === user.id
  switch (user.ticket_restriction) {
    case 'groups':
      return isOwn || (ticket.group_id !== null && isMember(state, user.id, ticket.group_id))
    case 'assigned':
      return isOwn
    case 'organization':
      return isOwn || (ticket.organization_id !== null && ticket.organization_id === user.organization_id)
    case 'requested':
      return ticket.requester_id === user.id
    default:
      return true
  }
}
