import { sql } from 'kysely'
import type { Recorded } from '../../core/metrics/subject.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** What the record says of tickets that their states do not hold: what notes scored, and who accepted. */
export async function readRecorded(
  tx: AccountTransaction,
  ticketIds: readonly number[],
): Promise<Map<number, Recorded[]>> {
  const { rows } = await sql<{
    ticket_id: number
    escalation_id: string
    kind: 'requested' | 'accepted'
    at: number
    by_id: number | null
    score: number | null
    owner: string | null
  }>`
    select ticket_id, escalation_id, kind, at, by_id, (data->>'score')::float8 as score, data->>'owner' as owner
    from event
    where ticket_id = any(${ticketIds}::bigint[]) and kind in ('requested', 'accepted') and escalation_id is not null
    order by id`.execute(tx)
  const byTicket = new Map<number, Recorded[]>()
  for (const { ticket_id, escalation_id: escalationId, kind, at, by_id: by, score, owner } of rows) {
    const list = byTicket.get(ticket_id) ?? []
    list.push(
      kind === 'requested' ? { escalationId, at, kind, score: score ?? 0 } : { escalationId, at, kind, by, owner },
    )
    byTicket.set(ticket_id, list)
  }
  return byTicket
}
