import axios, { AxiosError, type AxiosInstance } from 'axios'
import { type Clock, SECOND_MS } from '../../core/units.ts'
import { readRetryAt } from '../zendesk/retry-at.ts'
import { NotifyError } from './error.ts'

/** What came back; a status of 400 and more is an answer like any other. */
export type Answer = {
  status: number
  text: string
  json: Record<string, unknown>
  header(name: string): string | undefined
}

export type Post = (url: string, body: string | URLSearchParams, headers: Record<string, string>) => Promise<Answer>

const CALL_MS = 10 * SECOND_MS
/** Nothing was sent: there was nobody to send it to. */
const NEVER_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** Posts with a time limit and without following anybody elsewhere. @param name of the call, for messages */
export function createPost(name: string, http: AxiosInstance = axios.create()): Post {
  return async (url, body, headers) => {
    try {
      const {
        status,
        data,
        headers: got,
      } = await http.post<string>(url, body, {
        headers: { 'user-agent': 'Baton', ...headers },
        signal: AbortSignal.timeout(CALL_MS),
        maxRedirects: 0,
        maxContentLength: 4 * 1024 * 1024,
        responseType: 'text',
        transformResponse: [(text: unknown) => text],
        validateStatus: () => true,
      })
      const text = typeof data === 'string' ? data : ''
      return { status, text, json: readObject(text), header: (key) => got[key] as string | undefined }
    } catch (error) {
      const code = error instanceof AxiosError ? (error.code ?? '') : ''
      const isTimeout = code === 'ERR_CANCELED' || code === 'ETIMEDOUT' || code === 'ECONNABORTED'
      throw new NotifyError(`${name} got no answer (${code || 'network'})`, {
        failure: 'unavailable',
        reason: isTimeout ? 'timeout' : 'no-answer',
        isCertain: NEVER_REACHED.has(code),
      })
    }
  }
}

/** What answers in the 400s and 500s mean, for channels that have no words of their own for it. */
export function refuse(name: string, answer: Answer, clock: Clock, word = ''): NotifyError {
  const { status } = answer
  const about = word === '' ? '' : ` (${word})`
  const retryAt = readRetryAt(answer.header, clock.now())
  const again = retryAt === undefined ? {} : { retryAt }
  if (status === 429) {
    return new NotifyError(`${name} answered 429`, {
      failure: 'rate-limited',
      reason: 'rate-limited',
      isCertain: true,
      ...again,
    })
  }
  if (status >= 500 || status === 408) {
    return new NotifyError(`${name} answered ${status}${about}`, {
      failure: 'unavailable',
      reason: word || 'unavailable',
      isCertain: status === 503,
      ...again,
    })
  }
  return new NotifyError(`${name} answered ${status}${about}`, {
    failure: 'refused',
    reason: word || `status-${status}`,
    isCertain: true,
  })
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
