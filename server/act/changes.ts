import { EffectMarker } from '../../core/contract/command.ts'
import { isOptionTag } from '../../core/contract/option-tag.ts'
import { higher } from '../../core/decide/orders.ts'
import type { Effect, RouteTicket } from '../../core/escalation/effects.ts'
import { Priority } from '../../core/severity.ts'
import type { Installation } from '../admin/installation.ts'
import type { Group } from '../zendesk/people.ts'
import type { Ticket, TicketChanges } from '../zendesk/ticket.ts'
import { type FieldValue, fieldValues } from './fields.ts'

/** What an update of ours asks of the ticket, for the update itself and to hold Zendesk's answer against. */
export type Asked = {
  group: Group | null
  priority: Priority
  fields: FieldValue[]
  /** Tags to be there afterwards, and tags not to be. */
  addTags: string[]
  removeTags: string[]
}

/** @param group the one the effect names, looked up; null when it names none */
export function askFor(effect: RouteTicket, ticket: Ticket, group: Group | null, installation: Installation): Asked {
  const fields = fieldValues(effect.fields, installation)
  const optionTags = fields.map(({ value }) => String(value)).filter(isOptionTag)
  const addTags = [...new Set([...effect.addTags, ...optionTags])]
  return {
    group,
    priority: higher(effect.priority, Priority.nullable().catch(null).parse(ticket.priority)),
    fields,
    addTags,
    // A drop-down's old tag would set it back to the old option.
    removeTags: [...effect.removeTags, ...oldOptionTags(ticket, fields)].filter((tag) => !addTags.includes(tag)),
  }
}

/**
 * The one update: everybody else's tags and fields stay as they were just read. A solved ticket is opened again, because
 * it cannot be solved with nobody assigned.
 */
export function routeChanges(effect: RouteTicket, ticket: Ticket, asked: Asked): TicketChanges {
  const isSolved = ticket.status === 'solved'
  return {
    ...(asked.group && { groupId: asked.group.id, assigneeId: null }),
    ...(asked.group && isSolved && { status: 'open' }),
    priority: asked.priority,
    tags: [...new Set([...ticket.tags.filter((tag) => !asked.removeTags.includes(tag)), ...asked.addTags])],
    fields: asked.fields.map(({ id, value }) => ({ id, value })),
    privateComment: effect.comment,
    custom: markerOf(effect),
  }
}

/** A comment alone. */
export function commentChanges(effect: Effect): TicketChanges {
  return { privateComment: effect.comment, custom: markerOf(effect) }
}

/** Whether an update is the one this effect made. */
export function carriesMarker(custom: Record<string, unknown>, effectId: string): boolean {
  const marker = EffectMarker.safeParse(custom.baton_effect)
  return marker.success && marker.data.id === effectId
}

function markerOf({ id, escalationId }: Effect): Record<string, unknown> {
  return { baton_effect: { id, escalation: escalationId } satisfies EffectMarker }
}

function oldOptionTags(ticket: Ticket, fields: FieldValue[]): string[] {
  return fields
    .map(({ id }) => ticket.fields[id])
    .filter((value) => typeof value === 'string' && isOptionTag(value)) as string[]
}
