import { error, type LintFinding } from './finding.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** The JSON object of a file; `object` is `null` when there is none to look at, and `findings` say why. */
export function readJsonObject(
  file: string,
  content: Uint8Array,
): { object: JsonObject | null; findings: LintFinding[] } {
  const text = new TextDecoder().decode(content)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const message = `This is not JSON: ${(cause as Error).message}. Comments and trailing commas are not allowed.`
    return { object: null, findings: [error('not-json', file, message)] }
  }
  const findings = duplicateKeys(text).map((key) =>
    error('duplicate-key', file, `The key "${key}" stands twice in the same object; keep one.`),
  )
  if (isJsonObject(value)) return { object: value, findings }
  return { object: null, findings: [...findings, error('not-an-object', file, 'This must be a JSON object: {…}.')] }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Keys that stand twice in one object of a text that is known to be JSON; `JSON.parse` would keep the last silently. */
function duplicateKeys(json: string): string[] {
  const duplicates: string[] = []
  const open: (Set<string> | null)[] = []
  let lastString: string | null = null
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':' && lastString !== null) {
      const keys = open.at(-1)
      if (keys?.has(lastString)) duplicates.push(lastString)
      keys?.add(lastString)
    }
    lastString = token.startsWith('"') ? (JSON.parse(token) as string) : null
  }
  return duplicates
}
