import { type Clock, SECOND_MS } from '../../core/units.ts'
import type { TicketWithPeople, ZendeskClient } from '../zendesk/client.ts'
import { createKeptAnswers } from './kept-answers.ts'

const KEPT_MS = 30 * SECOND_MS
const MOST_KEPT = 500

export type TicketCache = {
  get(accountId: number, ticketId: number, zendesk: ZendeskClient): Promise<TicketWithPeople>
}

/** Tickets for the preview, which is asked for on every pause in typing: one read serves half a minute of it. */
export function createTicketCache(clock: Clock): TicketCache {
  const kept = createKeptAnswers<TicketWithPeople>(clock, KEPT_MS, MOST_KEPT)
  return {
    get: (accountId, ticketId, zendesk) => kept.get(`${accountId}/${ticketId}`, () => zendesk.getTicket(ticketId)),
  }
}
