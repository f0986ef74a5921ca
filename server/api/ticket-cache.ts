import { type Clock, type Instant, SECOND_MS } from '../../core/units.ts'
import type { TicketWithPeople, ZendeskClient } from '../zendesk/client.ts'

const KEPT_MS = 30 * SECOND_MS
const MOST_KEPT = 500

export type TicketCache = {
  get(accountId: number, ticketId: number, zendesk: ZendeskClient): Promise<TicketWithPeople>
}

/** Tickets for the preview, which is asked for on every pause in typing: one read serves half a minute of it. */
export function createTicketCache(clock: Clock): TicketCache {
  const kept = new Map<string, { answer: Promise<TicketWithPeople>; readAt: Instant }>()
  return { get }

  function get(accountId: number, ticketId: number, zendesk: ZendeskClient): Promise<TicketWithPeople> {
    const key = `${accountId}/${ticketId}`
    const known = kept.get(key)
    if (known && clock.now() - known.readAt < KEPT_MS) return known.answer

    const answer = zendesk.getTicket(ticketId)
    kept.delete(key)
    kept.set(key, { answer, readAt: clock.now() })
    // A failure is not an answer to keep.
    answer.catch(() => kept.delete(key))
    const oldest = kept.keys().next()
    if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value)
    return answer
  }
}
