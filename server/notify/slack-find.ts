import { type Instant, MINUTE_MS } from '../../core/units.ts'
import { NotifyError } from './error.ts'
import type { SlackApi } from './slack-api.ts'

/** What a post of ours carries for programs: which message it is, and which part of it. */
export type Mark = { batch: string; part: number }

const EVENT = 'baton_notice'
/** Pages that are read at most; a message we look for was posted minutes ago. */
const MOST_PAGES = 5

export function metadataOf({ batch, part }: Mark) {
  return { event_type: EVENT, event_payload: { batch, part } }
}

/**
 * Looks for a post whose answer we lost: in a thread, or in the channel. Slack has no idempotency keys; this is what
 * keeps a message from being there twice. An app that may not read finds nothing, and posts again.
 *
 * @param threadTs null to look among the tops of threads
 */
export async function findPost(
  api: SlackApi,
  { place, threadTs, mark, since }: { place: string; threadTs: string | null; mark: Mark; since: Instant },
): Promise<{ place: string; ts: string } | null> {
  try {
    const channel = await idOf(api, place)
    if (channel === null) return null
    const where = threadTs === null ? { oldest: ((since - MINUTE_MS) / 1000).toFixed(6) } : { ts: threadTs }
    const method = threadTs === null ? 'conversations.history' : 'conversations.replies'
    for await (const page of pagesOf(api, method, { channel, ...where, include_all_metadata: true, limit: 200 })) {
      const found = listOf(page.messages).find((message) => isMarked(message, mark))
      if (found) return { place: channel, ts: String(found.ts) }
    }
    return null
  } catch (error) {
    // Not allowed to read, or no such channel: posting will tell.
    if (error instanceof NotifyError && error.failure === 'refused') return null
    throw error
  }
}

/** Reading takes ids, posting takes names as well. */
async function idOf(api: SlackApi, place: string): Promise<string | null> {
  if (!place.startsWith('#')) return place
  const types = 'public_channel,private_channel'
  for await (const page of pagesOf(api, 'conversations.list', { types, exclude_archived: true, limit: 1000 })) {
    const found = listOf(page.channels).find(({ name }) => name === place.slice(1))
    if (found) return String(found.id)
  }
  return null
}

async function* pagesOf(api: SlackApi, method: string, body: Record<string, unknown>) {
  let cursor = ''
  for (let count = 0; count < MOST_PAGES; count++) {
    const page = await api(method, cursor === '' ? body : { ...body, cursor })
    yield page
    const next = (page.response_metadata as { next_cursor?: unknown } | undefined)?.next_cursor
    if (typeof next !== 'string' || next === '') return
    cursor = next
  }
}

function isMarked(message: Record<string, unknown>, { batch, part }: Mark): boolean {
  const { event_type, event_payload } = (message.metadata ?? {}) as {
    event_type?: unknown
    event_payload?: Record<string, unknown>
  }
  return event_type === EVENT && event_payload?.batch === batch && Number(event_payload?.part) === part
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : []
}
