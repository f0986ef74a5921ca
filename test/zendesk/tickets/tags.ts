import type { Field, State, Ticket } from '../state/model.ts'

/** As Zendesk keeps tags: lower case, spaces become underscores, each once, in alphabetical order. */
export function normaliseTags(tags: unknown): string[] {
  const given = typeof tags === 'string' ? tags.split(/[\s,]+/) : Array.isArray(tags) ? tags.map(String) : []
  const normal = given.map((tag) => tag.trim().toLowerCase().replace(/\s+/g, '_')).filter((tag) => tag !== '')
  return [...new Set(normal)].sort()
}

/**
 * Replaces the tags, and with them the drop-downs, multi-selects and checkboxes that share a tag: an option whose tag
 * went is unset, one whose tag came is chosen.
 */
export function setTags(state: State, ticket: Ticket, tags: unknown): void {
  const before = new Set(ticket.tags)
  ticket.tags = normaliseTags(tags)
  for (const field of Object.values(state.ticket_fields)) {
    const value = ticket.custom_fields[field.id] ?? null
    if (field.type === 'tagger') followTagger(ticket, field, value, before)
    else if (field.type === 'multiselect') {
      const chosen = field.custom_field_options.map((option) => option.value).filter((tag) => ticket.tags.includes(tag))
      if (chosen.length > 0 || value !== null) ticket.custom_fields[field.id] = chosen.length > 0 ? chosen : null
    } else if (field.type === 'checkbox' && field.tag) {
      const isChecked = ticket.tags.includes(field.tag)
      if (isChecked !== (value === true)) ticket.custom_fields[field.id] = isChecked
    }
  }
}

function followTagger(ticket: Ticket, field: Field, value: unknown, before: Set<string>): void {
  const options = field.custom_field_options.map((option) => option.value)
  const present = options.filter((tag) => ticket.tags.includes(tag))
  const chosen = present.find((tag) => !before.has(tag)) ?? present.find((tag) => tag === value) ?? present[0] ?? null
  if (chosen !== null) ticket.tags = ticket.tags.filter((tag) => tag === chosen || !options.includes(tag))
  if (chosen !== value) ticket.custom_fields[field.id] = chosen
}

/** Moves a field's tags on the ticket from its old value to its new one. */
export function moveFieldTags(ticket: Ticket, field: Field, from: unknown, to: unknown): void {
  const gone = tagsOfValue(field, from)
  const come = tagsOfValue(field, to)
  if (gone.length === 0 && come.length === 0) return
  ticket.tags = normaliseTags([...ticket.tags.filter((tag) => !gone.includes(tag)), ...come])
}

function tagsOfValue(field: Field, value: unknown): string[] {
  if (field.type === 'tagger') return typeof value === 'string' ? [value] : []
  if (field.type === 'multiselect') return Array.isArray(value) ? value.map(String) : []
  if (field.type === 'checkbox') return value === true && field.tag ? [field.tag] : []
  return []
}
