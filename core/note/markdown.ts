import { showValue } from '../form/field-values.ts'
import { type FieldValue, isEmptyValue, NOTE_FIELDS, readField } from './fields.ts'
import type { Note } from './note.ts'
import { NOTE_TITLE } from './note-form.ts'

/**
 * The note as Markdown, for reading elsewhere (chat, issue trackers, documents). Text stays text: what Markdown would
 * take for formatting is escaped, and logs go into a fence that no line of theirs can close. Not meant to be read back.
 */
export function renderMarkdown(note: Note): string {
  const parts = [`## ${NOTE_TITLE}`]
  for (const { path, kind, heading } of NOTE_FIELDS) {
    const value: FieldValue = readField(note, path)
    if (isEmptyValue(value)) continue
    parts.push(`### ${heading}`)
    if (Array.isArray(value)) parts.push(value.map((entry) => `- ${indent(escapeMarkdown(entry))}`).join('\n'))
    else if (path === 'diagnostics.log_excerpts') parts.push(fenced(String(value)))
    else parts.push(escapeMarkdown(typeof value === 'string' ? value : showValue(kind, value)))
  }
  return `${parts.join('\n\n')}\n`
}

/** Text as it is. A line break inside a paragraph is kept with a backslash; an empty line begins a new paragraph. */
export function escapeMarkdown(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map(escapeLine)
  return lines.map((line, index) => (line !== '' && lines[index + 1] ? `${line}\\` : line)).join('\n')
}

function escapeLine(line: string): string {
  const start = line.length - line.trimStart().length
  return line
    .slice(start)
    .replace(/[\\`*_[\]<>&|~#$]/g, '\\$&')
    .replace(/^[-+=:]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ')
}

/** Code in a fence that no line of it can close. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}
