import { findSchedule } from '../schedules/find.ts'
import type { Action, State } from '../state/model.ts'
import { liquidProblem } from './liquid.ts'
import { PRIORITIES, STATUSES, TYPES } from './vocabulary.ts'

/** What is wrong with an action of a trigger, or null. Source: actions reference; a refusal names field and value. */
export function actionProblem(state: State, action: unknown): string | null {
  if (typeof action !== 'object' || action === null) return 'Invalid action'
  const { field, value } = action as Partial<Action>
  const check = typeof field === 'string' ? (CHECKS.get(field) ?? customFieldCheck(state, field)) : undefined
  if (!check) return `Invalid action field '${field ?? ''}'`
  const answer = check(value, state)
  if (answer === true) return null
  return answer === false ? `Invalid value '${shown(value)}' in action '${field}'` : `${answer} in action '${field}'`
}

/** The names of the actions that this account's triggers can take. */
export function actionFields(state: State): string[] {
  const custom = Object.values(state.ticket_fields).filter((field) => field.removable && field.active)
  return [...CHECKS.keys(), ...custom.map((field) => `custom_fields_${field.id}`)]
}

/** True, false, or what exactly is wrong. */
type Check = (value: unknown, state: State) => boolean | string

const oneOf =
  (...accepted: readonly string[]): Check =>
  (value) =>
    accepted.includes(String(value ?? ''))

const tags: Check = (value) => (typeof value === 'string' || Array.isArray(value)) && value.length > 0

const person: Check = (value, state) => value === 'current_user' || state.users[Number(value)] !== undefined

const notification =
  (isRecipient: Check): Check =>
  (value, state) => {
    if (!Array.isArray(value) || value.length !== 3 || !isRecipient(value[0], state)) return false
    return liquidProblem(String(value[1])) ?? liquidProblem(String(value[2])) ?? true
  }

const CHECKS = new Map<string, Check>(
  Object.entries({
    status: oneOf(...STATUSES),
    type: oneOf(...TYPES),
    priority: oneOf(...PRIORITIES),
    group_id: (value, state) => value === '' || (state.groups[Number(value)]?.deleted ?? true) === false,
    assignee_id: (value, state) =>
      value === '' || value === 'current_user' || (state.users[Number(value)]?.role ?? 'end-user') !== 'end-user',
    custom_status_id: (value, state) => state.custom_statuses[Number(value)]?.active === true,
    brand_id: (value, state) => state.brands[Number(value)] !== undefined,
    ticket_form_id: (value, state) => state.ticket_forms[Number(value)] !== undefined,
    subject: (value) => typeof value === 'string' && value !== '' && (liquidProblem(value) ?? true),
    set_tags: tags,
    current_tags: tags,
    remove_tags: tags,
    set_schedule: (value, state) => findSchedule(state, value) !== null,
    follower: person,
    cc: person,
    notification_user: notification(
      (to, state) =>
        ['requester_id', 'assignee_id', 'current_user', 'all_agents', 'requester_and_ccs'].includes(String(to)) ||
        state.users[Number(to)] !== undefined,
    ),
    notification_group: notification((to, state) => to === 'group_id' || state.groups[Number(to)] !== undefined),
    notification_webhook: (value, state) => {
      if (!Array.isArray(value) || value.length === 0) return false
      const webhook = Object.hasOwn(state.webhooks, String(value[0])) ? state.webhooks[String(value[0])] : undefined
      if (!webhook) return `Webhook '${shown(value[0])}' does not exist`
      if (!webhook.subscriptions.includes('conditional_ticket_events'))
        return 'The webhook is not connected to triggers'
      return typeof value[1] === 'string'
        ? (liquidProblem(value[1]) ?? true)
        : value.length === 1 || Array.isArray(value[1])
    },
  } satisfies Record<string, Check>),
)

function customFieldCheck(state: State, name: string): Check | undefined {
  const id = /^(?:custom_fields|ticket_fields)_(\d+)$/.exec(name)?.[1]
  const field = id ? state.ticket_fields[Number(id)] : undefined
  if (!field?.removable) return undefined
  const options = field.custom_field_options.flatMap((option) => [option.value, String(option.id)])
  if (field.type === 'checkbox') return oneOf('true', 'false')
  if (options.length > 0)
    return (value) =>
      String(value ?? '')
        .split(/\s+/)
        .every((word) => !word || options.includes(word))
  if (field.type === 'integer' || field.type === 'decimal') return (value) => !Number.isNaN(Number(value ?? ''))
  return () => true
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '')
}
