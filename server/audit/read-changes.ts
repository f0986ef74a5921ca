import { sql } from 'kysely'
import type { Deadline } from '../../core/audit/finding.ts'
import type { TicketChange } from '../../core/audit/update.ts'
import type { ZendeskMetricEvent } from '../../core/clock/zendesk-metric-event.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

const FIELDS = ['created', 'status', 'priority', 'group_id', 'assignee_id', 'comment']

/** Tickets that something happened to in [from, to), by number. */
export async function ticketsChanged(tx: AccountTransaction, from: Instant, to: Instant): Promise<number[]> {
  const rows = await tx
    .selectFrom('ticket_change')
    .select('ticket_id')
    .distinct()
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('field', 'in', FIELDS)
    .orderBy('ticket_id')
    .execute()
  return rows.map(({ ticket_id }) => ticket_id)
}

/** All that is known of these tickets' history, by ticket. */
export async function changesOfTickets(
  tx: AccountTransaction,
  ticketIds: readonly number[],
): Promise<Map<number, TicketChange[]>> {
  const rows = await tx
    .selectFrom('ticket_change')
    .select(['ticket_id as ticketId', 'audit_id as auditId', 'at', 'part', 'field', 'value', 'previous'])
    .select(['by_id as byId', 'rule_id as ruleId'])
    .where('ticket_id', '=', sql<number>`any(${ticketIds}::bigint[])`)
    .where('field', 'in', FIELDS)
    .execute()
  return Map.groupBy(rows, ({ ticketId }) => ticketId)
}

/**
 * When targets of these tickets were, or would have been, used up: as Zendesk foresaw it, also where it took that back, and
 * as Baton's own clocks were.
 */
export async function deadlinesOf(
  tx: AccountTransaction,
  ticketIds: readonly number[],
): Promise<Map<number, Deadline[]>> {
  const wanted = sql<number>`any(${ticketIds}::bigint[])`
  const foreseen = await tx
    .selectFrom('metric_event')
    .select(['ticket_id', 'at', 'event'])
    .where('ticket_id', '=', wanted)
    .where(sql<boolean>`event ->> 'kind' = 'breach'`)
    .execute()
  const breached = await tx
    .selectFrom('event')
    .select(['ticket_id', 'at', 'data'])
    .where('ticket_id', '=', wanted)
    .where('kind', '=', 'clock-breached')
    .execute()
  const found = [
    ...foreseen.map(({ ticket_id, at, event }) => ({ ticketId: ticket_id, at, ...ofZendesk(event) })),
    ...breached.map(({ ticket_id, at, data }) => {
      const { clock, tier } = data as { clock: string; tier: number | null }
      return { ticketId: ticket_id, at, clock: ours(clock, tier), isForReply: clock === 'first-response' }
    }),
  ]
  return Map.groupBy(found, ({ ticketId }) => ticketId)
}

function ofZendesk({ metric }: ZendeskMetricEvent): Pick<Deadline, 'clock' | 'isForReply'> {
  return { clock: `Zendesk's ${metric.replaceAll('_', ' ')}`, isForReply: metric === 'reply_time' }
}

function ours(clock: string, tier: number | null): string {
  const words = clock.replaceAll('-', ' ')
  return tier === null ? `The ${words} clock` : `The tier ${tier} ${words} clock`
}
