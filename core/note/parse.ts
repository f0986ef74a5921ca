import type { z } from 'zod'
import { nearest } from '../nearest.ts'
import { isBlank } from './carried-text.ts'
import { readShownValue } from './field-values.ts'
import {
  type FieldPath,
  type FieldValue,
  fieldAt,
  isFieldPath,
  NOTE_FIELDS,
  type NoteField,
  SEVERITY_CHOICES,
  writeField,
} from './fields.ts'
import { type BlockText, type HtmlBlock, readBlocks } from './html-blocks.ts'
import { issueSentence } from './issue-sentence.ts'
import { emptyNote, Note } from './note.ts'
import { NOTE_TITLE } from './render.ts'

/** `other` is an ordinary comment that is no note; `problems` are sentences for the person who wrote it. */
export type NoteParse = { kind: 'note'; note: Note } | { kind: 'broken'; problems: string[] } | { kind: 'other' }

const MOST_PROBLEMS = 20
const byHeading = new Map<string, NoteField>(NOTE_FIELDS.map((field) => [field.heading, field]))
const HEADINGS = [NOTE_TITLE, ...byHeading.keys()]

/**
 * Reads a comment as Zendesk returns it; undoes `renderHtml` exactly.
 *
 * Wrappers, attributes, the case of tags, white space between blocks, other spellings of entities, the level of
 * headings, `ol` for `ul`, `pre` for `p` and links around a text mean nothing and are passed over. Anything that would
 * have to be guessed is a problem: a heading that is not ours, twice, out of order or with nothing below it, text
 * outside of its place, formatting inside a field, a value that is not of its kind. Fields without a heading are
 * empty. Linear in the length of the HTML.
 */
export function parseHtml(html: string): NoteParse {
  if (!/<h[1-6]/i.test(html)) return { kind: 'other' }
  const blocks = readBlocks(html)
  const start = blocks.findIndex(isTitle)
  if (start === -1) return untitled(blocks)

  const problems: string[] = []
  if (start > 0)
    problems.push(`There is something before the heading '${NOTE_TITLE}'; send it as a comment of its own.`)
  if (headingText(blocks[start]!) !== NOTE_TITLE) problems.push(notOurs(headingText(blocks[start]!)!))
  const note = readFields(blocks.slice(start + 1), problems)

  if (problems.length === 0) {
    const checked = Note.safeParse(note)
    if (checked.success) return { kind: 'note', note: checked.data }
    for (const issue of checked.error.issues) problems.push(outOfBounds(issue))
  }
  return { kind: 'broken', problems: shorten(problems) }
}

type Section = { field: NoteField | null; name: string; content: HtmlBlock[] }

function readFields(blocks: readonly HtmlBlock[], problems: string[]): Note {
  const { before, sections } = cutSections(blocks)
  if (before.length > 0) problems.push(`There is something between '${NOTE_TITLE}' and the first heading of a field.`)

  let note = emptyNote()
  let last: NoteField | null = null
  const seen = new Set<FieldPath>()
  for (const { field, name, content } of sections) {
    if (!field) {
      problems.push(name === NOTE_TITLE ? `The heading '${NOTE_TITLE}' appears twice; keep one.` : notOurs(name))
      continue
    }
    if (seen.has(field.path)) {
      problems.push(`The heading '${name}' appears twice; keep one.`)
      continue
    }
    seen.add(field.path)
    if (last && order(field) < order(last)) {
      problems.push(`The heading '${name}' comes after '${last.heading}'; it belongs before it.`)
    } else {
      last = field
    }
    const value = readContent(field, content, problems)
    if (value !== undefined) note = writeField(note, field.path, value as never)
  }
  return note
}

function cutSections(blocks: readonly HtmlBlock[]): { before: HtmlBlock[]; sections: Section[] } {
  const before: HtmlBlock[] = []
  const sections: Section[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const name = block.text ?? ''
      sections.push({ field: byHeading.get(name) ?? null, name, content: [] })
    } else {
      const content = sections.at(-1)?.content ?? before
      content.push(block)
    }
  }
  return { before, sections }
}

