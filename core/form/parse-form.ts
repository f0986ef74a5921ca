import type { z } from 'zod'
import { nearest } from '../nearest.ts'
import { isBlank } from './carried-text.ts'
import { readShownValue } from './field-values.ts'
import { type FieldValue, type Form, type FormField, withValueAt } from './form.ts'
import { type BlockText, type HtmlBlock, readBlocks } from './html-blocks.ts'
import { issueSentence } from './issue-sentence.ts'

/** `other` is an ordinary comment that is no such form; `problems` are sentences for the person who wrote it. */
export type FormParse<T> = { kind: 'filled'; filled: T } | { kind: 'broken'; problems: string[] } | { kind: 'other' }

const MOST_PROBLEMS = 20

/**
 * Reads a comment as Zendesk returns it; undoes `renderForm` exactly.
 *
 * Wrappers, attributes, the case of tags, white space between blocks, other spellings of entities, the level of
 * headings, `ol` for `ul`, `pre` for `p` and links around a text mean nothing and are passed over. Anything that would
 * have to be guessed is a problem: a heading that is not ours, twice, out of order or with nothing below it, text
 * outside of its place, formatting inside a field, a value that is not of its kind. Fields without a heading are
 * empty. Linear in the length of the HTML.
 */
export function parseForm<T>(form: Form<T>, html: string): FormParse<T> {
  if (!/<h[1-6]/i.test(html)) return { kind: 'other' }
  const blocks = readBlocks(html)
  const words = wordsOf(form)
  const start = blocks.findIndex((block) => isTitle(block, words))
  if (start === -1) return untitled(blocks, words)

  const problems: string[] = []
  if (start > 0)
    problems.push(`There is something before the heading '${form.title}'; send it as a comment of its own.`)
  if (headingText(blocks[start]!) !== form.title) problems.push(notOurs(headingText(blocks[start]!)!, words))
  const written = readFields(blocks.slice(start + 1), words, problems)

  if (problems.length === 0) {
    const checked = form.schema.safeParse(written)
    if (checked.success) return { kind: 'filled', filled: checked.data }
    for (const issue of checked.error.issues) problems.push(outOfBounds(issue, form.fields))
  }
  return { kind: 'broken', problems: shorten(problems) }
}

/** The headings of a form, looked up often. */
type Words = {
  title: string
  called: string
  byHeading: ReadonlyMap<string, FormField>
  orderOf: ReadonlyMap<FormField, number>
  headings: readonly string[]
}

const knownWords = new WeakMap<object, Words>()

function wordsOf<T>(form: Form<T>): Words {
  let words = knownWords.get(form)
  if (!words) {
    const { title, called, fields } = form
    words = {
      title,
      called,
      byHeading: new Map(fields.map((field) => [field.heading, field])),
      orderOf: new Map(fields.map((field, index) => [field, index])),
      headings: [title, ...fields.map(({ heading }) => heading)],
    }
    knownWords.set(form, words)
  }
  return words
}

type Section = { field: FormField | null; name: string; content: HtmlBlock[] }

function readFields(blocks: readonly HtmlBlock[], words: Words, problems: string[]): object {
  const { title } = words
  const { before, sections } = cutSections(blocks, words)
  if (before.length > 0) problems.push(`There is something between '${title}' and the first heading of a field.`)

  let written: object = {}
  let last: FormField | null = null
  const seen = new Set<string>()
  for (const { field, name, content } of sections) {
    if (!field) {
      problems.push(name === title ? `The heading '${title}' appears twice; keep one.` : notOurs(name, words))
      continue
    }
    if (seen.has(field.path)) {
      problems.push(`The heading '${name}' appears twice; keep one.`)
      continue
    }
    seen.add(field.path)
    if (last && order(field, words) < order(last, words)) {
      problems.push(`The heading '${name}' comes after '${last.heading}'; it belongs before it.`)
    } else {
      last = field
    }
    const value = readContent(field, content, words, problems)
    if (value !== undefined)
      written = withValueAt<Record<string, never>>(written as Record<string, never>, field.path, value)
  }
  return written
}

