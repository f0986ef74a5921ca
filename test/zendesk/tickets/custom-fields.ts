import { addProblem, type Problems } from '../http/refused.ts'
import type { Field, State, Ticket } from '../state/model.ts'
import { moveFieldTags } from './tags.ts'

/** Types of ticket fields that are columns of the ticket and not entries of `custom_fields`. */
const SYSTEM_TYPES = new Set([
  'subject',
  'description',
  'status',
  'tickettype',
  'priority',
  'group',
  'assignee',
  'custom_status',
])

export function isCustomField(field: Field): boolean {
  return !SYSTEM_TYPES.has(field.type)
}

/** Reads `custom_fields` as either the array or the object form; entries without an id are left out. */
export function readCustomFields(given: unknown): [id: number, value: unknown][] {
  if (Array.isArray(given)) {
    return given.filter((entry) => Number(entry?.id) > 0).map((entry) => [Number(entry.id), entry.value ?? null])
  }
  if (given === null || typeof given !== 'object') return []
  return Object.entries(given).map(([id, value]) => [Number(id), value ?? null])
}

/** Sets one custom field and its tags. An unknown or inactive field is passed over in silence, as Zendesk does. */
export function setCustomField(state: State, ticket: Ticket, id: number, given: unknown, problems: Problems): void {
  const field = state.ticket_fields[id]
  if (!field?.active || !isCustomField(field)) return
  const value = readValue(field, given)
  if (value === undefined) {
    addProblem(problems, 'base', fieldProblem(field, 'is not valid', 'InvalidValue'))
    return
  }
  const before = ticket.custom_fields[id] ?? null
  if (value === null) delete ticket.custom_fields[id]
  else ticket.custom_fields[id] = value
  moveFieldTags(ticket, field, before, value)
}

export function fieldProblem(field: Field, what: string, error: string) {
  const type = `Field${field.type.charAt(0).toUpperCase()}${field.type.slice(1)}`
  return { description: `${field.title}: ${what}`, error, ticket_field_id: field.id, ticket_field_type: type }
}

/** The value as it is kept: null when cleared, undefined when the field does not take it. */
export function readValue(field: Field, given: unknown): unknown {
  if (field.type === 'checkbox') return readCheckbox(given)
  if (given === null || given === undefined || given === '') return null
  switch (field.type) {
    case 'tagger': {
      const tag = String(given).toLowerCase()
      return field.custom_field_options.some((option) => option.value === tag) ? tag : undefined
    }
    case 'multiselect': {
      const tags = (Array.isArray(given) ? given : [given]).map((tag) => String(tag).toLowerCase())
      if (tags.length === 0) return null
      const known = new Set(field.custom_field_options.map((option) => option.value))
      return tags.every((tag) => known.has(tag)) ? [...new Set(tags)] : undefined
    }
    case 'integer':
      return /^-?\d+$/.test(String(given)) ? Number(given) : undefined
    case 'decimal':
      return /^-?\d+(\.\d+)?$/.test(String(given)) ? Number(given) : undefined
    case 'date':
      return isDate(given) ? given : undefined
    case 'regexp': {
      const pattern = field.regexp_for_validation
      return !pattern || new RegExp(pattern).test(String(given)) ? String(given) : undefined
    }
    default:
      return typeof given === 'object' ? undefined : String(given)
  }
}

function readCheckbox(given: unknown): boolean | null | undefined {
  if (given === null || given === undefined) return null
  if ([true, 'true', 1, '1'].includes(given as never)) return true
  if ([false, 'false', 0, '0', ''].includes(given as never)) return false
  return undefined
}

function isDate(given: unknown): boolean {
  if (typeof given !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(given)) return false
  const parsed = new Date(`${given}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(given)
}
