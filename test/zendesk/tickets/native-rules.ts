import { addProblem } from '../http/refused.ts'
import { canBeAssigned, defaultGroupId, isEndUser, isMember } from '../people/roles.ts'
import type { Ticket } from '../state/model.ts'
import type { Draft } from './apply.ts'
import { checkRequiredFields } from './required-fields.ts'
import { defaultStatusId } from './statuses.ts'

/**
 * What Zendesk does by itself on every save: assignment, reopening, statuses, and its refusals.
 * Source: https://support.zendesk.com/hc/en-us/articles/4408894213018 and live probing.
 */
export function applyNativeRules(draft: Draft, options: { isEndUserComment: boolean }): void {
  const { ticket, before, named, problems, world } = draft
  if (options.isEndUserComment) reopen(draft)
  settleAssignment(draft)
  if (isSolved(ticket) && !(before && isSolved(before))) {
    assignSolver(draft)
    checkRequiredFields(draft)
  }
  if (before && before.status !== 'new' && ticket.status === 'new') {
    addProblem(problems, 'status', 'Status: cannot be set to new again')
  }
  if (ticket.assignee_id !== null && ticket.status === 'new') ticket.status = 'open'
  if (before?.priority && ticket.priority === null) addProblem(problems, 'priority', 'Priority: cannot be reset')
  if (before?.group_id && ticket.group_id === null) addProblem(problems, 'group', 'Group: cannot be unset')
  if (before && before.status !== ticket.status && !named.has('custom_status_id')) ticket.custom_status_id = null
  ticket.custom_status_id ??= defaultStatusId(world.state, ticket.status)
}

/** An end user's answer brings a waiting or solved ticket back, unless the same update says otherwise. */
function reopen({ ticket, named }: Draft): void {
  if (named.has('status') || named.has('custom_status_id')) return
  if (ticket.status === 'pending' || ticket.status === 'hold' || ticket.status === 'solved') ticket.status = 'open'
}

function settleAssignment({ world, ticket, before, named, problems }: Draft): void {
  const { state } = world
  const namesAssignee = named.has('assignee_id') && ticket.assignee_id !== null
  const namesGroup = named.has('group_id')
  if (namesAssignee && ticket.assignee_id !== before?.assignee_id && !canBeAssigned(state.users[ticket.assignee_id!])) {
    addProblem(problems, 'assignee', 'Assignee: is not an agent who can be assigned')
    return
  }
  if (ticket.assignee_id === null) return
  const isOutside = ticket.group_id === null || !isMember(state, ticket.assignee_id, ticket.group_id)
  if (!isOutside) return

  if (namesAssignee && namesGroup && ticket.group_id !== null) {
    addProblem(problems, 'assignee', 'Assignee: is not a member of the group')
  } else if (namesAssignee) {
    const assignee = state.users[ticket.assignee_id]
    const groupId = assignee ? defaultGroupId(state, assignee) : null
    if (groupId === null) addProblem(problems, 'assignee', 'Assignee: belongs to no group')
    else ticket.group_id = groupId
  } else if (namesGroup) {
    ticket.assignee_id = null
  }
}

/** A solved ticket has an assignee: an agent who solves an unassigned one gets it. */
function assignSolver({ world, ticket, actor, problems }: Draft): void {
  if (ticket.assignee_id !== null) return
  const groupId = defaultGroupId(world.state, actor)
  if (isEndUser(actor) || !canBeAssigned(actor) || (ticket.group_id === null && groupId === null)) {
    addProblem(problems, 'base', { description: 'Assignee: is required when solving a ticket', error: 'BlankValue' })
    return
  }
  ticket.assignee_id = actor.id
  if (ticket.group_id === null || !isMember(world.state, actor.id, ticket.group_id)) ticket.group_id = groupId
}

function isSolved(ticket: Ticket): boolean {
  return ticket.status === 'solved' || ticket.status === 'closed'
}
