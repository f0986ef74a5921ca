import type { Audit, Ticket, Via } from '../state/model.ts'
import type { TicketChanges } from '../tickets/changes.ts'
import { changeByRule } from '../tickets/rule-change.ts'
import type { UpdateInProgress, World } from '../world.ts'

/** The author of what Zendesk does by itself. */
const SYSTEM_AUTHOR = -1

/** Moves the unclosed tickets of a deleted group to the account's default group. */
export function leaveGroup(world: World, groupId: number): void {
  const refuge = Object.values(world.state.groups).find((group) => group.default && !group.deleted)
  if (!refuge) return
  for (const ticket of openTickets(world, groupId)) {
    changeBySystem(world, ticket, { group_id: refuge.id }, 'group_deletion')
  }
}

/** Takes an agent's unclosed tickets of a group from them once they have left it. */
export function unassignLeaver(world: World, userId: number, groupId: number): void {
  for (const ticket of openTickets(world, groupId)) {
    if (ticket.assignee_id === userId) changeBySystem(world, ticket, { assignee_id: null }, 'group_change')
  }
}

function openTickets(world: World, groupId: number): Ticket[] {
  const isOver = (ticket: Ticket) => ticket.status === 'closed' || ticket.status === 'deleted'
  return Object.values(world.state.tickets).filter((ticket) => ticket.group_id === groupId && !isOver(ticket))
}

function changeBySystem(world: World, ticket: Ticket, changes: TicketChanges, rel: string): void {
  const now = world.clock.now()
  const via: Via = { channel: 'system', source: { from: {}, to: {}, rel } }
  const audit: Audit = {
    ...{ id: world.nextId('audit'), ticket_id: ticket.id, created_at: now, author_id: SYSTEM_AUTHOR },
    ...{ metadata: { system: {}, custom: {} }, via, events: [] },
  }
  const actor = Object.values(world.state.users).find((user) => user.role === 'admin') ?? world.state.users[0]!
  const update: UpdateInProgress = {
    ...{ ticket, before: structuredClone(ticket), audit, actor, comment: null, isCreate: false },
    change: (field, value, ruleVia) => changeByRule(world, update, field, value, ruleVia),
  }
  for (const [field, value] of Object.entries(changes)) update.change(field, value, via)
  if (audit.events.length === 0) return
  // The whole audit is the system's, so its events need no origin of their own.
  for (const event of audit.events) delete event.via
  world.state.audits[ticket.id]!.push(audit)
  ticket.updated_at = Math.max(now, ticket.updated_at)
  ticket.generated_at = ticket.updated_at
}
