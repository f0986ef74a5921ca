import { editedTicket, type TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import type { Directory } from './directory.ts'

/** System fields of the API under the names apps know them by. */
const SYSTEM_NAMES: Record<string, string> = {
  tickettype: 'type',
  basic_priority: 'priority',
  group: 'assignee',
}

/** `ticketFields`: the form's fields as apps see them. */
export function ticketFieldsOf({ fields }: Directory, snapshot: TicketSnapshot) {
  return fields.map((field) => {
    const name = field.removable === false ? (SYSTEM_NAMES[field.type] ?? field.type) : `custom_field_${field.id}`
    const look = snapshot.fieldLooks[name] ?? { isHidden: false, isDisabled: false }
    const value = editedTicket(snapshot)?.custom_fields.find((one) => one.id === field.id)?.value
    return {
      name,
      label: field.title,
      type: field.type,
      isVisible: !look.isHidden,
      isEnabled: !look.isDisabled,
      isRequired: field.required ?? false,
      optionValues: (field.custom_field_options ?? []).map((option) => ({ label: option.name, value: option.value })),
      selectedValue: value ?? null,
    }
  })
}

/** Apps may write a custom field's path with or without the prefix. */
export function ticketFieldName(name: string): string {
  return /^\d+$/.test(name) ? `custom_field_${name}` : name
}
