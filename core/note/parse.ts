import { parseForm } from '../form/parse-form.ts'
import type { Note } from './note.ts'
import { NOTE_FORM } from './note-form.ts'

/** `other` is an ordinary comment that is no note; `problems` are sentences for the person who wrote it. */
export type NoteParse = { kind: 'note'; note: Note } | { kind: 'broken'; problems: string[] } | { kind: 'other' }

/** Reads a note from a comment as Zendesk returns it; undoes `renderHtml` exactly. */
export function parseHtml(html: string): NoteParse {
  const parsed = parseForm(NOTE_FORM, html)
  return parsed.kind === 'filled' ? { kind: 'note', note: parsed.filled } : parsed
}
