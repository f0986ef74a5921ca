import { SYSTEM_USER } from '../people/system-user.ts'
import type { ConditionField } from '../rules/condition-field.ts'
import { conditionHolds, conditionProblem } from '../rules/conditions.ts'
import { findField } from '../rules/fields.ts'
import { CHANGES, OPERATORS } from '../rules/vocabulary.ts'
import type { Condition, State, Ticket } from '../state/model.ts'
import type { UpdateInProgress, World } from '../world.ts'
import { TIME_FIELDS, TIME_OPERATORS, timeConditionHolds } from './time-conditions.ts'

/** Fields about an update, of which an automation has none, or about the moment of one. */
const ONLY_IN_TRIGGERS = new Set([
  ...['update_type', 'comment_is_public', 'comment_includes_word', 'current_via_id', 'role', 'in_business_hours'],
  ...['within_schedule', 'set_schedule'],
])

/** Whether the ticket is one of the automation's now. Hours are asked for last, as they cost most. */
export function matches(world: World, ticket: Ticket, { all, any }: { all: Condition[]; any: Condition[] }): boolean {
  const situation = { world, update: noUpdate(ticket) }
  const test = (condition: Condition) =>
    isTimeCondition(condition) ? timeConditionHolds(world, ticket, condition) : conditionHolds(condition, situation)
  const plainFirst = [...all.filter((one) => !isTimeCondition(one)), ...all.filter(isTimeCondition)]
  return plainFirst.every(test) && (any.length === 0 || any.some(test))
}

export function isTimeCondition({ field }: Condition): boolean {
  return TIME_FIELDS.has(field)
}

/** What is wrong with a condition of an automation, or null. */
export function automationConditionProblem(state: State, condition: unknown): string | null {
  const { field: name, operator, value } = (condition ?? {}) as Partial<Condition>
  const time = TIME_FIELDS.get(String(name))
  if (time) {
    const phrase = `'${time.title} / ${operator ?? ''} / ${value ?? ''}'`
    if (!TIME_OPERATORS.includes(String(operator))) return `Invalid operator '${operator ?? ''}' in ${phrase}`
    return /^\d{1,5}$/.test(String(value)) ? null : `Invalid value '${value ?? ''}' in ${phrase}`
  }
  const field = typeof name === 'string' ? findField(state, name) : null
  if (!field || ONLY_IN_TRIGGERS.has(field.name)) return `Invalid field '${name ?? ''}'`
  if ((CHANGES as readonly string[]).includes(String(operator))) return notHere(field, String(operator))
  return conditionProblem(state, condition)
}

function notHere({ title }: ConditionField, operator: string): string {
  return `Invalid operator '${operator}' in '${title} / ${OPERATORS[operator]?.title ?? operator} / '`
}

/** Conditions are written for updates; an automation looks at a ticket that nobody touches. */
function noUpdate(ticket: Ticket): UpdateInProgress {
  const via = { channel: 'rule', source: { from: {}, to: {}, rel: 'automation' } }
  const metadata = { system: {}, custom: {} }
  const audit = { id: 0, ticket_id: ticket.id, created_at: 0, author_id: SYSTEM_USER.id, metadata, via, events: [] }
  const change = () => false
  return { ticket, before: ticket, audit, actor: SYSTEM_USER, comment: null, isCreate: false, change }
}
