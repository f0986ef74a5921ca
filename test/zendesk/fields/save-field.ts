import { addProblem, type Problems, refuseIfAny } from '../http/refused.ts'
import type { Field, FieldOption, State } from '../state/model.ts'
import { normaliseTags } from '../tickets/tags.ts'
import type { World } from '../world.ts'
import type { FieldKind } from './present.ts'

/** What a field of a person or an organisation may be. */
const PROFILE_TYPES = [
  ...['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp'],
  ...['dropdown', 'multiselect', 'lookup'],
]

const TYPES: Record<FieldKind, string[]> = {
  ticket_field: [
    ...['text', 'textarea', 'checkbox', 'date', 'integer', 'decimal', 'regexp', 'partialcreditcard'],
    ...['multiselect', 'tagger', 'lookup'],
  ],
  user_field: PROFILE_TYPES,
  organization_field: PROFILE_TYPES,
}

/** Makes a field, or changes one; its type and key stay. @throws {Refused} 422, and then nothing was kept */
export function saveField(world: World, kind: FieldKind, before: Field | null, given: Record<string, unknown>): Field {
  const problems: Problems = {}
  const fields = world.state[`${kind}s` as keyof State & `${FieldKind}s`]
  const now = world.clock.now()
  const field: Field = before ? structuredClone(before) : blank()

  if (!before && !TYPES[kind].includes(field.type)) addProblem(problems, 'type', `Type: ${field.type} is not valid`)
  if (given.title !== undefined) field.title = String(given.title)
  if (field.title.trim() === '') {
    addProblem(problems, 'title', { description: 'Title: cannot be blank', error: 'BlankValue' })
  }
  if (kind !== 'ticket_field' && !before) checkKey()
  if (given.description !== undefined) field.description = String(given.description ?? '')
  if (given.agent_description !== undefined) field.agent_description = given.agent_description as string | null
  if (given.active !== undefined) field.active = given.active === true
  if (given.required !== undefined) field.required = given.required === true
  if (given.position !== undefined) field.position = Number(given.position)
  if (given.regexp_for_validation !== undefined)
    field.regexp_for_validation = given.regexp_for_validation as string | null
  if (given.tag !== undefined) field.tag = normaliseTags([given.tag ?? ''])[0] ?? null
  if (Array.isArray(given.custom_field_options)) field.custom_field_options = readOptions(given.custom_field_options)
  refuseIfAny(problems)

  field.updated_at = now
  if (!before) field.id = world.nextId(kind)
  const kept = before ? Object.assign(before, field) : field
  fields[kept.id] = kept
  return kept

  function blank(): Field {
    const position = Math.max(0, ...Object.values(fields).map((one) => one.position + 1))
    return {
      ...{ id: 0, key: null, type: String(given.type ?? ''), title: '', description: '', active: true, position },
      ...{ required: false, removable: true, custom_field_options: [], tag: null, regexp_for_validation: null },
      ...{ created_at: now, updated_at: now },
    }
  }

  function checkKey(): void {
    const key = String(given.key ?? '')
    if (!/^[a-z0-9_-]+$/i.test(key)) addProblem(problems, 'key', 'Key: must be letters, digits, hyphens or underscores')
    else if (Object.values(fields).some((one) => one.key === key)) {
      addProblem(problems, 'key', { description: `Key: ${key} has already been taken`, error: 'DuplicateValue' })
    }
    field.key = key
  }

  /** Keeps the ids of options that stay: by id, else by value. Values are tags, and no two fields may share one. */
  function readOptions(options: Record<string, unknown>[]): FieldOption[] {
    const taken = new Set<string>()
    return options.map((option) => {
      const value = normaliseTags([option.value ?? option.name ?? ''])[0] ?? ''
      const name = String(option.name ?? value)
      if (value === '' || taken.has(value) || isTagOfOther(value)) {
        const description = `Custom field options: ${value || 'the tag'} is blank or already used`
        addProblem(problems, 'custom_field_options', { description, error: 'DuplicateValue' })
      }
      taken.add(value)
      const known = before?.custom_field_options.find((one) => one.id === option.id || one.value === value)
      return { id: known?.id ?? world.nextId('field_option'), name, value }
    })
  }

  function isTagOfOther(value: string): boolean {
    if (kind !== 'ticket_field') return false
    return Object.values(fields).some(
      (one) => one.id !== field.id && one.custom_field_options.some((option) => option.value === value),
    )
  }
}
