import type { z } from 'zod'

/**
 * How a field is written: `text` is a line, `long` may be many, `lines` is a list of entries, `percent` is 0 to 100,
 * `choice` is one of a closed list.
 */
export type FieldKind = 'text' | 'long' | 'lines' | 'number' | 'percent' | 'choice' | 'boolean'

/** Any value a field can hold; empty is `''`, `[]` or `null`. */
export type FieldValue = string | string[] | number | boolean | null

/** A field of a comment that people and programs read. */
export type FormField = {
  /** Where its value is: `issue.summary`. */
  path: string
  kind: FieldKind
  /** Stands above the field in the comment; it is part of the format, so it is never translated. */
  heading: string
  /** Of a `choice`. */
  choices?: readonly string[]
  /** A list whose order matters is numbered; code is shown as it was typed. */
  shown?: 'numbered' | 'code'
}

/** A kind of comment with headings, from which what was written can be read back exactly. */
export type Form<T> = {
  /** The heading above all: by it the comment is known. */
  title: string
  /** What one is called in sentences: `note`. */
  called: string
  /** In the order of the comment. */
  fields: readonly FormField[]
  /** Accepts an object with any fields left out, and fills those with what is empty. */
  schema: z.ZodType<T>
}

/** True for `''`, `[]` and `null`: nothing was written there. */
export function isEmptyValue(value: FieldValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

export function valueAt(filled: unknown, path: string): FieldValue {
  let value = filled
  for (const key of path.split('.')) value = (value as Record<string, unknown>)[key]
  return value as FieldValue
}

/** A copy with one value changed; what was given stays as it is. */
export function withValueAt<T>(filled: T, path: string, value: FieldValue): T {
  const [section, key] = path.split('.') as [keyof T, string | undefined]
  if (key === undefined) return { ...filled, [section]: value }
  return { ...filled, [section]: { ...filled[section], [key]: value } }
}
