import { SECOND_MS } from '../../core/units.ts'

/** The part of Zendesk's client that the app uses, as its SDK offers it. Source: `lib/client.js` of the SDK. */
export type SdkClient = {
  get(paths: string[]): Promise<unknown>
  invoke(action: string, ...values: unknown[]): Promise<unknown>
  request(options: Record<string, unknown>): Promise<unknown>
  metadata(): Promise<unknown>
  context(): Promise<unknown>
  on(event: string, handler: (message?: unknown) => void): void
  off(event: string, handler: (message?: unknown) => void): void
}

/** `init` answers false outside Zendesk. */
export type Sdk = { init(): SdkClient | false }

/** Zendesk's page did not do what was asked of it, or did not answer. */
export class ZafError extends Error {
  override readonly name = 'ZafError'
}

/** An HTTP call through Zendesk that did not succeed. `status` 0: no answer, so nobody knows whether it was done. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly status: number
  readonly body: unknown
  /** How long the answer asked us to wait, if it did. */
  readonly retryAfterMs: number | null

  constructor(call: string, status: number, body: unknown = null, retryAfterMs: number | null = null) {
    super(status === 0 ? `${call} was not answered` : `${call} answered ${status}`)
    this.status = status
    this.body = body
    this.retryAfterMs = retryAfterMs
  }
}

export type Zaf = ReturnType<typeof createZaf>

const ANSWER_WITHIN_MS = 5 * SECOND_MS
const REQUEST_WITHIN_MS = 15 * SECOND_MS

/** Wraps Zendesk's client so that every call ends: with its answer, or with an error that says what went wrong. */
export function createZaf(client: SdkClient) {
  return { get, invoke, request, metadata, context, on }

  /** Reads several paths at once; a path Zendesk refuses is missing from the answer. */
  async function get(paths: string[]): Promise<Record<string, unknown>> {
    return asRecord(await answered('get', client.get(paths)))
  }

  async function invoke(action: string, ...values: unknown[]): Promise<void> {
    await answered(action, client.invoke(action, ...values))
  }

  async function metadata(): Promise<Record<string, unknown>> {
    return asRecord(await answered('metadata', client.metadata()))
  }

  async function context(): Promise<Record<string, unknown>> {
    return asRecord(await answered('context', client.context()))
  }

  /** @throws {RequestError} */
  async function request(options: Record<string, unknown> & { url: string }, withinMs = REQUEST_WITHIN_MS) {
    const call = `${String(options.type ?? 'GET')} ${options.url}`
    let answer: unknown
    try {
      answer = await within(client.request(options), withinMs, () => new RequestError(call, 0))
    } catch (error) {
      if (error instanceof RequestError) throw error
      const { status, responseJSON, responseText, responseHeaders } = asRecord(error)
      const retryAfter = Number(asRecord(responseHeaders)['retry-after'])
      throw new RequestError(
        call,
        typeof status === 'number' ? status : 0,
        responseJSON ?? fromJson(responseText),
        retryAfter > 0 ? retryAfter * SECOND_MS : null,
      )
    }
    return typeof answer === 'string' ? fromJson(answer) : answer
  }

  /** Listens until the function it answers is called. */
  function on(event: string, handler: (message?: unknown) => void): () => void {
    client.on(event, handler)
    return () => client.off(event, handler)
  }
}

/** The SDK *resolves* with a TimeoutError when Zendesk's page stays silent; here that is a failure like any other. */
async function answered(call: string, answer: Promise<unknown>): Promise<unknown> {
  const value = await within(answer, ANSWER_WITHIN_MS, () => new ZafError(`${call} was not answered`))
  if (asRecord(value).name === 'TimeoutError') throw new ZafError(`${call} was not answered`)
  return value
}

function within<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function fromJson(text: unknown): unknown {
  if (typeof text !== 'string') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
