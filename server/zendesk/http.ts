import axios, { AxiosError, type AxiosInstance, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'
import { type Clock, SECOND_MS } from '../../core/units.ts'
import { type Access, createAccess, type OAuthClient, type TokenStore } from './access.ts'
import { type Budget, createBudget, type Lane } from './budget.ts'
import { ZendeskError } from './error.ts'
import type { ZendeskLog } from './log.ts'
import { readJson } from './read-json.ts'
import { nameCall, translate } from './translate.ts'
import { logWarnings } from './warnings.ts'

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Which part of our share of Zendesk's rate limit the call is paid from; `interactive` when absent. */
    lane?: Lane
    /** Its answer may be large: it has six times as long. */
    isLong?: boolean
  }
}

export type ZendeskHttpOptions = {
  /** `https://acme.zendesk.com`, without a trailing slash. */
  baseUrl: string
  client: OAuthClient
  tokens: TokenStore
  clock: Clock
  log: ZendeskLog
  /** A call that has not answered in full by then counts as failed. Default 10 s. */
  callMs?: number
  /** What calls are paid from; a new one when left out. */
  budget?: Budget
}

/**
 * HTTP to one Zendesk account, as whoever owns the OAuth client. Every failure is a `ZendeskError`; answers are parsed
 * JSON, `null` for an empty one. It never waits and never repeats a call, except once after a 401: the queue does.
 */
export function createZendeskHttp(options: ZendeskHttpOptions): AxiosInstance {
  const { baseUrl, client, tokens, clock, log, callMs, budget = createBudget(clock) } = options
  const settings = {
    baseURL: baseUrl,
    maxRedirects: 0,
    maxContentLength: 32 * 1024 * 1024,
    headers: { accept: 'application/json', 'user-agent': 'Baton' },
    // Parsed by `readJson`, which tells half an answer from a whole one.
    transformResponse: [(text: unknown) => text],
  }
  const signIn = axios.create(settings)
  const http = axios.create(settings)
  const access = createAccess(signIn, client, tokens, clock)

  signIn.interceptors.request.use(limitTime(callMs))
  signIn.interceptors.response.use(readJson)
  signIn.interceptors.response.use(undefined, (error) => Promise.reject(translate(error, clock)))

  // Request interceptors run last in, first out: budget, then sign-in, then the time limit.
  http.interceptors.request.use(limitTime(callMs))
  http.interceptors.request.use(authorize(access))
  http.interceptors.request.use(payFrom(budget, clock))
  // Answers pass first in, first out.
  http.interceptors.response.use(undefined, signInAgain(access, settings, callMs))
  http.interceptors.response.use(...learnLimits(budget, clock))
  http.interceptors.response.use(logWarnings(log))
  http.interceptors.response.use(readJson)
  http.interceptors.response.use(undefined, (error) => {
    const failure = translate(error, clock)
    log.info({
      event: 'zendesk.call-failed',
      call: failure.message,
      reason: failure.reason,
      requestId: failure.requestId,
    })
    return Promise.reject(failure)
  })
  return http
}

const LONG_CALLS = 6

function limitTime(callMs = 10 * SECOND_MS) {
  return (config: InternalAxiosRequestConfig) => {
    // Axios' own timeout starts anew with every byte; an answer that trickles must end as well.
    config.signal = AbortSignal.timeout(config.isLong ? LONG_CALLS * callMs : callMs)
    return config
  }
}

function authorize(access: Access) {
  return async (config: InternalAxiosRequestConfig) => {
    config.headers.set('authorization', `Bearer ${await access.token()}`)
    return config
  }
}

function payFrom(budget: Budget, clock: Clock) {
  return (config: InternalAxiosRequestConfig) => {
    const retryAt = budget.take(config.lane ?? 'interactive')
    if (retryAt === null) return config
    throw new ZendeskError(
      'rate-limited',
      `${nameCall(config)} was held back for ${Math.ceil((retryAt - clock.now()) / SECOND_MS)} s`,
      { reason: 'rate-limit', retryAt },
    )
  }
}

/** After a 401 the call is made once more with another token; a second 401 is what Zendesk means. */
function signInAgain(access: Access, settings: object, callMs: number | undefined) {
  const again = axios.create(settings)
  again.interceptors.request.use(limitTime(callMs))
  return async (error: unknown): Promise<AxiosResponse> => {
    if (!(error instanceof AxiosError) || error.response?.status !== 401 || !error.config) throw error
    const refused = String(error.config.headers.get('authorization')).replace('Bearer ', '')
    const token = await access.renew(refused)
    error.config.headers.set('authorization', `Bearer ${token}`)
    return again.request(error.config)
  }
}

function learnLimits(budget: Budget, clock: Clock) {
  const learn = (response: AxiosResponse) => budget.learn((name) => response.headers[name] as string | undefined)
  return [
    (response: AxiosResponse) => {
      learn(response)
      return response
    },
    (error: unknown) => {
      if (error instanceof AxiosError && error.response) {
        learn(error.response)
        const { failure, retryAt } = translate(error, clock)
        // A limit of one ticket, or of one endpoint, says nothing about other calls.
        if (failure === 'rate-limited' && retryAt && !hasOwnLimit(error.response)) budget.stopUntil(retryAt)
      }
      throw error
    },
  ] as const
}

function hasOwnLimit({ headers }: AxiosResponse): boolean {
  return Object.entries(headers).some(
    ([name, value]) => /^zendesk-rate-?limit-/.test(name) && /remaining=0\b/.test(String(value)),
  )
}
