import { EffectMarker } from '../../core/contract/command.ts'
import { isOptionTag } from '../../core/contract/option-tag.ts'
import { higher } from '../../core/decide/orders.ts'
import type { Effect, RouteTicket, ShowStage, SpokenEffect } from '../../core/escalation/effects.ts'
import { Priority } from '../../core/severity.ts'
import type { Installation } from '../admin/installation.ts'
import type { Group } from '../zendesk/people.ts'
import type { Ticket, TicketChanges } from '../zendesk/ticket.ts'
import { type FieldValue, fieldValues } from './fields.ts'
import { goesBack, type Place } from './place.ts'

/** What an update of ours asks of the ticket, for the update itself and to hold Zendesk's answer against. */
export type Asked = {
  group: Group | null
  assignee: RouteTicket['assignee']
  /** Null: as it is. */
  priority: Priority | null
  fields: FieldValue[]
  /** Tags to be there afterwards, and tags not to be. */
  addTags: string[]
  removeTags: string[]
}

/**
 * What a route asks. A solved ticket that goes back to nobody in particular stays solved, and therefore with whoever
 * solved it.
 */
export function askFor(effect: RouteTicket, ticket: Ticket, place: Place, installation: Installation): Asked {
  const staysSolved = ticket.status === 'solved' && goesBack(effect) && place.assignee === null
  return {
    group: staysSolved ? null : place.group,
    assignee: staysSolved ? 'keep' : place.assignee,
    priority: higher(effect.priority, Priority.nullable().catch(null).parse(ticket.priority)),
    ...fieldsAsked(effect, ticket, installation),
  }
}

/** Baton's own fields, and whoever took it over where nobody is assigned, if the ticket's group has them. */
export function askForFields(effect: ShowStage, ticket: Ticket, { owner }: Place, installation: Installation): Asked {
  const { fields } = effect
  const asked = fieldsAsked({ fields, addTags: [], removeTags: [] }, ticket, installation)
  const isFree = ticket.assigneeId === null && ticket.groupId !== null
  const assignee = owner && isFree && owner.groupIds.includes(ticket.groupId!) ? owner.id : 'keep'
  return { group: null, assignee, priority: null, ...asked }
}

function fieldsAsked(
  wanted: Pick<RouteTicket, 'fields' | 'addTags' | 'removeTags'>,
  ticket: Ticket,
  installation: Installation,
): Pick<Asked, 'fields' | 'addTags' | 'removeTags'> {
  const fields = fieldValues(wanted.fields, installation)
  const optionTags = fields.map(({ value }) => String(value)).filter(isOptionTag)
  const addTags = [...new Set([...wanted.addTags, ...optionTags])]
  // A drop-down's old tag would set it back to the old option.
  const removeTags = [...wanted.removeTags, ...oldOptionTags(ticket, fields)]
  return { fields, addTags, removeTags: removeTags.filter((tag) => !addTags.includes(tag)) }
}

/**
 * The one update: everybody else's tags and fields stay as they were just read. A solved ticket is opened again, because
 * it cannot be solved with nobody assigned.
 */
export function routeChanges(effect: RouteTicket, ticket: Ticket, asked: Asked, remark: string | null): TicketChanges {
  const isSolved = ticket.status === 'solved'
  return {
    ...(asked.group && { groupId: asked.group.id }),
    ...(asked.assignee !== 'keep' && { assigneeId: asked.assignee }),
    ...(asked.group && asked.assignee === null && isSolved && { status: 'open' }),
    ...(asked.priority !== null && { priority: asked.priority }),
    ...tagsAndFields(ticket, asked),
    privateComment: remark === null ? effect.comment : `${effect.comment}\n\n${remark}`,
    custom: markerOf(effect),
  }
}

/** Baton's own fields, without a comment. */
export function fieldChanges(effect: ShowStage, ticket: Ticket, asked: Asked): TicketChanges {
  const { assignee } = asked
  return {
    ...(assignee !== 'keep' && { assigneeId: assignee }),
    ...tagsAndFields(ticket, asked),
    custom: markerOf(effect),
  }
}

function tagsAndFields(ticket: Ticket, asked: Asked): Pick<TicketChanges, 'tags' | 'fields'> {
  return {
    tags: [...new Set([...ticket.tags.filter((tag) => !asked.removeTags.includes(tag)), ...asked.addTags])],
    fields: asked.fields.map(({ id, value }) => ({ id, value })),
  }
}

/** A comment alone. */
export function commentChanges(effect: SpokenEffect): TicketChanges {
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
