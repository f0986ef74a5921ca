import { ClockExplanation, type DecideRequest, DecideResponse, EscalationResponse } from '../../core/contract/api.ts'
import { MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { RequestError, type Zaf } from '../zaf/client.ts'
import type { Session } from '../zaf/session.ts'
import { BatonError, failureOf } from './failure.ts'

export type BatonApi = ReturnType<typeof createBatonApi>

const ANSWER_WITHIN_MS = 8 * SECOND_MS
const TOKEN_LIVES_S = (2 * MINUTE_MS) / SECOND_MS

/** Our server, reached through Zendesk's proxy, which signs each call with a secret the browser never sees. */
export function createBatonApi(zaf: Zaf, session: Session) {
  return { findEscalation, decide, explainClock, call }

  /** @throws {BatonError} */
  async function findEscalation(ticketId: number): Promise<EscalationResponse> {
    return parsed(EscalationResponse, await call('GET', `/api/tickets/${ticketId}/escalation`))
  }

  /** @throws {BatonError} */
  async function decide(request: DecideRequest): Promise<DecideResponse> {
    return parsed(DecideResponse, await call('POST', '/api/decide', request))
  }

  /**
   * @param language of the sentence
   * @throws {BatonError}
   */
  async function explainClock(ticketId: number, clockId: string, language: string): Promise<ClockExplanation> {
    const path = `/api/tickets/${ticketId}/clocks/${encodeURIComponent(clockId)}?language=${language}`
    return parsed(ClockExplanation, await call('GET', path))
  }

  /** What is loaded on demand reads its answers by itself. @throws {BatonError} */
  async function call(type: string, path: string, body?: unknown): Promise<unknown> {
    if (!/^https?:\/\//.test(session.serverUrl))
      throw new BatonError('not-installed', 'The setting server_url is empty')
    try {
      return await zaf.request(
        {
          url: session.serverUrl + path,
          type,
          secure: true,
          autoRetry: false,
          headers: { Authorization: 'Bearer {{jwt.token}}' },
          jwt: {
            algorithm: 'HS256',
            secret_key: '{{setting.shared_secret}}',
            expiry: TOKEN_LIVES_S,
            claims: { iss: session.subdomain, aud: 'baton', sub: String(session.user.id) },
          },
          ...(body === undefined ? {} : { contentType: 'application/json', data: JSON.stringify(body) }),
        },
        ANSWER_WITHIN_MS,
      )
    } catch (error) {
      const status = error instanceof RequestError ? error.status : 0
      throw new BatonError(failureOf(status), `${type} ${path} answered ${status}`, { cause: error })
    }
  }
}

function parsed<T>(
  schema: { safeParse(value: unknown): { success: boolean; data?: T; error?: unknown } },
  value: unknown,
): T {
  const result = schema.safeParse(value)
  if (!result.success)
    throw new BatonError('bad-answer', 'The answer has another shape than agreed', { cause: result.error })
  return result.data as T
}
