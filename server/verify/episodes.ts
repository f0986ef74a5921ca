import { sql } from 'kysely'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { Instant } from '../../core/units.ts'
import type { Episode, TicketPast } from '../../core/verify/recount.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** An episode with when the last of its events was written down. */
export type RecordedEpisode = Episode & { recordedAt: Instant }

const BATCH = 500

/** Every escalation that something happened to in [from, to), from the record's events and the account's history alone. */
export async function* recordedEpisodes(
  tx: AccountTransaction,
  from: Instant,
  to: Instant,
): AsyncGenerator<RecordedEpisode> {
  const touched = await tx
    .selectFrom('event')
    .select('ticket_id')
    .distinct()
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('escalation_id', 'is not', null)
    .orderBy('ticket_id')
    .execute()
  for (let start = 0; start < touched.length; start += BATCH) {
    const ids = touched.slice(start, start + BATCH).map(({ ticket_id }) => ticket_id)
    const pasts = await ticketPasts(tx, ids)
    const rows = await tx
      .selectFrom('event')
      .select(['ticket_id', 'escalation_id', 'kind', 'at', 'by_id', 'by_name', 'audit_id', 'recorded_at'])
      .select(sql<object>`data`.as('data'))
      .where('ticket_id', '=', sql<number>`any(${ids}::bigint[])`)
      .where('escalation_id', 'is not', null)
      .orderBy('id')
      .execute()
    for (const [ticketId, ofTicket] of Map.groupBy(rows, ({ ticket_id }) => ticket_id)) {
      const episodes = [...Map.groupBy(ofTicket, ({ escalation_id }) => escalation_id!)]
      for (const [index, [escalationId, own]] of episodes.entries()) {
        const events = own.map(({ kind, at, by_id, by_name, audit_id, data }) => {
          const by = by_id === null ? null : { id: by_id, name: by_name ?? '' }
          return { kind, at, escalationId, by, auditId: audit_id, ...data } as EscalationEvent
        })
        const past = pasts.get(ticketId) ?? null
        const recordedAt = Math.max(...own.map(({ recorded_at }) => recorded_at))
        yield { escalationId, ticketId, events, past, isFirstOfTicket: index === 0, recordedAt }
      }
    }
  }
}

async function ticketPasts(tx: AccountTransaction, ids: readonly number[]): Promise<Map<number, TicketPast>> {
  const rows = await tx
    .selectFrom('ticket_change')
    .select(['ticket_id', 'at', 'field', 'value'])
    .where('ticket_id', '=', sql<number>`any(${ids}::bigint[])`)
    .where('field', 'in', ['created', 'status'])
    .orderBy('audit_id')
    .orderBy('part')
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ ticket_id }) => ticket_id)].map(([ticketId, own]) => [
      ticketId,
      {
        createdAt: own.find(({ field }) => field === 'created')?.at ?? null,
        statuses: own.flatMap(({ field, at, value }) => (field === 'status' ? [{ at, status: value ?? '' }] : [])),
      },
    ]),
  )
}
