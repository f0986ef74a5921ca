import { carryText } from './carried-text.ts'
import { showValue } from './field-values.ts'
import { type FieldValue, type Form, type FormField, isEmptyValue, valueAt } from './form.ts'

/**
 * What one Zendesk comment holds. Zendesk says "64 kB"; whether it counts characters or bytes is not documented, so
 * `commentSize` counts bytes, which is never fewer.
 */
export const COMMENT_LIMIT = 65_535

/**
 * What was filled in as the HTML of a comment: the title, then for each field that is not empty its heading and one
 * block (a paragraph, a list, or preformatted text for code). No attributes, classes or styles, nothing a sanitiser
 * removes, no white space between tags. `carried-text.ts` says how the text itself survives; `parseForm` undoes all
 * of it exactly, for any text.
 */
export function renderForm<T>({ title, fields }: Form<T>, filled: T): string {
  let html = `<h2>${title}</h2>`
  for (const field of fields) {
    const value = valueAt(filled, field.path)
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

function renderValue({ kind, shown }: FormField, value: FieldValue): string {
  if (Array.isArray(value)) {
    const tag = shown === 'numbered' ? 'ol' : 'ul'
    return `<${tag}>${value.map((entry) => `<li>${renderText(entry)}</li>`).join('')}</${tag}>`
  }
  const tag = shown === 'code' ? 'pre' : 'p'
  return `<${tag}>${renderText(typeof value === 'string' ? value : showValue(kind, value))}</${tag}>`
}

function renderText(text: string): string {
  return carryText(text).map(escapeHtml).join('<br>')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
