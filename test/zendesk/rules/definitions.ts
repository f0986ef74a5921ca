import type { State } from '../state/model.ts'
import { actionFields } from './action-problems.ts'
import type { ConditionField } from './condition-field.ts'
import { allFields } from './fields.ts'
import { OPERATORS, OPERATORS_OF, PRIORITIES, STATUSES, TITLES, TYPES } from './vocabulary.ts'

/** What this account's triggers may be made of, as Zendesk's rule editor asks for it. */
export function triggerDefinitions(state: State) {
  const conditions = allFields(state).map((field) => describe(state, field))
  return {
    actions: actionFields(state).map((name) => describeAction(state, name)),
    conditions_all: conditions,
    conditions_any: conditions,
  }
}

function describe(state: State, field: ConditionField) {
  return {
    title: field.title,
    subject: field.name,
    type: typeOf(field),
    group: field.group,
    nullable: field.choices?.().includes('') ?? false,
    repeatable: field.kind === 'tags' || field.kind === 'words',
    operators: OPERATORS_OF[field.kind].map((value) => ({ value, ...OPERATORS[value] })),
    ...(field.choices === null ? {} : { values: choices(state, field) }),
  }
}

/** A drop-down is listed by its options' tags. */
export function choices(state: State, field: ConditionField) {
  if (field.options?.length) return field.options.map(({ value, name }) => ({ value, title: name, enabled: true }))
  return (field.choices?.() ?? []).map((value) => ({ value, title: titleOf(state, value), enabled: true }))
}

function typeOf({ kind }: ConditionField): string {
  if (kind === 'number' || kind === 'date' || kind === 'checkbox') return kind
  return kind === 'tags' || kind === 'words' || kind === 'text' ? 'text' : 'list'
}

function titleOf(state: State, value: string): string {
  if (value === '') return '-'
  const id = Number(value)
  const status = state.custom_statuses[id]
  const named = status
    ? { name: status.agent_label }
    : (state.groups[id] ?? state.users[id] ?? state.organizations[id] ?? state.ticket_forms[id])
  return TITLES[value] ?? named?.name ?? value
}

const ACTION_VALUES: Record<string, readonly string[]> = { status: STATUSES, priority: PRIORITIES, type: TYPES }

function describeAction(state: State, name: string) {
  const custom = state.ticket_fields[Number(/^custom_fields_(\d+)$/.exec(name)?.[1])]
  const values =
    ACTION_VALUES[name]?.map((value) => ({ value, title: titleOf(state, value), enabled: true })) ??
    custom?.custom_field_options.map((option) => ({ value: option.value, title: option.name, enabled: true }))
  return {
    title: custom?.title ?? name,
    subject: name,
    type: values ? 'list' : 'text',
    group: name.startsWith('notification') ? 'notification' : 'ticket',
    nullable: name === 'assignee_id' || name === 'group_id',
    repeatable: name.startsWith('notification') || name === 'follower' || name === 'cc',
    ...(values ? { values } : {}),
  }
}
