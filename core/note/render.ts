import { renderForm } from '../form/render-form.ts'
import type { Note } from './note.ts'
import { NOTE_FORM } from './note-form.ts'

/** The note as the HTML of an internal comment; `parseHtml` undoes it exactly. */
export function renderHtml(note: Note): string {
  return renderForm(NOTE_FORM, note)
}
