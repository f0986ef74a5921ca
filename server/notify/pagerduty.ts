import { renderPage } from '../../core/notice/render-pagerduty.ts'
import type { Clock } from '../../core/units.ts'
import type { NotifyConfig } from '../config.ts'
import { notConfigured } from './error.ts'
import { type Answer, createPost, refuse } from './http.ts'
import type { Sender } from './sender.ts'

const NAME = 'PagerDuty’s /v2/enqueue'

/**
 * Triggers, acknowledges and resolves by the Events API v2. The dedup key makes doing it twice the same as once.
 * Source: https://github.com/PagerDuty/api-schema/blob/main/reference/events-v2/openapiv3.json
 */
export function createPagerDuty({ url, keys }: NotifyConfig['pagerduty'], clock: Clock): Sender {
  const post = createPost(NAME)
  return async ({ fold, message }) => {
    const [first] = fold
    const key = Object.hasOwn(keys, first.place) ? keys[first.place] : undefined
    if (key === undefined) throw notConfigured(`PagerDuty’s key “${first.place}”`)
    const event = renderPage(first.page ?? 'trigger', first.handOver, message, first.happenedAt)
    const body = JSON.stringify({ routing_key: key, ...event })
    const answer = await post(`${url}/v2/enqueue`, body, { 'content-type': 'application/json' })
    if (answer.status !== 202) throw refuse(NAME, answer, clock, wordOf(answer))
    return { externalId: event.dedup_key }
  }
}

/** What PagerDuty says of a 400, as a word; it never repeats what was sent. */
function wordOf({ status, json }: Answer): string {
  if (status !== 400) return ''
  const said = [json.status, json.message, ...(Array.isArray(json.errors) ? json.errors : [])].join(' ')
  return /routing[_ ]key/i.test(said) ? 'invalid-routing-key' : 'invalid-event'
}
