import {
  type FieldPath,
  type FieldValue,
  isEmptyValue,
  NOTE_FIELDS,
  readField,
  type ValueAt,
  writeField,
} from '../../core/note/fields.ts'
import { emptyNote, Note } from '../../core/note/note.ts'

/** Writes a value whose type the caller knows to fit the field. */
export function putField(note: Note, path: FieldPath, value: FieldValue): Note {
  return writeField(note, path, value as ValueAt<FieldPath>)
}

/** True while nothing readable is written there; a list with only empty lines is blank. */
export function isBlank(value: FieldValue): boolean {
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) ? value.every(isBlank) : isEmptyValue(value)
}

/** The note as it is sent: lists without the empty lines that writing leaves behind; every other character stays. */
export function tidyNote(note: Note): Note {
  let tidy = note
  for (const { path } of NOTE_FIELDS) {
    const value = readField(note, path)
    if (Array.isArray(value) && value.some(isBlank))
      tidy = putField(
        tidy,
        path,
        value.filter((line) => !isBlank(line)),
      )
  }
  return tidy
}

/** Fields that hold more than the note may carry. */
export function tooLongFields(note: Note): FieldPath[] {
  const result = Note.safeParse(note)
  if (result.success) return []
  const wrong = new Set(result.error.issues.map(({ path }) => path.filter((key) => typeof key === 'string').join('.')))
  return NOTE_FIELDS.map(({ path }) => path).filter((path) => wrong.has(path))
}

/** A draft may be longer than a note may be, so only its shape is checked. */
export function isNoteShaped(value: unknown): value is Note {
  const empty = emptyNote()
  try {
    return NOTE_FIELDS.every(({ path }) => {
      const found = readField(value as Note, path) as FieldValue | undefined
      if (found === undefined) return false
      const model = readField(empty, path)
      if (Array.isArray(model)) return Array.isArray(found) && found.every((line) => typeof line === 'string')
      return model === null ? found === null || !Array.isArray(found) : typeof found === typeof model
    })
  } catch {
    return false
  }
}
