import type { State } from '../state/model.ts'
import type { ConditionField } from './condition-field.ts'
import { customField, personField } from './custom-condition-fields.ts'
import { SYSTEM_FIELDS } from './system-condition-fields.ts'

/** The condition field of a name, or null when triggers know no such field. */
export function findField(state: State, name: string): ConditionField | null {
  const system = SYSTEM_FIELDS.get(LEGACY_NAMES.get(name) ?? name)
  return system?.(state) ?? customField(state, name) ?? personField(state, name)
}

/** Every field a trigger of this account may use, in the order the rule editor shows them; none that offers no value. */
export function allFields(state: State): ConditionField[] {
  const names = [
    ...SYSTEM_FIELDS.keys(),
    ...Object.values(state.ticket_fields)
      .filter((field) => field.removable && field.active)
      .map((field) => `custom_fields_${field.id}`),
    ...Object.values(state.user_fields).map((field) => `requester.custom_fields.${field.key}`),
    ...Object.values(state.organization_fields).map((field) => `organization.custom_fields.${field.key}`),
  ]
  return names
    .map((name) => findField(state, name))
    .filter((field) => field !== null)
    .filter((field) => field.choices?.().length !== 0)
}

const LEGACY_NAMES = new Map([
  ['ticket_type_id', 'type'],
  ['tags', 'current_tags'],
])
