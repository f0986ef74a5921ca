import { z } from 'zod'
import { type Instant, SECOND_MS } from '../../core/units.ts'
import type { Call } from './call.ts'

/** A start time is for the very first page; from then on the export goes on from its cursor, for ever. */
export type ExportFrom = { startTime: Instant } | { cursor: string }

export type ExportedTicket = {
  id: number
  isDeleted: boolean
  tags: string[]
  /** When Zendesk last touched it, to the second; what orders the export. */
  generatedAt: Instant
}

export type TicketPage = {
  tickets: ExportedTicket[]
  /** Where the next page begins; null when Zendesk named none, because it had no ticket to name. */
  cursor: string | null
  /** Nothing more has changed, as far as Zendesk tells: it holds the last minute back. */
  isAtEnd: boolean
}

/** Zendesk takes 1000, but then a page of long tickets may not come within the time of a call. */
const PAGE_SIZE = 250

const Answer = z.object({
  tickets: z.array(
    z.object({
      id: z.int(),
      status: z.string(),
      tags: z.array(z.string()).nullish(),
      generated_timestamp: z.number().nullish(),
    }),
  ),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
})

export function createTicketExport(call: Call) {
  return { exportTickets }

  /**
   * A page of the tickets that were touched, oldest touch first. The same ticket comes again whenever it is touched,
   * also by what changes nothing in it; a deleted one comes as deleted.
   *
   * @throws {ZendeskError} `denied` unless we are an admin with the scope `read`; `rate-limited` above the ten calls a
   * minute that all exports of the account share; `rejected` for a start within the last minute, and for a cursor that
   * expired
   * Source: https://developer.zendesk.com/documentation/ticketing/managing-tickets/using-the-incremental-export-api/
   */
  async function exportTickets(from: ExportFrom): Promise<TicketPage> {
    const query = new URLSearchParams({ per_page: String(PAGE_SIZE) })
    if ('cursor' in from) query.set('cursor', from.cursor)
    else query.set('start_time', String(Math.floor(from.startTime / SECOND_MS)))
    const answer = await call('get', `/api/v2/incremental/tickets/cursor.json?${query}`, undefined, Answer)
    return {
      tickets: answer.tickets.map(({ id, status, tags, generated_timestamp }) => ({
        ...{ id, isDeleted: status === 'deleted', tags: tags ?? [] },
        generatedAt: (generated_timestamp ?? 0) * SECOND_MS,
      })),
      cursor: answer.after_cursor ?? null,
      isAtEnd: answer.end_of_stream,
    }
  }
}