/** The value below one heading, or `undefined` when there is none that is certain. */
function readContent(field: NoteField, content: readonly HtmlBlock[], problems: string[]): FieldValue | undefined {
  const { heading } = field
  const misplaced = content.find((block) => block.kind === 'stray' || block.kind === 'foreign')
  if (misplaced?.kind === 'foreign') {
    problems.push(`Under '${heading}' there is a <${misplaced.tag}>, which notes do not have; write it as plain text.`)
    return
  }
  if (misplaced?.kind === 'stray') {
    problems.push(`Under '${heading}' there is text outside of a paragraph or list: ${quoted(misplaced.text)}.`)
    return
  }
  const [block, second] = content
  if (!block) {
    problems.push(`There is nothing under '${heading}'; write something or remove the heading.`)
    return
  }
  if (second) {
    problems.push(`Under '${heading}' there is more than one paragraph or list; is a heading missing?`)
    return
  }
  if (field.kind === 'lines') {
    if (block.kind === 'list') return readEntries(field, block.entries, problems)
    problems.push(`'${heading}' must be a list, one entry per line.`)
    return
  }
  if (block.kind !== 'paragraph') {
    problems.push(`'${heading}' must be a paragraph, not a list.`)
    return
  }
  const text = readText(field, block, problems)
  if (text === undefined) return
  const shown = readShownValue(field.kind, text, SEVERITY_CHOICES)
  if (shown.ok) return shown.value
  problems.push(`'${heading}' must be ${shown.expected}, not ${quoted(text)}.`)
}

function readEntries(field: NoteField, entries: readonly BlockText[], problems: string[]): string[] | undefined {
  const texts: string[] = []
  for (const entry of entries) {
    const text = readText(field, entry, problems)
    if (text === undefined) return
    texts.push(text)
  }
  if (texts.length > 0) return texts
  problems.push(`The list under '${field.heading}' has no entry; write one or remove the heading.`)
}

function readText(field: NoteField, { text, foreignTags }: BlockText, problems: string[]): string | undefined {
  if (foreignTags.length > 0) {
    const tags = foreignTags.map((tag) => `<${tag.slice(0, 20)}>`).join(', ')
    problems.push(`'${field.heading}' has formatting that notes do not have (${tags}); write it as plain text.`)
  } else if (text === null) {
    problems.push(`'${field.heading}' holds a damaged escape: after ␛ there must be a hexadecimal code and ';'.`)
  } else {
    return text
  }
}

function isTitle(block: HtmlBlock): boolean {
  const text = headingText(block)
  return text !== null && nearest(text, HEADINGS) === NOTE_TITLE
}

/** Without our title: a note that lost it when two or more of our headings are there, else an ordinary comment. */
function untitled(blocks: readonly HtmlBlock[]): NoteParse {
  const ours = blocks.filter((block) => byHeading.has(headingText(block) ?? ''))
  if (ours.length < 2) return { kind: 'other' }
  return { kind: 'broken', problems: [`The heading '${NOTE_TITLE}' is missing at the top.`] }
}

function headingText(block: HtmlBlock): string | null {
  return block.kind === 'heading' ? block.text : null
}

function notOurs(name: string): string {
  if (isBlank(name)) return 'There is a heading without text; remove it.'
  const meant = nearest(name, HEADINGS)
  const advice = meant ? `did you mean '${meant}'?` : "use the note's own headings."
  return `The heading ${quoted(name)} is not one of ours; ${advice}`
}

function outOfBounds(issue: z.core.$ZodIssue): string {
  const path = issue.path.filter((key) => typeof key === 'string').join('.')
  const heading = isFieldPath(path) ? fieldAt(path).heading : path
  return `'${heading}' can't be taken. ${issueSentence(issue)}`
}

function order(field: NoteField): number {
  return NOTE_FIELDS.findIndex(({ path }) => path === field.path)
}

function quoted(text: string): string {
  return `'${text.length > 60 ? `${text.slice(0, 60)}…` : text}'`
}

function shorten(problems: readonly string[]): string[] {
  if (problems.length <= MOST_PROBLEMS) return [...problems]
  return [...problems.slice(0, MOST_PROBLEMS), `And ${problems.length - MOST_PROBLEMS} more.`]
}
