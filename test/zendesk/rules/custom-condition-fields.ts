import type { Field, State } from '../state/model.ts'
import { type ConditionField, plain, type Situation } from './condition-field.ts'
import type { FieldKind } from './vocabulary.ts'

const KIND_OF_TYPE: Record<string, FieldKind> = {
  checkbox: 'checkbox',
  tagger: 'dropdown',
  dropdown: 'dropdown',
  multiselect: 'multiselect',
  integer: 'number',
  decimal: 'number',
  date: 'date',
  text: 'text',
  textarea: 'text',
  regexp: 'text',
  lookup: 'dropdown',
}

/** `custom_fields_<id>` of the ticket. */
export function customField(state: State, name: string): ConditionField | null {
  const id = /^(?:custom_fields|ticket_fields)_(\d+)$/.exec(name)?.[1]
  const field = id ? state.ticket_fields[Number(id)] : undefined
  if (!field?.removable) return null
  return ofCustom(name, field, 'ticket', {
    read: ({ update }) => plain(update.ticket.custom_fields[field.id]),
    readBefore: ({ update }) => plain(update.before?.custom_fields[field.id]),
  })
}

/** `requester.custom_fields.<key>` and `organization.custom_fields.<key>`. */
export function personField(state: State, name: string): ConditionField | null {
  const [, who, key] = /^(requester|organization)\.custom_fields\.([\w-]+)$/.exec(name) ?? []
  const fields: Field[] = Object.values(who === 'requester' ? state.user_fields : state.organization_fields)
  const field = key ? fields.find((candidate) => candidate.key === key) : undefined
  if (!field || !key) return null
  return ofCustom(name, field, who as 'requester' | 'organization', {
    read: ({ world, update: { ticket } }) =>
      who === 'requester'
        ? plain(world.state.users[ticket.requester_id]?.user_fields[key])
        : plain(world.state.organizations[ticket.organization_id ?? 0]?.organization_fields[key]),
  })
}

function ofCustom(
  name: string,
  field: Field,
  group: ConditionField['group'],
  readers: Pick<ConditionField, 'read' | 'readBefore'>,
): ConditionField | null {
  const kind = KIND_OF_TYPE[field.type]
  if (!kind) return null
  const choices = choicesOf(field, kind)
  const base = { name, title: field.title, kind, group, choices, options: field.custom_field_options, ...readers }
  return kind === 'checkbox' ? { ...base, ...uncheckedIsFalse(readers) } : base
}

/** A box nobody touched is an unchecked one. */
function uncheckedIsFalse({ read, readBefore }: Pick<ConditionField, 'read' | 'readBefore'>) {
  const settled = (value: unknown) => (value === '' || value === undefined ? false : value)
  return {
    read: (situation: Situation) => settled(read(situation)),
    ...(readBefore ? { readBefore: (situation: Situation) => settled(readBefore(situation)) } : {}),
  }
}

/** A drop-down's option may be named by its tag or by its id. */
function choicesOf(field: Field, kind: FieldKind): (() => string[]) | null {
  if (kind === 'checkbox') return () => ['true', 'false']
  if (field.custom_field_options.length === 0) return null
  return () => ['', ...field.custom_field_options.flatMap((option) => [option.value, String(option.id)])]
}
