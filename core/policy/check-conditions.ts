import { instantIn } from '../decide/conditions.ts'
import { FIELDS, type FieldKind, fieldNamed, OPERATORS_OF } from '../decide/fields.ts'
import { nearest } from '../nearest.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import type { Condition, ConditionValue } from './schema.ts'

const TAKES_NO_VALUE = ['present', 'not_present']

/**
 * Reports conditions that could not mean anything: a field no fact goes by, an operator that makes no sense for it, a
 * value it never has.
 *
 * @param known values that fields may have because the policy names them: ids of components, queues' groups …
 */
export function checkConditions(
  conditions: readonly Condition[],
  path: Path,
  report: Report,
  known: Readonly<Record<string, readonly string[]>>,
): void {
  conditions.forEach((condition, index) => {
    const here = [...path, index]
    const field = fieldNamed(condition.field)
    if (!field) {
      const meant = nearest(condition.field, Object.keys(FIELDS))
      report.refuse([...here, 'field'], `No fact is called "${condition.field}"`, meant)
      return
    }
    const operators = OPERATORS_OF[field.kind]
    if (!operators.includes(condition.operator)) {
      report.refuse(
        [...here, 'operator'],
        `"${condition.operator}" makes no sense for ${condition.field}, which takes ${operators.join(', ')}`,
      )
      return
    }
    checkValue(condition, field.kind, field.values ?? known[condition.field], [...here, 'value'], report)
  })
}

function checkValue(
  { field, operator, value }: Condition,
  kind: FieldKind,
  values: readonly string[] | undefined,
  path: Path,
  report: Report,
): void {
  if (TAKES_NO_VALUE.includes(operator)) {
    if (value !== undefined && value !== null) report.refuse(path, `"${operator}" takes no value`)
    return
  }
  if (value === undefined) {
    report.refuse(path, `"${operator}" needs a value`)
    return
  }
  const isMany = operator.includes('includes')
  if (Array.isArray(value) && !isMany) {
    report.refuse(path, `"${operator}" takes one value, not a list`)
    return
  }
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
  if (isEmpty) {
    const mayBeEmpty = operator === 'is' || operator === 'is_not' || kind === 'priority'
    if (!mayBeEmpty) report.refuse(path, `"${operator}" needs a value`)
    return
  }
  if (operator.startsWith('within_')) {
    if (!(Number.isInteger(Number(value)) && Number(value) > 0)) report.refuse(path, 'Write a whole number of days')
  } else if (kind === 'number' && !isNumber(value)) {
    report.refuse(path, `${field} is a number; ${JSON.stringify(value)} is not`)
  } else if (kind === 'boolean' && !['true', 'false'].includes(String(value))) {
    report.refuse(path, `${field} is true or false`)
  } else if (kind === 'date' && Number.isNaN(instantIn(value))) {
    report.refuse(path, `${field} is a date; write it as 2026-03-06 or 2026-03-06T10:00:00Z`)
  } else if (values) {
    for (const item of itemsIn(value, isMany)) {
      if (values.some((candidate) => candidate.toLowerCase() === item.toLowerCase())) continue
      const choice = values.filter((candidate) => candidate !== '').join(', ')
      report.refuse(path, `${field} is never "${item}"; it is one of ${choice}`, nearest(item, values))
    }
  }
}

function itemsIn(value: ConditionValue, isMany: boolean): string[] {
  if (Array.isArray(value)) return value.map(String)
  return isMany ? String(value).split(/\s+/).filter(Boolean) : [String(value)]
}

function isNumber(value: ConditionValue): boolean {
  return (
    typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
  )
}
