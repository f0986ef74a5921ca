import { z } from 'zod'
import { MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import type { Start } from '../start.ts'

/**
 * Why there is no answer, by what a person would do: `away` wait or try again, `expired` open the page anew,
 * `not-allowed` ask a lead, `bad-answer` reload, `refused` read what the server says.
 */
export type DeskFailure = 'away' | 'expired' | 'not-allowed' | 'bad-answer' | 'refused'

export class DeskError extends Error {
  override readonly name = 'DeskError'
  readonly failure: DeskFailure

  constructor(failure: DeskFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.failure = failure
  }
}

export type Desk = ReturnType<typeof createDesk>

const ANSWER_WITHIN_MS = 30 * SECOND_MS
/** So much before its end a token is exchanged for a newer one. */
const RENEW_MS = 20 * MINUTE_MS
const Renewed = z.object({ token: z.string(), validForMs: z.number() })
const Told = z.object({ message: z.string() })

/** Our server, asked as whoever signed in. The token lives here and nowhere else. */
export function createDesk(start: Pick<Start, 'token' | 'validForMs'>) {
  let token = start.token
  let endsAt = performance.now() + start.validForMs
  let renewing: Promise<void> | null = null
  const kept = new Map<string, unknown>()
  const underWay = new Map<string, Promise<unknown>>()
  return { read, send, download, kept: (path: string) => kept.get(path) }

  /**
   * Whoever asks the same at the same time gets the same answer.
   *
   * @throws {DeskError}
   */
  async function read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const asked = underWay.get(path) ?? readAnew(path, schema).finally(() => underWay.delete(path))
    underWay.set(path, asked)
    return asked as Promise<T>
  }

  async function readAnew<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const value = parsed(path, await (await ask(path)).json(), schema)
    kept.set(path, value)
    return value
  }

  /** @throws {DeskError} */
  async function send<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    return parsed(path, await (await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })).json(), schema)
  }

  /** @throws {DeskError} */
  async function download(path: string): Promise<Blob> {
    return (await ask(path)).blob()
  }

  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    if (endsAt - performance.now() < RENEW_MS) await renewed()
    const answer = await fetched(path, init)
    if (answer.ok) return answer
    throw await failureOf(answer)
  }

  /** One at a time; when it fails, the old token is used for as long as it is good. */
  function renewed(): Promise<void> {
    renewing ??= renew()
      .catch(() => {})
      .finally(() => {
        renewing = null
      })
    return renewing
  }

  async function renew(): Promise<void> {
    const answer = await fetched('/desk/session', { method: 'POST' })
    if (!answer.ok) return
    const next = Renewed.parse(await answer.json())
    token = next.token
    endsAt = performance.now() + next.validForMs
  }

  async function fetched(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, authorization: `Bearer ${token}` }
    try {
      return await fetch(path, { ...init, headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    } catch (cause) {
      throw new DeskError('away', `${path} was not answered`, { cause })
    }
  }
}

async function failureOf(answer: Response): Promise<DeskError> {
  const { status } = answer
  const told = Told.safeParse(await answer.json().catch(() => null))
  const message = told.success ? told.data.message : `The server answered ${status}.`
  if (status === 401) return new DeskError('expired', message)
  if (status === 403) return new DeskError('not-allowed', message)
  return new DeskError(status >= 500 || status === 429 ? 'away' : 'refused', message)
}

function parsed<T>(path: string, value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const { path: where, message } = result.error.issues[0]!
  throw new DeskError('bad-answer', `${path.split('?')[0]}: ${where.join('.')} ${message}`)
}
