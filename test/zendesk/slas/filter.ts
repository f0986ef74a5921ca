import type { ConditionField } from '../rules/condition-field.ts'
import { conditionProblem, holds } from '../rules/conditions.ts'
import { allFields, findField } from '../rules/fields.ts'
import { CHANGES, OPERATORS_OF } from '../rules/vocabulary.ts'
import type { Condition, State } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import type { SlaPolicy } from './policy.ts'

/** Of the triggers' fields those that say something about a ticket and not about an update. Priority is the targets'. */
const SYSTEM_FIELDS = new Set([
  ...['type', 'group_id', 'assignee_id', 'requester_id', 'organization_id', 'current_tags', 'via_id'],
  ...['current_via_id', 'brand_id', 'ticket_form_id', 'custom_status_id', 'set_schedule'],
])

/** The fields that a filter of this account may name. */
export function filterFields(state: State): ConditionField[] {
  return allFields(state).filter(isFilterField)
}

/** The operators that a filter may use on a field: nothing about change. */
export function filterOperators({ kind }: ConditionField): string[] {
  return OPERATORS_OF[kind].filter((operator) => !(CHANGES as readonly string[]).includes(operator))
}

/** What is wrong with a condition of a filter, or null. */
export function filterProblem(state: State, condition: unknown): string | null {
  const { field: name, operator } = (condition ?? {}) as Partial<Condition>
  const field = typeof name === 'string' ? findField(state, name) : null
  if (!field || !isFilterField(field)) return `Invalid field '${name ?? ''}'`
  if (!filterOperators(field).includes(String(operator)))
    return `Invalid operator '${operator ?? ''}' in '${field.title}'`
  return conditionProblem(state, condition)
}

/** Whether a ticket as it is now is one of the policy's. */
export function matches(world: World, update: UpdateInProgress, { filter }: Pick<SlaPolicy, 'filter'>): boolean {
  return holds(filter, { world, update })
}

function isFilterField({ name }: ConditionField): boolean {
  return SYSTEM_FIELDS.has(name) || name.includes('custom_fields') || name.startsWith('ticket_fields_')
}
