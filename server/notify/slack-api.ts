import type { Clock } from '../../core/units.ts'
import { NotifyError } from './error.ts'
import { createPost, refuse } from './http.ts'

export type SlackApi = (method: string, body: Record<string, unknown>) => Promise<Record<string, unknown>>

/** Words after which the same call may succeed by itself. Source: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
])
const LIMITED = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded'])

/** Slack's Web API. An answer of 200 may be a refusal: `ok` says which, with a word for why. */
export function createSlackApi(baseUrl: string, token: string, clock: Clock): SlackApi {
  return async (method, body) => {
    const name = `Slack's ${method}`
    const isRead = method.startsWith('conversations.')
    const answer = await createPost(name)(
      `${baseUrl}/api/${method}`,
      // Methods that read take forms alone.
      isRead ? formOf(body) : JSON.stringify(body),
      {
        authorization: `Bearer ${token}`,
        'content-type': isRead ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8',
      },
    )
    const { json, status } = answer
    if (status !== 200) throw refuse(name, answer, clock, wordOf(json))
    if (json.ok === true) return json
    const word = wordOf(json) || 'unexpected-answer'
    const failure = LIMITED.has(word)
      ? 'rate-limited'
      : PASSING.has(word) || json.ok === undefined
        ? 'unavailable'
        : 'refused'
    // Slack says of these that part of the work may have been done.
    const isCertain = word !== 'fatal_error' && word !== 'internal_error' && json.ok !== undefined
    throw new NotifyError(`${name} answered ${word}`, { failure, reason: word, isCertain })
  }
}

/** Slack's words are lower case; anything else is not repeated to people. */
function wordOf({ error }: Record<string, unknown>): string {
  return typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : ''
}

function formOf(body: Record<string, unknown>): URLSearchParams {
  return new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(value)]))
}
