import { PRIORITIES, STATUSES } from '../rules/vocabulary.ts'
import type { Action, Condition } from '../state/model.ts'
import type { Automation } from './automation.ts'

/**
 * Whether the automation stops itself: an hour that comes once, or an action after which one of the conditions that must
 * hold does not, or none of those of which one must.
 *
 * Source: "About automations": an automation without a nullifying action or condition is refused.
 */
export function stopsItself({
  conditions: { all, any },
  actions,
}: Pick<Automation, 'conditions' | 'actions'>): boolean {
  const isOver = (condition: Condition) => comesOnce(condition) || actions.some((action) => undoes(action, condition))
  return all.some(isOver) || (any.length > 0 && any.every(isOver))
}

function comesOnce({ field, operator }: Condition): boolean {
  return operator.startsWith('is') && (HOURS_IN_STATUS.has(field) || HOURS_SINCE.has(field))
}

const HOURS_IN_STATUS = new Map([
  ['OPEN', 'open'],
  ['PENDING', 'pending'],
  ['HOLD', 'hold'],
  ['SOLVED', 'solved'],
  ['CLOSED', 'closed'],
])

const HOURS_SINCE = new Set([
  ...['NEW', 'assigned_at', 'updated_at', 'requester_updated_at', 'assignee_updated_at', 'due_date', 'until_due_date'],
  ...['sla_next_breach_at', 'until_sla_next_breach_at'],
])

const ORDERS: Record<string, readonly string[]> = { status: STATUSES, priority: ['', ...PRIORITIES] }

function undoes(action: Action, condition: Condition): boolean {
  const status = HOURS_IN_STATUS.get(condition.field)
  if (status) return action.field === 'status' && action.value !== status
  if (condition.field === 'current_tags') return undoesTags(action, condition)
  if (condition.field !== action.field) return false
  const now = String(action.value ?? '')
  const wanted = String(condition.value ?? '')
  const order = ORDERS[condition.field]
  switch (condition.operator) {
    case 'is':
      return now !== wanted
    case 'is_not':
      return now === wanted
    case 'less_than':
      return order !== undefined && order.indexOf(now) >= order.indexOf(wanted)
    case 'greater_than':
      return order !== undefined && order.indexOf(now) <= order.indexOf(wanted)
    case 'present':
      return now === ''
    case 'not_present':
      return now !== ''
    default:
      return false
  }
}

function undoesTags(action: Action, { operator, value }: Condition): boolean {
  const asked = words(value)
  const given = words(action.value)
  if (operator === 'not_includes') {
    return ['current_tags', 'set_tags'].includes(action.field) && asked.some((tag) => given.includes(tag))
  }
  if (action.field === 'remove_tags') return asked.every((tag) => given.includes(tag))
  return action.field === 'set_tags' && !asked.some((tag) => given.includes(tag))
}

function words(value: unknown): string[] {
  const text = Array.isArray(value) ? value.join(' ') : String(value ?? '')
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
}
