import type { Observed } from '../../core/decide/decision.ts'
import type { DecisionInput } from '../../core/decide/input.ts'
import type { HandedOver } from '../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import type { Note } from '../../core/note/note.ts'
import { type Policy, tierOfGroup } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import type { TicketWithPeople } from '../zendesk/client.ts'
import type { Ticket } from '../zendesk/ticket.ts'
import type { TicketAsOf } from './ticket-as-of.ts'

/** The ticket as it stands: what a new escalation is handed over from. */
export function standingOf(
  { ticket, groups }: Pick<TicketWithPeople, 'ticket' | 'groups'>,
  policy: Policy,
): HandedOver {
  return handedOver(ticket, groups.find(({ id }) => id === ticket.groupId)?.name ?? null, policy)
}

/**
 * The ticket as it was handed over: where it was before the update that asked for that, since this may have moved it
 * already, with whatever else the update made of it.
 */
export async function standingAsOf({ ticket, before, groupName }: TicketAsOf, policy: Policy): Promise<HandedOver> {
  const { groupId, assigneeId } = before
  return handedOver({ ...ticket, groupId, assigneeId }, await groupName(groupId), policy)
}

function handedOver({ assigneeId, priority, tags }: Ticket, groupName: string | null, policy: Policy): HandedOver {
  return { groupName, assigneeId, tier: tierOfGroup(policy, groupName), priority, tags }
}

/** Everything a decision about this ticket and note is made from. */
export function gatherInput(
  { ticket, users, organizations }: Pick<TicketWithPeople, 'ticket' | 'users' | 'organizations'>,
  note: Note,
  from: HandedOver,
  state: TicketState,
  now: Instant,
): DecisionInput {
  const requester = users.find(({ id }) => id === ticket.requesterId)
  const organization = organizations.find(({ id }) => id === ticket.organizationId)
  const { id, subject, description, status, type, channel, createdAt } = ticket
  const open = openEscalation(state)
  return {
    ticket: {
      ...{ id, subject, description, status, type, channel, createdAt },
      priority: from.priority,
      tags: from.tags,
      groupName: from.groupName,
      fields: observed(ticket.fields),
    },
    requester: requester
      ? {
          id: requester.id,
          name: requester.name,
          email: requester.email,
          locale: requester.locale,
          tags: requester.tags,
          fields: observed(requester.fields),
        }
      : null,
    organization: organization
      ? {
          id: organization.id,
          name: organization.name,
          tags: organization.tags,
          fields: observed(organization.fields),
        }
      : null,
    note,
    history: { previousEscalations: state.escalations.length - (open ? 1 : 0) },
    currentTier: from.tier,
    approvals: open?.approval?.state === 'approved' ? [open.approval.rule] : [],
    now,
  }
}

/** Values of custom fields that a condition can look at; what else there is counts as unknown. */
function observed(fields: Record<string, unknown>): Record<string, Observed> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, asObserved(value)]))
}

function asObserved(value: unknown): Observed {
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
