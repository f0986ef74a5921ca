import { z } from 'zod'
import { linearState } from './issue-state.ts'
import { addressIn, type IssueNews, Line, nothing, type Reading, Stamp } from './news.ts'

const Delivery = z.object({
  action: z.string(),
  actor: z.object({ name: Line.nullish() }).nullish(),
  url: z.string().nullish(),
  data: z.object({
    identifier: z.string(),
    title: Line,
    url: z.string().nullish(),
    updatedAt: Stamp,
    completedAt: Stamp.nullish(),
    canceledAt: Stamp.nullish(),
    state: z.object({ name: Line, type: z.string() }),
  }),
})

/**
 * The data change `Issue`.
 * Source: https://linear.app/developers/webhooks
 *
 * @throws {z.ZodError} for what Linear does not send
 */
export function readLinear(body: unknown, reading: Reading): IssueNews {
  const { type } = z.object({ type: z.string() }).parse(body)
  if (type !== 'Issue') return nothing('The event moves no issue.')
  const { action, actor, url, data } = Delivery.parse(body)
  const address = addressIn(data.url ?? url ?? '', 'linear', reading)
  if ('why' in address) return nothing(address.why)
  return {
    ...{ kind: 'issue', issue: address, title: data.title, at: data.updatedAt },
    state: action === 'remove' ? 'closed-unfixed' : linearState(data.state.type, data.state.name),
    ...{ closedAt: data.completedAt ?? data.canceledAt ?? null, by: actor?.name ?? null, fixes: [], carriers: [] },
  }
}
