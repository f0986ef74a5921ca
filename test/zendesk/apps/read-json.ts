import { parseDocument } from 'yaml'

export type JsonReading = { value: unknown } | { problem: 'not-json' } | { problem: 'duplicate-key'; key: string }

/** Reads JSON as Zendesk's validator does: a key that stands twice in one object is an error. */
export function readJson(text: string): JsonReading {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { problem: 'not-json' }
  }
  // JSON is YAML, whose parser knows where a key is repeated; JSON.parse silently takes the last.
  const repeated = parseDocument(text, { uniqueKeys: true, schema: 'json' }).errors.find(
    (error) => error.code === 'DUPLICATE_KEY',
  )
  if (!repeated) return { value }
  const key = /^\s*"((?:[^"\\]|\\.)*)"/.exec(text.slice(repeated.pos[0]))?.[1] ?? ''
  return { problem: 'duplicate-key', key }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
