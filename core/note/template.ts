import type { z } from 'zod'
import { issueSentence } from '../form/issue-sentence.ts'
import { nearest } from '../nearest.ts'
import { Note } from './note.ts'

/** `path` leads to the key inside the document; `message` says what is wrong there and what to do. */
export type TemplateProblem = { path: (string | number)[]; message: string }
export type TemplateReading = { ok: true; note: Note } | { ok: false; problems: TemplateProblem[] }

const ROOT = 'escalation_note'

/**
 * Reads the escalation note template, `escalation_note:` with its keys, from a document that is already parsed (YAML
 * or JSON). Keys that are missing, or there with nothing behind them, are empty fields.
 */
export function readTemplate(document: unknown): TemplateReading {
  if (!isObject(document)) return refuse([], `The document must have the key '${ROOT}' with the note below it.`)
  const others = Object.keys(document).filter((key) => key !== ROOT)
  if (!Object.hasOwn(document, ROOT)) {
    const meant = others.find((key) => nearest(key, [ROOT]))
    if (meant) return refuse([meant], `The key '${meant}' is not known; did you mean '${ROOT}'?`)
    return refuse([], `The document must have the key '${ROOT}' with the note below it.`)
  }
  const unknown = others.map((key) => ({ path: [key], message: `The key '${key}' is not known beside '${ROOT}'.` }))

  const reading = Note.safeParse(withoutNulls(document[ROOT] ?? {}))
  if (reading.success && unknown.length === 0) return { ok: true, note: reading.data }
  return { ok: false, problems: [...unknown, ...(reading.error?.issues ?? []).flatMap(explain)] }
}

function refuse(path: string[], message: string): TemplateReading {
  return { ok: false, problems: [{ path, message }] }
}

function explain(issue: z.core.$ZodIssue): TemplateProblem[] {
  const path = [ROOT, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))]
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issueSentence(issue) }]
  return issue.keys.map((key) => {
    const meant = nearest(key, keysAt(issue.path))
    const advice = meant ? `did you mean '${meant}'?` : `known here: ${keysAt(issue.path).join(', ')}.`
    return { path: [...path, key], message: `The key '${key}' is not known; ${advice}` }
  })
}

/** The keys the note knows at a path. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let value: unknown = Note.parse({})
  for (const key of path) value = (value as Record<PropertyKey, unknown>)[key]
  return Object.keys(value as object)
}

function withoutNulls(value: unknown): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null)
      .map(([key, child]) => [key, withoutNulls(child)]),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
