import { renderSlack } from '../../core/notice/render-slack.ts'
import type { Clock } from '../../core/units.ts'
import { createPost, refuse } from './http.ts'
import type { Sender } from './sender.ts'

const NAME = 'Slack’s incoming webhook'

/**
 * Posts by an incoming webhook: into one channel, without threads and without changing anything later. Slack offers no
 * guard here; a post whose answer was lost is made again.
 * Source: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export function createSlackWebhook(url: string, clock: Clock): Sender {
  const post = createPost(NAME)
  return async ({ message, partsDone, savePart }) => {
    for (const [index, body] of renderSlack(message).entries()) {
      if (index < partsDone) continue
      const answer = await post(url, JSON.stringify(body), { 'content-type': 'application/json' })
      if (answer.status !== 200) throw refuse(NAME, answer, clock, wordOf(answer.text))
      await savePart(index + 1)
    }
    return { externalId: null }
  }
}

/** Its refusals are one word of plain text: `no_service`, `channel_is_archived` … */
function wordOf(text: string): string {
  return /^[a-z_]{1,60}$/.test(text.trim()) ? text.trim() : ''
}
