import { DAY_MS } from '../../../core/units.ts'
import type { Condition, State } from '../state/model.ts'
import type { ConditionField, Situation } from './condition-field.ts'
import { findField } from './fields.ts'
import { OPERATORS, OPERATORS_OF } from './vocabulary.ts'

export type Conditions = { all: Condition[]; any: Condition[] }

/** Every one of `all` holds and, when there is any `any`, at least one of those. */
export function holds(conditions: Conditions, situation: Situation): boolean {
  return (
    conditions.all.every((condition) => conditionHolds(condition, situation)) &&
    (conditions.any.length === 0 || conditions.any.some((condition) => conditionHolds(condition, situation)))
  )
}

/** Whether one condition holds. A condition whose field was deleted since never does. */
export function conditionHolds(condition: Condition, situation: Situation): boolean {
  const field = findField(situation.world.state, condition.field)
  if (!field) return false
  const wanted = resolve(condition.value, field, situation)
  const current = field.read(situation)
  const { operator } = condition
  const positive = operator.startsWith('not_') ? operator.slice(4) : operator === 'is_not' ? 'is' : operator
  const answer = test(positive, field, current, wanted, situation)
  return positive === operator ? answer : !answer
}

function test(
  operator: string,
  field: ConditionField,
  current: unknown,
  wanted: string,
  situation: Situation,
): boolean {
  switch (operator) {
    case 'is':
      return field.kind === 'words' ? contains(current, wanted) : isEqual(current, wanted)
    case 'less_than':
    case 'less_than_equal':
    case 'greater_than':
    case 'greater_than_equal':
      return compares(operator, field, current, wanted)
    case 'changed':
    case 'value':
    case 'value_previous':
      return changes(operator, current, field.readBefore?.(situation), wanted)
    case 'includes':
      return includes(field, current, wanted)
    case 'present':
      return isPresent(current)
    case 'within_previous_n_days':
    case 'within_next_n_days':
      return isWithin(operator, current, wanted, situation.world.clock.now())
    default:
      return false
  }
}

/** A value that is a list holds each of its words: roles, kinds of comment. */
function isEqual(current: unknown, wanted: string): boolean {
  return Array.isArray(current) ? current.map(String).includes(wanted) : String(current) === wanted
}

function contains(current: unknown, wanted: string): boolean {
  return String(current).toLowerCase().includes(wanted.toLowerCase())
}

function includes(field: ConditionField, current: unknown, wanted: string): boolean {
  const present = new Set(
    field.kind === 'words' ? words(String(current)) : (Array.isArray(current) ? current : []).map(String),
  )
  const asked = field.kind === 'words' ? words(wanted) : wanted.toLowerCase().split(/\s+/).filter(Boolean)
  return asked.some((word) => present.has(word))
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_'-]+/gu) ?? []
}

/** `changed` looks at the ticket before the update: what a trigger sets and another sets back has not changed. */
function changes(operator: string, current: unknown, before: unknown, wanted: string): boolean {
  const now = String(current)
  const earlier = String(before ?? '')
  if (now === earlier) return false
  if (operator === 'changed') return true
  return operator === 'value' ? now === wanted : earlier === wanted
}

function compares(operator: string, field: ConditionField, current: unknown, wanted: string): boolean {
  const left = rank(field, current)
  const right = rank(field, wanted)
  if (left === null || right === null) return false
  if (operator === 'less_than') return left < right
  if (operator === 'less_than_equal') return left <= right
  return operator === 'greater_than' ? left > right : left >= right
}

function rank(field: ConditionField, value: unknown): number | null {
  if (field.order) {
    const position = field.order.indexOf(String(value))
    return position < 0 ? null : position
  }
  if (value === '' || value === null || value === undefined) return null
  const number = field.kind === 'date' ? Date.parse(String(value)) : Number(value)
  return Number.isNaN(number) ? null : number
}

function isPresent(current: unknown): boolean {
  return Array.isArray(current) ? current.length > 0 : current !== '' && current !== null && current !== undefined
}

function isWithin(operator: string, current: unknown, wanted: string, now: number): boolean {
  const at = Date.parse(String(current))
  const days = Number(wanted)
  if (Number.isNaN(at) || !Number.isInteger(days)) return false
  const today = Math.floor(now / DAY_MS) * DAY_MS
  return operator === 'within_previous_n_days'
    ? at <= today && at >= today - days * DAY_MS
    : at >= today && at <= today + days * DAY_MS
}

/** The value as text, with `current_user` and the like replaced by the person, and option ids by their tags. */
function resolve(value: unknown, field: ConditionField, { update }: Situation): string {
  const text = asText(value)
  if (field.name === 'assignee_id' || field.name === 'requester_id') {
    if (text === 'current_user') return String(update.actor.id)
    if (text === 'requester_id') return String(update.ticket.requester_id)
    if (text === 'assignee_id') return String(update.ticket.assignee_id ?? '')
  }
  if (field.options?.length) {
    const byId = new Map(field.options.map((option) => [String(option.id), option.value]))
    return text
      .split(/\s+/)
      .map((word) => byId.get(word) ?? word)
      .join(' ')
  }
  return text
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.map(String).join(' ') : String(value)
}

/**
 * What is wrong with a condition, in Zendesk's manner, or null.
 *
 * Source: a recorded refusal, "Invalid value 'web' in 'Update via / Is not / web'".
 */
export function conditionProblem(state: State, condition: unknown): string | null {
  if (typeof condition !== 'object' || condition === null) return 'Invalid condition'
  const { field: name, operator, value } = condition as Partial<Condition>
  const field = typeof name === 'string' ? findField(state, name) : null
  if (!field) return `Invalid field '${name ?? ''}'`
  const known = Object.hasOwn(OPERATORS, String(operator)) ? OPERATORS[String(operator)] : undefined
  const phrase = `'${field.title} / ${known?.title ?? operator ?? ''} / ${asText(value)}'`
  if (!known || !(OPERATORS_OF[field.kind] as readonly string[]).includes(operator as string)) {
    return `Invalid operator '${operator ?? ''}' in ${phrase}`
  }
  if (known.terminal) return null
  return isAccepted(field, operator as string, value) ? null : `Invalid value '${asText(value)}' in ${phrase}`
}

function isAccepted(field: ConditionField, operator: string, value: unknown): boolean {
  if (value === undefined) return false
  const text = asText(value)
  if (operator.startsWith('within_')) return /^\d+$/.test(text)
  switch (field.kind) {
    case 'tags':
    case 'words':
      return text.trim() !== ''
    case 'number':
      return text.trim() !== '' && !Number.isNaN(Number(text))
    case 'date':
      return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text))
    case 'multiselect':
    case 'among':
      return field.choices === null || isSubset(text.split(/\s+/), field.choices())
    default:
      return field.choices === null || field.choices().includes(text)
  }
}

function isSubset(words: string[], accepted: string[]): boolean {
  return words.every((word) => accepted.includes(word))
}