function cutSections(blocks: readonly HtmlBlock[], { byHeading }: Words): { before: HtmlBlock[]; sections: Section[] } {
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
function readContent(
  field: FormField,
  content: readonly HtmlBlock[],
  { called }: Words,
  problems: string[],
): FieldValue | undefined {
  const { heading } = field
  const misplaced = content.find((block) => block.kind === 'stray' || block.kind === 'foreign')
  if (misplaced?.kind === 'foreign') {
    problems.push(
      `Under '${heading}' there is a <${misplaced.tag}>, which a ${called} does not have; write it as plain text.`,
    )
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
    if (block.kind === 'list') return readEntries(field, block.entries, called, problems)
    problems.push(`'${heading}' must be a list, one entry per line.`)
    return
  }
  if (block.kind !== 'paragraph') {
    problems.push(`'${heading}' must be a paragraph, not a list.`)
    return
  }
  const text = readText(field, block, called, problems)
  if (text === undefined) return
  const shown = readShownValue(field.kind, text, field.choices ?? [])
  if (shown.ok) return shown.value
  problems.push(`'${heading}' must be ${shown.expected}, not ${quoted(text)}.`)
}

function readEntries(
  field: FormField,
  entries: readonly BlockText[],
  called: string,
  problems: string[],
): string[] | undefined {
  const texts: string[] = []
  for (const entry of entries) {
    const text = readText(field, entry, called, problems)
    if (text === undefined) return
    texts.push(text)
  }
  if (texts.length > 0) return texts
  problems.push(`The list under '${field.heading}' has no entry; write one or remove the heading.`)
}

function readText(
  field: FormField,
  { text, foreignTags }: BlockText,
  called: string,
  problems: string[],
): string | undefined {
  if (foreignTags.length > 0) {
    const tags = foreignTags.map((tag) => `<${tag.slice(0, 20)}>`).join(', ')
    problems.push(`'${field.heading}' has formatting that a ${called} does not have (${tags}); write it as plain text.`)
  } else if (text === null) {
    problems.push(`'${field.heading}' holds a damaged escape: after ␛ there must be a hexadecimal code and ';'.`)
  } else {
    return text
  }
}

function isTitle(block: HtmlBlock, { title, headings }: Words): boolean {
  const text = headingText(block)
  return text !== null && nearest(text, headings) === title
}

/** Without our title: one that lost it when two or more of our headings are there, else an ordinary comment. */
function untitled(blocks: readonly HtmlBlock[], { title, byHeading }: Words): FormParse<never> {
  const ours = blocks.filter((block) => byHeading.has(headingText(block) ?? ''))
  if (ours.length < 2) return { kind: 'other' }
  return { kind: 'broken', problems: [`The heading '${title}' is missing at the top.`] }
}

function headingText(block: HtmlBlock): string | null {
  return block.kind === 'heading' ? block.text : null
}

function notOurs(name: string, { called, headings }: Words): string {
  if (isBlank(name)) return 'There is a heading without text; remove it.'
  const meant = nearest(name, headings)
  const advice = meant ? `did you mean '${meant}'?` : `use the ${called}'s own headings.`
  return `The heading ${quoted(name)} is not one of ours; ${advice}`
}

function outOfBounds(issue: z.core.$ZodIssue, fields: readonly FormField[]): string {
  const path = issue.path.filter((key) => typeof key === 'string').join('.')
  const heading = fields.find((field) => field.path === path)?.heading ?? path
  return `'${heading}' can't be taken. ${issueSentence(issue)}`
}

function order(field: FormField, { orderOf }: Words): number {
  return orderOf.get(field)!
}

function quoted(text: string): string {
  return `'${text.length > 60 ? `${text.slice(0, 60)}…` : text}'`
}

function shorten(problems: readonly string[]): string[] {
  if (problems.length <= MOST_PROBLEMS) return [...problems]
  return [...problems.slice(0, MOST_PROBLEMS), `And ${problems.length - MOST_PROBLEMS} more.`]
}
