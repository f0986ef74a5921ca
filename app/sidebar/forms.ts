import { type Answer, COMMAND_FORMS, type CommandName } from '../../core/command/forms.ts'
import type { NoteVerb, Verb } from '../../core/contract/command.ts'
import { type FieldValue, type Form, type FormField, valueAt, withValueAt } from '../../core/form/form.ts'
import type { Note } from '../../core/note/note.ts'
import { NOTE_FORM } from '../../core/note/note-form.ts'

/** What is written for a verb: the note, or the answers of a command's form. */
export type Written<V extends Verb = Verb> = V extends NoteVerb ? Note : V extends CommandName ? Answer<V> : never

/** The form that a verb is said in. */
export function formOf<V extends Verb>(verb: V): Form<Written<V>> {
  const form = verb === 'escalate' || verb === 'amend' ? NOTE_FORM : COMMAND_FORMS[verb as CommandName]
  return form as unknown as Form<Written<V>>
}

/** A form nobody has written anything into yet. */
export function emptyForm<V extends Verb>(verb: V): Written<V> {
  return formOf(verb).schema.parse({})
}

/** True while nothing readable is written there; a list with only empty lines is blank. */
export function isBlank(value: FieldValue): boolean {
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) ? value.every(isBlank) : value === null
}

/** What is sent: lists without the empty lines that writing leaves behind; every other character stays. */
export function tidy<T>({ fields }: Form<T>, written: T): T {
  let tidied = written
  for (const { path } of fields) {
    const value = valueAt(written, path)
    if (Array.isArray(value) && value.some(isBlank))
      tidied = withValueAt(
        tidied,
        path,
        value.filter((line) => !isBlank(line)),
      )
  }
  return tidied
}

/** Paths of the fields that hold more than a comment's form may carry. */
export function tooLong<T>({ fields, schema }: Form<T>, written: T): string[] {
  const result = schema.safeParse(written)
  if (result.success) return []
  const wrong = new Set(result.error.issues.map(({ path }) => path.filter((key) => typeof key === 'string').join('.')))
  return fields.map(({ path }) => path).filter((path) => wrong.has(path))
}

/** A draft may hold more than its form may carry, so only its shape is checked. */
export function isShaped<T>({ fields }: Form<T>, value: unknown): value is T {
  try {
    return fields.every((field) => fits(field, valueAt(value, field.path)))
  } catch {
    return false
  }
}

function fits({ kind }: FormField, value: unknown): boolean {
  switch (kind) {
    case 'lines':
      return Array.isArray(value) && value.every((line) => typeof line === 'string')
    case 'text':
    case 'long':
      return typeof value === 'string'
    case 'choice':
      return value === null || typeof value === 'string'
    case 'boolean':
      return value === null || typeof value === 'boolean'
    default:
      return value === null || typeof value === 'number'
  }
}
