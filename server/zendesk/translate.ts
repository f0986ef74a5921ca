import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'
import type { Clock } from '../../core/units.ts'
import { ZendeskError, type ZendeskFailure } from './error.ts'
import { type RefusalBody, readRefusal } from './refusal-body.ts'
import { readRetryAt } from './retry-at.ts'

/** Turns whatever went wrong with a call into a `ZendeskError`. */
export function translate(error: unknown, clock: Clock): ZendeskError {
  if (error instanceof ZendeskError) return error
  if (!(error instanceof AxiosError)) {
    return new ZendeskError('unavailable', 'The call to Zendesk failed', { reason: 'network' })
  }
  // A good answer that broke off is an error with a response: of status 200.
  return error.response && error.response.status >= 400 ? fromAnswer(error.response, clock) : fromSilence(error)
}

/** `PUT /api/v2/tickets/7.json`; without the query, which may hold what somebody searched for. */
export function nameCall(config: Partial<InternalAxiosRequestConfig> | undefined): string {
  return `${(config?.method ?? 'get').toUpperCase()} ${(config?.url ?? '').split('?')[0]}`
}

export function requestIdOf(response: AxiosResponse): string | undefined {
  const id: unknown = response.headers['x-request-id']
  return typeof id === 'string' ? id : undefined
}

function fromSilence({ code, config }: AxiosError): ZendeskError {
  const isTimeout = code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ERR_CANCELED'
  const isCut = code === 'ECONNRESET' || code === 'ERR_BAD_RESPONSE'
  const reason = isTimeout ? 'timeout' : isCut ? 'half-an-answer' : 'network'
  return new ZendeskError('unavailable', `${nameCall(config)} got no answer (${code ?? reason})`, { reason })
}

function fromAnswer(response: AxiosResponse, clock: Clock): ZendeskError {
  const { status, config } = response
  const body = readRefusal(typeof response.data === 'string' ? response.data : '')
  const { failure, reason } = judge(status, body)
  const about = [body.word, ...body.fields].filter(Boolean).join(' ')
  return new ZendeskError(failure, `${nameCall(config)} answered ${status}${about ? ` (${about})` : ''}`, {
    reason,
    status,
    requestId: requestIdOf(response),
    retryAt:
      failure === 'rate-limited' || status === 503
        ? readRetryAt((name) => response.headers[name] as string | undefined, clock.now())
        : undefined,
  })
}

type Judgement = { failure: ZendeskFailure; reason: string }

function judge(status: number, body: RefusalBody): Judgement {
  if (status === 401) return { failure: 'denied', reason: 'not-signed-in' }
  if (status === 403)
    return { failure: 'denied', reason: body.isInsufficientScope ? 'insufficient-scope' : 'forbidden' }
  if (status === 404) return { failure: 'not-found', reason: 'not-found' }
  if (status === 409) {
    return body.word === 'UpdateConflict'
      ? { failure: 'conflict', reason: 'changed-meanwhile' }
      : { failure: 'collision', reason: 'database-collision' }
  }
  if (status === 429) return { failure: 'rate-limited', reason: 'rate-limit' }
  if (status === 422 && body.isClosedTicket) return { failure: 'rejected', reason: 'ticket-closed' }
  if (status === 422 && body.isMissingField) return { failure: 'rejected', reason: 'required-field' }
  if (status === 413) return { failure: 'rejected', reason: 'too-large' }
  if (status >= 500 || status === 408) return { failure: 'unavailable', reason: 'zendesk-unavailable' }
  return { failure: 'rejected', reason: status === 422 ? 'invalid' : 'bad-request' }
}
