import { canonicalForm } from '../form/canonical-form.ts'
import type { Note } from './note.ts'
import { NOTE_FORM } from './note-form.ts'

/** The note as one stable text, for its digest. */
export function canonicalNote(note: Note): string {
  return canonicalForm(NOTE_FORM, note)
}
