import { type FieldValue, isEmptyValue, NOTE_FIELDS, readField } from './fields.ts'
import type { Note } from './note.ts'

/**
 * The note as one stable text, for its digest: a JSON object of the fields that are not empty, by dotted path, sorted.
 *
 * Empty fields are left out so that a field added to the note later does not change the digest of older notes. Text is
 * taken as it is (no Unicode normalisation); lone surrogates come out as `\udXXX`, so the text is always valid UTF-8.
 */
export function canonicalNote(note: Note): string {
  const written: [string, FieldValue][] = NOTE_FIELDS.map(({ path }): [string, FieldValue] => [
    path,
    readField(note, path),
  ])
    .filter(([, value]) => !isEmptyValue(value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(Object.fromEntries(written))
}
