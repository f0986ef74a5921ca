/** A call that was not answered with 2xx. `status` is 0 when there was no answer at all. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Calls the local Zendesk as the person of this session and answers the parsed body.
 *
 * @throws {ApiFailure} with the reasons Zendesk gave, in words
 */
export async function call<T>(method: string, url: string, body?: unknown): Promise<T> {
  const isFile = body instanceof Blob
  const response = await fetch(url, {
    method,
    headers:
      body === undefined ? {} : { 'content-type': isFile ? body.type || 'application/binary' : 'application/json' },
    body: body === undefined ? undefined : isFile ? body : JSON.stringify(body),
  }).catch(() => {
    throw new ApiFailure(0, 'The local Zendesk does not answer. Is it still running?')
  })
  const text = await response.text()
  const parsed = parse(text)
  if (!response.ok) throw new ApiFailure(response.status, reasonOf(parsed, response.status))
  return parsed as T
}

export const get = <T>(url: string) => call<T>('GET', url)

/** Every row of a cursor-paged list, page after page. */
export async function getAll<T>(url: string, key: string): Promise<T[]> {
  const rows: T[] = []
  let next: string | null = `${url}${url.includes('?') ? '&' : '?'}page[size]=100`
  while (next) {
    const page: Record<string, unknown> & { meta?: { has_more: boolean }; links?: { next: string | null } } =
      await get(next)
    rows.push(...((page[key] as T[] | undefined) ?? []))
    next = page.meta?.has_more && page.links?.next ? sameOrigin(page.links.next) : null
  }
  return rows
}

/** Zendesk's links name the account's own host; here that is wherever the page came from. */
function sameOrigin(link: string): string {
  const { pathname, search } = new URL(link, location.origin)
  return pathname + search
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Zendesk writes errors in several shapes: `error` a word or an object, `details` by field, sometimes no JSON. */
function reasonOf(body: unknown, status: number): string {
  if (typeof body !== 'object' || body === null) return `Zendesk answered ${status}.`
  const { error, description, details } = body as {
    error?: string | { title?: string; message?: string }
    description?: string
    details?: Record<string, { description?: string }[]>
  }
  const reasons = Object.values(details ?? {}).flatMap((list) => list.flatMap((one) => one.description ?? []))
  if (reasons.length > 0) return reasons.join('. ')
  if (description) return description
  if (typeof error === 'object') return error.message ?? error.title ?? `Zendesk answered ${status}.`
  return error ?? `Zendesk answered ${status}.`
}
