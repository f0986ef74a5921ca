import { addProblem, type Problems } from '../http/refused.ts'
import type { Ticket, User } from '../state/model.ts'
import type { World } from '../world.ts'
import type { TicketChanges } from './changes.ts'
import { readCustomFields, setCustomField } from './custom-fields.ts'
import { setEmailCcs, setFollowers } from './people-lists.ts'
import { findRequester } from './requester.ts'
import { PRIORITIES, STATUSES, TYPES } from './statuses.ts'
import { normaliseTags, setTags } from './tags.ts'

/** A write half way: the ticket being changed, what the request named itself, and what is wrong so far. */
export type Draft = {
  world: World
  ticket: Ticket
  before: Ticket | null
  actor: User
  /** Columns the request set itself: the native rules leave those alone. */
  named: Set<string>
  problems: Problems
  /** Takes back what was made on the way, should the write be refused. */
  undo: (() => void)[]
}

/** Puts what the request asks for on the ticket; side effects come after, in `applyNativeRules`. */
export function applyChanges(draft: Draft, changes: TicketChanges): void {
  const { world, ticket, named, problems } = draft
  for (const [key, value] of Object.entries(changes)) {
    if (value !== undefined) named.add(key)
  }
  if (changes.subject !== undefined) ticket.subject = String(changes.subject ?? '')
  if (changes.external_id !== undefined) ticket.external_id = asTextOrNull(changes.external_id)
  if (changes.recipient !== undefined) ticket.recipient = asTextOrNull(changes.recipient)
  applyChoices(draft, changes)
  applyAssignment(draft, changes)
  applyRelations(draft, changes)
  applyTags(draft, changes)
  for (const [id, value] of readCustomFields(changes.fields)) {
    setCustomField(world.state, ticket, id, value, problems)
  }
  for (const [id, value] of readCustomFields(changes.custom_fields)) {
    setCustomField(world.state, ticket, id, value, problems)
  }
  setFollowers(draft, changes)
  setEmailCcs(draft, changes)
}

function applyChoices({ world, ticket, problems }: Draft, changes: TicketChanges): void {
  const { status, priority, type, custom_status_id } = changes
  if (status !== undefined) {
    if (STATUSES.includes(status as Ticket['status'])) ticket.status = status as Ticket['status']
    else addProblem(problems, 'status', `Status: ${status} is not included in the list`)
    ticket.custom_status_id = null
  }
  if (custom_status_id !== undefined && custom_status_id !== null) {
    const custom = world.state.custom_statuses[custom_status_id]
    if (!custom?.active) addProblem(problems, 'custom_status_id', 'Custom status: is invalid')
    else if (status !== undefined && status !== custom.status_category) {
      addProblem(problems, 'custom_status_id', 'Custom status: does not belong to the given status')
    } else {
      ticket.status = custom.status_category
      ticket.custom_status_id = custom.id
    }
  }
  if (priority !== undefined) {
    if (priority === null || priority === '') ticket.priority = null
    else if (PRIORITIES.includes(priority as never)) ticket.priority = priority as Ticket['priority']
    else addProblem(problems, 'priority', `Priority: ${priority} is not included in the list`)
  }
  if (type !== undefined) {
    if (type === null || type === '') ticket.type = null
    else if (TYPES.includes(type as never)) ticket.type = type as Ticket['type']
    else addProblem(problems, 'type', `Type: ${type} is not included in the list`)
  }
}

function applyAssignment({ world, ticket, named, problems }: Draft, changes: TicketChanges): void {
  const { state } = world
  if (changes.assignee_email !== undefined) {
    const email = String(changes.assignee_email).toLowerCase()
    const assignee = Object.values(state.users).find((user) => user.email?.toLowerCase() === email)
    if (!assignee) addProblem(problems, 'assignee', 'Assignee: is invalid')
    else {
      ticket.assignee_id = assignee.id
      named.add('assignee_id')
    }
  }
  if (changes.assignee_id !== undefined) ticket.assignee_id = asIdOrNull(changes.assignee_id)
  if (changes.group_id !== undefined) ticket.group_id = asIdOrNull(changes.group_id)
  if (ticket.group_id !== null && named.has('group_id')) {
    const group = state.groups[ticket.group_id]
    if (!group || group.deleted) addProblem(problems, 'group', 'Group: is invalid')
  }
}

function applyRelations(draft: Draft, changes: TicketChanges): void {
  const { world, ticket, problems } = draft
  const { state } = world
  const requester = findRequester(draft, changes)
  if (requester) {
    const isOther = requester.id !== ticket.requester_id
    ticket.requester_id = requester.id
    if (isOther && changes.organization_id === undefined) ticket.organization_id = requester.organization_id
  }
  if (changes.organization_id !== undefined) {
    const id = asIdOrNull(changes.organization_id)
    if (id !== null && !state.organizations[id]) addProblem(problems, 'organization', 'Organization: is invalid')
    else ticket.organization_id = id
  }
  if (changes.ticket_form_id) {
    const form = state.ticket_forms[Number(changes.ticket_form_id)]
    if (!form?.active) addProblem(problems, 'ticket_form_id', 'Ticket form: is invalid')
    else ticket.ticket_form_id = form.id
  }
  if (changes.brand_id) {
    const brand = state.brands[Number(changes.brand_id)]
    if (!brand?.active) addProblem(problems, 'brand', 'Brand: is invalid')
    else ticket.brand_id = brand.id
  }
  if (changes.problem_id !== undefined) {
    const id = asIdOrNull(changes.problem_id)
    if (id !== null && ticket.type !== 'incident') addProblem(problems, 'problem_id', 'Problem: needs type incident')
    else if (id !== null && state.tickets[id]?.type !== 'problem')
      addProblem(problems, 'problem_id', 'Problem: is invalid')
    else ticket.problem_id = id
  }
  if (changes.due_at !== undefined) {
    const due = changes.due_at === null ? null : Date.parse(String(changes.due_at))
    if (due !== null && Number.isNaN(due)) addProblem(problems, 'due_at', 'Due date: is not a date')
    // A due date is for tasks; on other types Zendesk keeps none.
    else ticket.due_at = ticket.type === 'task' ? due : null
  }
  if (ticket.type !== 'task') ticket.due_at = null
  if (ticket.type !== 'incident') ticket.problem_id = null
}

function applyTags({ world, ticket }: Draft, changes: TicketChanges): void {
  if (changes.tags !== undefined) setTags(world.state, ticket, changes.tags)
  const { additional_tags, remove_tags } = changes
  if (additional_tags !== undefined) {
    setTags(world.state, ticket, [...ticket.tags, ...normaliseTags(additional_tags)])
  }
  if (remove_tags !== undefined) {
    const gone = normaliseTags(remove_tags)
    const kept = ticket.tags.filter((tag) => !gone.includes(tag))
    setTags(world.state, ticket, kept)
  }
}

export function asIdOrNull(value: unknown): number | null {
  if (value === null || value === '' || value === undefined) return null
  const id = Number(value)
  return Number.isSafeInteger(id) && id > 0 ? id : -1
}

function asTextOrNull(value: unknown): string | null {
  return value === null || value === '' || value === undefined ? null : String(value)
}
