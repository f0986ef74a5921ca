import { SECOND_MS } from '../../../core/units.ts'
import type { App, Installation } from '../state/model.ts'
import type { World } from '../world.ts'
import { type JwtOptions, signJwt } from './jwt.ts'
import { createSubstitution, PlaceholderRefused } from './placeholders.ts'

/** What an app hands to `client.request` for an absolute address. Names are the SDK's. */
export type ProxyOptions = {
  url: string
  type?: string
  method?: string
  headers?: Record<string, unknown>
  data?: unknown
  contentType?: string | boolean
  accepts?: unknown
  username?: string
  password?: string
  secure?: boolean
  jwt?: JwtOptions
  /** How long the target may take; never more than the proxy's own limit. */
  timeout?: number
} & Record<string, unknown>

export type ProxyAnswer = { status: number; statusText: string; headers: Record<string, string>; body: string }

/** How long the proxy waits for the target. */
export const PROXY_TIMEOUT_MS = 10 * SECOND_MS

/** The largest request body the proxy carries. */
const MAX_BODY_BYTES = 5 * 1024 * 1024

/**
 * Zendesk's app proxy: makes a request of an app from Zendesk's side, filling in what the browser must not know.
 *
 * Placeholders are replaced only with `secure: true`, only for hosts of the manifest's `domainWhitelist`, and only where
 * the parameter's `scopes` allow. Being local, this one also reaches loopback addresses, and those over http; Zendesk's
 * reaches public https hosts only.
 * Refusals are answers with a status, as the app sees them; it never throws.
 */
export async function proxyRequest(
  world: World,
  installationId: number | string,
  options: ProxyOptions,
): Promise<ProxyAnswer> {
  try {
    return await send(prepare(world, installationId, options))
  } catch (error) {
    if (error instanceof ProxyRefused) return refusal(error.status, error.message)
    if (error instanceof PlaceholderRefused) return refusal(422, error.message)
    if (error instanceof Error && error.name === 'TimeoutError')
      return refusal(504, 'Proxy error: the target timed out')
    return refusal(502, 'Proxy error: the target could not be reached')
  }
}

class ProxyRefused extends Error {
  override readonly name = 'ProxyRefused'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Prepared = { url: URL; method: string; headers: Headers; body: string | undefined; timeoutMs: number }

function prepare(world: World, installationId: number | string, options: ProxyOptions): Prepared {
  const { installation, app } = find(world, installationId)
  const method = (options.type ?? options.method ?? 'GET').toUpperCase()
  const fill = createSubstitution(app, installation, options.secure === true)
  if (options.secure && options.jwt) {
    fill.jwtToken = signJwt(options.jwt, fill.text, world.clock.now())
  }

  const url = readUrl(fill.text(options.url, 'url'))
  refuseZendesk(url, world)
  if (options.secure) refuseUnlisted(url, app, fill.text)

  const headers = new Headers()
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    // The proxy's web server drops header names with underscores.
    if (name.includes('_') || HOP_BY_HOP.has(name.toLowerCase())) continue
    headers.set(name, fill.text(String(value), 'header'))
  }
  if (options.username !== undefined) {
    const user = fill.text(options.username, 'basic_auth_username')
    const password = fill.text(options.password ?? '', 'basic_auth_password')
    headers.set('authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`)
  }
  headers.set('user-agent', 'Zendesk Apps Proxy')

  const data = encodeData(options.data)
  let body: string | undefined
  if (data !== undefined && (method === 'GET' || method === 'HEAD')) {
    for (const [name, value] of new URLSearchParams(fill.text(data, 'url'))) url.searchParams.append(name, value)
  } else if (data !== undefined) {
    body = fill.text(data, 'body')
    if (Buffer.byteLength(body) > MAX_BODY_BYTES) throw new ProxyRefused(413, 'Proxy error: the request is too large')
    if (options.contentType !== false && !headers.has('content-type')) {
      const given = typeof options.contentType === 'string' ? options.contentType : null
      headers.set('content-type', given ?? 'application/x-www-form-urlencoded; charset=UTF-8')
    }
  }
  return { url, method, headers, body, timeoutMs: Math.min(options.timeout || PROXY_TIMEOUT_MS, PROXY_TIMEOUT_MS) }
}

const HOP_BY_HOP = new Set([
  'connection',
  'host',
  'content-length',
  'transfer-encoding',
  'cookie',
  'keep-alive',
  'upgrade',
])

function find(world: World, installationId: number | string): { installation: Installation; app: App } {
  const installation = world.state.installations[Number(installationId)]
  const app = installation && world.state.apps[installation.app_id]
  if (!installation?.enabled || !app) {
    throw new ProxyRefused(422, 'Failed to get installation and oauth information for app')
  }
  return { installation, app }
}

function readUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ProxyRefused(400, 'Proxy error: Invalid request')
  }
  return url
}

/** The proxy does not lead into Zendesk accounts, this one included: relative URLs do, with the agent's session. */
function refuseZendesk(url: URL, world: World): void {
  if (/(^|\.)(zendesk|zopim|zendesk-staging)\.com$/i.test(url.hostname) || url.host === URL.parse(world.url)?.host) {
    throw new ProxyRefused(403, `${url.href} is not a proxyable URI`)
  }
}

/** Entries are bare host names; ports don't count and subdomains are hosts of their own. */
function refuseUnlisted(url: URL, app: App, fill: (text: string, scope: 'url') => string): void {
  const listed = (app.manifest.domainWhitelist ?? []) as unknown[]
  const hosts = Array.isArray(listed) ? listed.map((entry) => fill(String(entry), 'url').toLowerCase()) : []
  if (!hosts.includes(url.hostname.toLowerCase())) {
    throw new ProxyRefused(403, `Proxy error: ${url.hostname} is not in the app's domainWhitelist`)
  }
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw new ProxyRefused(400, 'Proxy error: secure requests need https')
  }
}

/** Whether a host is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname)
}

/** jQuery's way: text goes as it is, objects become form fields. */
function encodeData(data: unknown): string | undefined {
  if (data === undefined || data === null) return undefined
  if (typeof data !== 'object') return String(data)
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(data)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      form.append(Array.isArray(value) ? `${name}[]` : name, String(item))
    }
  }
  return form.toString()
}

async function send({ url, method, headers, body, timeoutMs }: Prepared): Promise<ProxyAnswer> {
  const answer = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    // A redirect could carry a secret to a host nobody listed.
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
  const text = await answer.text()
  const answerHeaders = Object.fromEntries(answer.headers)
  for (const name of ['set-cookie', 'content-encoding', 'content-length', 'transfer-encoding'])
    delete answerHeaders[name]
  return { status: answer.status, statusText: answer.statusText, headers: answerHeaders, body: text }
}

function refusal(status: number, description: string): ProxyAnswer {
  return {
    status,
    statusText: REASONS[status] ?? 'Error',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ error: 'ProxyError', description }),
  }
}

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
}
