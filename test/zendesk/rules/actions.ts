import { assignSchedule } from '../schedules/assign.ts'
import type { Action, State, Via } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { renderLiquid } from './liquid.ts'
import { notify } from './notifications.ts'
import { personId } from './person.ts'
import { placeholderValues } from './placeholders.ts'

/**
 * Carries out one action of a trigger.
 *
 * Fields are changed under the names that ticket updates use (`tags`, `custom_fields`, `followers` …).
 *
 * @returns whether the ticket changed
 */
export function runAction(world: World, update: UpdateInProgress, action: Action, via: Via): boolean {
  const { field, value } = action
  const { ticket, actor } = update
  switch (field) {
    case 'status':
    case 'type':
    case 'priority':
      return update.change(field, value === '' ? null : value, via)
    case 'group_id':
    case 'assignee_id':
      return assign(update, field, value, via)
    case 'custom_status_id':
    case 'brand_id':
    case 'ticket_form_id':
      return update.change(field, Number(value), via)
    case 'subject':
      return update.change(field, renderLiquid(String(value), placeholderValues(world, update)), via)
    case 'set_tags':
      return update.change('tags', tagsOf(value), via)
    case 'current_tags':
      return update.change('tags', [...new Set([...ticket.tags, ...tagsOf(value)])], via)
    case 'remove_tags':
      return update.change('tags', without(ticket.tags, tagsOf(value)), via)
    case 'follower':
      return update.change('followers', [{ user_id: personId(value, update), action: 'put' }], via)
    case 'cc':
      return update.change('email_ccs', [{ user_id: personId(value, update), action: 'put' }], via)
    case 'set_schedule':
      return assignSchedule(world, update, Number(value), via)
    case 'notification_user':
    case 'notification_group':
      notify(world, update, field, value as unknown[], via)
      return false
    case 'notification_webhook':
      callWebhook(world, update, value as unknown[])
      return false
    default:
      return setCustomField(world.state, update, field, value, via, actor.id)
  }
}

function assign(update: UpdateInProgress, field: string, value: unknown, via: Via): boolean {
  if (value === 'current_user') {
    // An end user can't be an assignee: the action then does nothing.
    return update.actor.role === 'end-user' ? false : update.change(field, update.actor.id, via)
  }
  return update.change(field, value === '' || value === null ? null : Number(value), via)
}

function setCustomField(
  state: State,
  update: UpdateInProgress,
  field: string,
  value: unknown,
  via: Via,
  actorId: number,
): boolean {
  const id = /^(?:custom_fields|ticket_fields)_(\d+)$/.exec(field)?.[1]
  const definition = id ? state.ticket_fields[Number(id)] : undefined
  // A field that was deleted after the rule was written: the action does nothing.
  if (!definition) return false
  const option = definition.custom_field_options.find((one) => String(one.id) === String(value))
  const wanted = option?.value ?? (value === 'current_user' ? actorId : value === '' ? null : value)
  return update.change('custom_fields', [{ id: definition.id, value: toType(definition.type, wanted) }], via)
}

/** Rules hold their values as text; the ticket keeps the field's own type. */
function toType(type: string, value: unknown): unknown {
  if (value === null) return null
  if (type === 'checkbox') return value === true || value === 'true'
  if (type === 'multiselect') return Array.isArray(value) ? value : tagsOf(value)
  return type === 'integer' || type === 'decimal' ? Number(value) : value
}

function callWebhook(world: World, update: UpdateInProgress, [webhookId, body]: unknown[]): void {
  const values = placeholderValues(world, update)
  // For GET and DELETE the second part is a list of parameters instead of a document.
  const payload = Array.isArray(body)
    ? new URLSearchParams(body.map(([name, value]) => [String(name), renderLiquid(String(value), values)])).toString()
    : renderLiquid(String(body ?? ''), values)
  world.fireWebhook(String(webhookId), payload)
}

function tagsOf(value: unknown): string[] {
  const words = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[\s,]+/)
  return words.filter(Boolean).map((word) => word.toLowerCase())
}

function without(tags: string[], removed: string[]): string[] {
  return tags.filter((tag) => !removed.includes(tag))
}
