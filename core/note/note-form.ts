import type { Form } from '../form/form.ts'
import { NOTE_FIELDS } from './fields.ts'
import { Note } from './note.ts'

export const NOTE_TITLE = 'Escalation note'

/** The note as a comment. */
export const NOTE_FORM: Form<Note> = { title: NOTE_TITLE, called: 'note', fields: NOTE_FIELDS, schema: Note }
