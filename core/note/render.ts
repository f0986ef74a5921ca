import { carryText } from './carried-text.ts'
import { showValue } from './field-values.ts'
import { type FieldValue, isEmptyValue, NOTE_FIELDS, type NoteField, readField } from './fields.ts'
import type { Note } from './note.ts'

export const NOTE_TITLE = 'Escalation note'

/**
 * What one Zendesk comment holds. Zendesk says "64 kB"; whether it counts characters or bytes is not documented, so
 * `commentSize` counts bytes, which is never fewer.
 */
export const COMMENT_LIMIT = 65_535

/** Lists whose order matters are numbered. */
const NUMBERED: readonly string[] = ['steps_taken', 'diagnostics.reproduction_steps']

/**
 * The note as the HTML of an internal comment: the title, then for each field that is not empty its heading and one
 * block (a paragraph, a list, or preformatted text for logs). No attributes, classes or styles, nothing a sanitiser
 * removes, no white space between tags. `carried-text.ts` says how the text itself survives; `parseHtml` undoes all
 * of it exactly, for any text.
 */
export function renderHtml(note: Note): string {
  let html = `<h2>${NOTE_TITLE}</h2>`
  for (const field of NOTE_FIELDS) {
    const value: FieldValue = readField(note, field.path)
    if (!isEmptyValue(value)) html += `<h3>${field.heading}</h3>${renderValue(field, value)}`
  }
  return html
}

/** Bytes the comment takes in UTF-8. */
export function commentSize(html: string): number {
  let bytes = 0
  for (const character of html) {
    const point = character.codePointAt(0)!
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}

function renderValue(field: NoteField, value: FieldValue): string {
  if (Array.isArray(value)) {
    const tag = NUMBERED.includes(field.path) ? 'ol' : 'ul'
    return `<${tag}>${value.map((entry) => `<li>${renderText(entry)}</li>`).join('')}</${tag}>`
  }
  const tag = field.path === 'diagnostics.log_excerpts' ? 'pre' : 'p'
  return `<${tag}>${renderText(typeof value === 'string' ? value : showValue(field.kind, value))}</${tag}>`
}

function renderText(text: string): string {
  return carryText(text).map(escapeHtml).join('<br>')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
