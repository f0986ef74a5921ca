/** The stable words of an error answer; nothing that may hold a customer's text is kept. */
export type RefusalBody = {
  /** `UpdateConflict`, `RecordInvalid` …; null when the body has none, or prose. */
  word: string | null
  isClosedTicket: boolean
  isMissingField: boolean
  isInsufficientScope: boolean
  /** Names of the fields Zendesk objects to. */
  fields: string[]
}

/**
 * Reads an error answer whatever its shape: `error` a string or an object, an `errors` array, `details` by field, HTML,
 * plain text, or nothing.
 */
export function readRefusal(text: string): RefusalBody {
  const body = parseObject(text)
  const details = isObject(body.details) ? body.details : {}
  const complaints = Object.values(details).flat().filter(isObject)
  const says = (pattern: RegExp) =>
    complaints.some((one) => pattern.test(`${one.error ?? ''} ${one.description ?? ''}`))
  return {
    word: wordOf(body),
    isClosedTicket: says(/ClosedTicket|closed prevents ticket update/i),
    isMissingField: says(/is required when/i),
    isInsufficientScope: /insufficient.?scope|missing the following required scopes/i.test(text.slice(0, 1000)),
    fields: [
      ...Object.keys(details).filter((key) => key !== 'base'),
      ...complaints.flatMap((one) => (typeof one.ticket_field_id === 'number' ? [String(one.ticket_field_id)] : [])),
    ].filter((name) => /^[\w.]{1,60}$/.test(name)),
  }
}

function wordOf({ error, errors, title }: Record<string, unknown>): string | null {
  const first = Array.isArray(errors) ? errors[0] : null
  const candidates = [error, isObject(error) ? error.title : null, isObject(first) ? first.code : null, title]
  return candidates.map(asWord).find((word) => word !== null) ?? null
}

/** Words only: a sentence might quote what somebody wrote. */
function asWord(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const word = value.trim().replaceAll(' ', '')
  return /^[A-Za-z_-]{1,40}$/.test(word) ? word : null
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    return isObject(body) ? body : {}
  } catch {
    return {}
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
