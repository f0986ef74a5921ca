import { z } from 'zod'
import type { Instant } from '../../core/units.ts'
import type { Call } from './call.ts'

/** What Zendesk takes in one call. Source: api.md 3.1 */
export const MOST_STAMPS = 100

const Answer = z.object({ tickets: z.array(z.object({ id: z.int(), updated_at: z.string() })) })

export function createTicketStamps(call: Call) {
  return { readTicketStamps }

  /**
   * When each of up to 100 tickets was last touched, in one call. A ticket that was deleted, or that we may not see, is
   * left out of the answer.
   */
  async function readTicketStamps(ticketIds: readonly number[]): Promise<Map<number, Instant>> {
    if (ticketIds.length > MOST_STAMPS) throw new RangeError(`At most ${MOST_STAMPS} tickets at once`)
    if (ticketIds.length === 0) return new Map()
    const { tickets } = await call(
      'get',
      `/api/v2/tickets/show_many.json?ids=${ticketIds.join(',')}`,
      undefined,
      Answer,
    )
    return new Map(tickets.map(({ id, updated_at }) => [id, Date.parse(updated_at)]))
  }
}
