import type { ZendeskMetricEvent } from '../../core/clock/zendesk-metric-event.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/**
 * Keeps the events of tickets Baton knows and passes over the others; answers how many it kept. An event that comes
 * again replaces itself, but what Zendesk deleted stays deleted: an older page may be read after a newer one.
 */
export async function keepMetricEvents(
  tx: AccountTransaction,
  accountId: number,
  events: readonly ZendeskMetricEvent[],
  now: Instant,
): Promise<number> {
  const known = await knownTickets(tx, new Set(events.map(({ ticketId }) => ticketId)))
  const ours = newestOfEach(events.filter(({ ticketId }) => known.has(ticketId)))
  if (ours.length === 0) return 0
  await tx
    .insertInto('metric_event')
    .values(
      ours.map((event) => ({
        account_id: accountId,
        id: event.id,
        ticket_id: event.ticketId,
        at: event.at,
        is_deleted: event.isDeleted,
        event: JSON.stringify(event),
        read_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'id'])
        .doUpdateSet((set) => ({
          at: set.ref('excluded.at'),
          is_deleted: set.ref('excluded.is_deleted'),
          event: set.ref('excluded.event'),
          read_at: set.ref('excluded.read_at'),
        }))
        .where('metric_event.is_deleted', '=', false),
    )
    .execute()
  return ours.length
}

/** What was kept of a ticket, oldest first. */
export async function readMetricEvents(tx: AccountTransaction, ticketId: number): Promise<ZendeskMetricEvent[]> {
  const rows = await tx
    .selectFrom('metric_event')
    .select('event')
    .where('ticket_id', '=', ticketId)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(({ event }) => event)
}

async function knownTickets(tx: AccountTransaction, ids: Set<number>): Promise<Set<number>> {
  if (ids.size === 0) return new Set()
  const rows = await tx
    .selectFrom('ticket')
    .select('ticket_id')
    .where('ticket_id', 'in', [...ids])
    .execute()
  return new Set(rows.map(({ ticket_id }) => ticket_id))
}

/** One statement cannot write a row twice, and a page may name an event twice. */
function newestOfEach(events: ZendeskMetricEvent[]): ZendeskMetricEvent[] {
  const byId = new Map<number, ZendeskMetricEvent>()
  for (const event of events) if (byId.get(event.id)?.isDeleted !== true) byId.set(event.id, event)
  return [...byId.values()]
}
