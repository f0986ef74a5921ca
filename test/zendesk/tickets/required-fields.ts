import { addProblem } from '../http/refused.ts'
import type { Field } from '../state/model.ts'
import type { Draft } from './apply.ts'
import { fieldProblem, isCustomField } from './custom-fields.ts'

/** Fields of the ticket's form that must have a value before it is solved; every empty one refuses the write. */
export function checkRequiredFields({ world, ticket, problems }: Draft): void {
  const form = world.state.ticket_forms[ticket.ticket_form_id]
  for (const id of form?.ticket_field_ids ?? []) {
    const field = world.state.ticket_fields[id]
    if (!field?.active || !isEmpty(field)) continue
    if (field.required || isRequiredByCondition(field)) {
      addProblem(problems, 'base', fieldProblem(field, 'is required when solving a ticket', 'BlankValue'))
    }
  }

  function isEmpty(field: Field): boolean {
    if (field.type === 'tickettype') return ticket.type === null
    if (field.type === 'priority') return ticket.priority === null
    if (field.type === 'subject') return ticket.subject === ''
    // The assignee has a rule of its own, and the other system fields are never empty.
    if (!isCustomField(field)) return false
    const value = ticket.custom_fields[field.id] ?? null
    return value === null || value === false || value === ''
  }

  function isRequiredByCondition(field: Field): boolean {
    return (form?.agent_conditions ?? []).some((condition) => {
      if (String(ticket.custom_fields[condition.parent_field_id] ?? '') !== String(condition.value)) return false
      const child = condition.child_fields.find((one) => one.id === field.id)
      const on = child?.required_on_statuses
      if (on?.type === 'SOME_STATUSES') return on.statuses?.includes(ticket.status) ?? false
      if (on) return on.type === 'ALL_STATUSES'
      return child?.is_required ?? false
    })
  }
}
