import type { ConditionField } from '../rules/condition-field.ts'
import { choices } from '../rules/definitions.ts'
import { OPERATORS } from '../rules/vocabulary.ts'
import type { State } from '../state/model.ts'
import { filterFields, filterOperators } from './filter.ts'

/** What filters may be made of; shaped differently from the triggers' definitions. */
export function filterDefinitions(state: State) {
  const items = filterFields(state).map((field) => describe(state, field))
  return { all: items, any: items }
}

function describe(state: State, field: ConditionField) {
  const list = field.choices === null ? [] : choices(state, field).map(({ title, value }) => ({ title, value }))
  return {
    title: field.title,
    value: field.name,
    group: field.group,
    target: null,
    operators: filterOperators(field).map((value) => ({ value, title: OPERATORS[value]!.title })),
    values: { type: field.choices === null ? 'text' : 'list', list },
  }
}
