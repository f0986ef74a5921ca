import type { AppInstance } from './instance.ts'

/** What an app hands to `client.request`; the names are jQuery's, whose behaviour Zendesk kept. */
export type RequestOptions = {
  url: string
  type?: string
  method?: string
  data?: unknown
  contentType?: string | false
  dataType?: string
  headers?: Record<string, string>
  cors?: boolean
  secure?: boolean
  jwt?: Record<string, unknown>
  httpCompleteResponse?: boolean
  autoRetry?: boolean
}

/** An answer in one shape, wherever it came from. */
type Answer = { status: number; statusText: string; headers: Record<string, string>; body: string }

export type RequestOutcome = { isOk: boolean; responseArgs: unknown[] }

export type RequestLogEntry = { instance: string; method: string; url: string; route: Route; status: number }

/** A relative URL goes to Zendesk in the agent's session, an absolute one through the proxy, `cors` straight out. */
type Route = 'zendesk' | 'proxy' | 'cors'

export function routeOf(options: RequestOptions): Route {
  if (!/^https?:\/\//i.test(options.url)) return 'zendesk'
  return options.cors === true ? 'cors' : 'proxy'
}

/** Does an app's request and answers what its SDK passes on: one argument, the body or the failed response. */
export async function runRequest(
  instance: AppInstance,
  options: RequestOptions,
  log: (entry: RequestLogEntry) => void,
): Promise<RequestOutcome> {
  const route = routeOf(options)
  const send = route === 'proxy' ? () => viaProxy(instance, options) : () => direct(options)
  let answer = await send()
  if (answer.status === 429 && options.autoRetry !== false && route === 'zendesk') {
    await new Promise((resolve) => setTimeout(resolve, Number(answer.headers['retry-after'] ?? 1) * 1000))
    answer = await send()
  }
  log({ instance: instance.guid, method: methodOf(options), url: options.url, route, status: answer.status })
  return outcomeOf(answer, options)
}

async function direct(options: RequestOptions): Promise<Answer> {
  const method = methodOf(options)
  const { url, body, contentType } = encodeData(options)
  const headers: Record<string, string> = { ...options.headers }
  if (body !== undefined && contentType) headers['content-type'] ??= contentType
  try {
    const response = await fetch(routeOf(options) === 'zendesk' ? rooted(url) : url, { method, headers, body })
    return {
      status: response.status,
      statusText: response.statusText,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    }
  } catch {
    return { status: 0, statusText: 'error', headers: {}, body: '' }
  }
}

async function viaProxy(instance: AppInstance, options: RequestOptions): Promise<Answer> {
  const response = await fetch('/agent/proxy', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ installationId: instance.installation.id, options }),
  }).catch(() => null)
  if (!response) return { status: 0, statusText: 'error', headers: {}, body: '' }
  const text = await response.text()
  if (!response.ok) return { status: response.status, statusText: response.statusText, headers: {}, body: text }
  return JSON.parse(text)
}

/** jQuery's rule: strings go as they are, anything else becomes a form, or the query of a GET. */
function encodeData(options: RequestOptions): { url: string; body?: string; contentType: string | false } {
  const contentType = options.contentType ?? 'application/x-www-form-urlencoded; charset=UTF-8'
  const { data, url } = options
  if (data === undefined || data === null) return { url, contentType }
  const text = typeof data === 'string' ? data : formEncoded(data as Record<string, unknown>)
  if (!/^(GET|HEAD)$/.test(methodOf(options))) return { url, body: text, contentType }
  return { url: text === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${text}`, contentType }
}

function formEncoded(data: Record<string, unknown>): string {
  const pairs = new URLSearchParams()
  for (const [key, value] of Object.entries(data)) {
    if (Array.isArray(value)) for (const one of value) pairs.append(`${key}[]`, String(one))
    else pairs.append(key, String(value ?? ''))
  }
  return pairs.toString()
}

function outcomeOf(answer: Answer, options: RequestOptions): RequestOutcome {
  const isOk = answer.status >= 200 && answer.status < 300
  const json = parsed(answer.body)
  const complete = {
    status: answer.status,
    statusText: answer.statusText,
    responseText: answer.body,
    responseJSON: json,
    responseHeaders: answer.headers,
  }
  if (!isOk || options.httpCompleteResponse) return { isOk, responseArgs: [complete] }
  return { isOk, responseArgs: [options.dataType === 'text' ? answer.body : (json ?? answer.body)] }
}

function methodOf(options: RequestOptions): string {
  return (options.type ?? options.method ?? 'GET').toUpperCase()
}

function rooted(url: string): string {
  return url.startsWith('/') ? url : `/${url}`
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
