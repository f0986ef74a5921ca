import { sql } from 'kysely'
import type { ZendeskMetricEvent } from '../../core/clock/zendesk-metric-event.ts'
import { type Instant, MINUTE_MS } from '../../core/units.ts'
import { type Agreement, addTicket, agreementOf, newCounts } from '../../core/verify/agreement.ts'
import { checkZendeskClocks } from '../../core/verify/check-zendesk.ts'
import { pairsOf } from '../../core/verify/pairs.ts'
import type { Context } from '../context.ts'
import { type AccountTransaction, inAccount } from '../db/in-account.ts'
import { readTicketStates } from '../engine/ticket-row.ts'
import { readVersions } from '../schedules/versions.ts'
import { exportStanding } from '../sync/standing.ts'
import { zendeskSchedules } from './schedules.ts'

/** States that are held in memory at a time. */
const BATCH = 300
/** What an export tells ends a little before it is read, and the record follows webhooks as fast. */
const TOLD_AFTER_MS = 3 * MINUTE_MS

/**
 * Holds every clock of Zendesk's that was told of in [from, to) beside the record. Nothing is asked of Zendesk: its metric
 * events are kept as they come. Each ticket is looked at as of when its events were read.
 */
export async function verifyAgreement(
  { db, clock, account, calendars }: Context,
  window: { from: Instant; to: Instant },
): Promise<Agreement> {
  const now = clock.now()
  const { state, lagMs } = await exportStanding(db, account.id, 'ticket-metric-events', clock)
  const readTo = state === 'current' && lagMs !== null ? now - lagMs : 0
  const { calendarOf } = await calendars.of(account.id)
  const counts = newCounts()
  await inAccount(db, account.id, async (tx) => {
    const schedules = await zendeskSchedules(tx, now)
    const versions = await readVersions(tx)
    const versionsOf = (id: string) => versions.filter(({ schedule }) => schedule.id === id).length
    const ticketIds = await ticketsTold(tx, window)
    for (let start = 0; start < ticketIds.length; start += BATCH) {
      const batch = ticketIds.slice(start, start + BATCH)
      const told = await eventsTold(tx, batch)
      for (const ticket of await readTicketStates(tx, batch)) {
        if (ticket.moments.length === 0) continue
        const { events, readAt } = told.get(ticket.ticketId)!
        const asOf = Math.max(readTo, readAt) - TOLD_AFTER_MS
        const checks = checkZendeskClocks(ticket.moments, events, schedules, asOf)
        addTicket(counts, ticket.ticketId, checks, pairsOf(ticket, checks, calendarOf, versionsOf, asOf))
      }
    }
  })
  return agreementOf(counts, window)
}

async function ticketsTold(tx: AccountTransaction, { from, to }: { from: Instant; to: Instant }): Promise<number[]> {
  const rows = await tx
    .selectFrom('metric_event')
    .select('ticket_id')
    .distinct()
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('ticket_id')
    .execute()
  return rows.map(({ ticket_id }) => ticket_id)
}

type Told = { events: ZendeskMetricEvent[]; readAt: Instant }

async function eventsTold(tx: AccountTransaction, ticketIds: readonly number[]): Promise<Map<number, Told>> {
  const rows = await tx
    .selectFrom('metric_event')
    .select(['ticket_id', 'event', 'read_at'])
    .where('ticket_id', '=', sql<number>`any(${ticketIds}::bigint[])`)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ ticket_id }) => ticket_id)].map(([ticketId, own]) => [
      ticketId,
      { events: own.map(({ event }) => event), readAt: Math.max(...own.map(({ read_at }) => read_at)) },
    ]),
  )
}
