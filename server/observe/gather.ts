import type { Observed } from '../../core/decide/decision.ts'
import type { DecisionInput } from '../../core/decide/input.ts'
import type { HandedOver } from '../../core/escalation/facts.ts'
import { openEscalation, type TicketState } from '../../core/escalation/state.ts'
import type { Note } from '../../core/note/note.ts'
import { type Policy, queueOfGroup } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import type { TicketWithPeople } from '../zendesk/client.ts'

/** The ticket as it stands now: what a new escalation is handed over from. */
export function standingOf({ ticket, groups }: TicketWithPeople, policy: Policy): HandedOver {
  const groupName = groups.find(({ id }) => id === ticket.groupId)?.name ?? null
  return {
    groupName,
    tier: queueOfGroup(policy, groupName)?.tier ?? policy.tiers[0]!.level,
    priority: ticket.priority,
    tags: ticket.tags,
  }
}

/** Everything a decision about this ticket and note is made from. */
export function gatherInput(
  people: TicketWithPeople,
  note: Note,
  from: HandedOver,
  state: TicketState,
  now: Instant,
): DecisionInput {
  const { ticket, users, organizations } = people
  const requester = users.find(({ id }) => id === ticket.requesterId)
  const organization = organizations.find(({ id }) => id === ticket.organizationId)
  const { id, subject, description, status, type, channel, createdAt } = ticket
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
    history: { previousEscalations: state.escalations.length - (openEscalation(state) ? 1 : 0) },
    currentTier: from.tier,
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
