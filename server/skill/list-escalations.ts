import type { ExpressionBuilder } from 'kysely'
import { z } from 'zod'
import type { EscalationSummary, EscalationsQuery, EscalationsResponse } from '../../core/contract/escalations.ts'
import { ENDED } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { Tables } from '../db/schema.ts'
import { Refusal } from '../http/refusal.ts'

/** Where a page ended: everything after it was asked for earlier, or at the same instant under a lower id. */
const Place = z.tuple([z.int(), z.string()])
type Place = z.infer<typeof Place>

/** A page of escalations, newest first. What is asked for meanwhile stands before the first page and moves none. */
export async function listEscalations(tx: AccountTransaction, query: EscalationsQuery): Promise<EscalationsResponse> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor)
  const rows = await tx
    .selectFrom('escalation')
    .leftJoin('escalation_clocks', (join) =>
      join
        .onRef('escalation_clocks.account_id', '=', 'escalation.account_id')
        .onRef('escalation_clocks.escalation_id', '=', 'escalation.id'),
    )
    .select(['id', 'escalation.ticket_id', 'stage', 'tier', 'queue', 'severity', 'urgency', 'requested_at'])
    .select(['respond_by', 'next_due_at'])
    .where((where) => where.and([...wanted(where, query), ...(after ? [beyond(where, after)] : [])]))
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    escalations: page.map(
      (row): EscalationSummary => ({
        ...{ id: row.id, ticketId: row.ticket_id, stage: row.stage as EscalationSummary['stage'] },
        ...{ tier: row.tier, queue: row.queue, severity: row.severity as EscalationSummary['severity'] },
        urgency: row.urgency,
        requestedAt: new Date(row.requested_at).toISOString(),
        respondBy: isoOf(row.respond_by),
        nextDueAt: isoOf(row.next_due_at),
      }),
    ),
    nextCursor: rows.length > page.length && last ? writeCursor([last.requested_at, last.id]) : null,
  }
}

type Where = ExpressionBuilder<Tables, 'escalation'>

function wanted(where: Where, query: EscalationsQuery) {
  const { stage, open, tier, queue, severity, ticketId, requestedFrom, requestedTo } = query
  return [
    ...(stage ? [where('stage', 'in', stage)] : []),
    ...(open === undefined ? [] : [where('stage', open ? 'not in' : 'in', [...ENDED])]),
    ...(tier ? [where('tier', 'in', tier.map(Number))] : []),
    ...(queue ? [where('queue', 'in', queue)] : []),
    ...(severity ? [where('severity', 'in', severity)] : []),
    ...(ticketId === undefined ? [] : [where('escalation.ticket_id', '=', ticketId)]),
    ...(requestedFrom === undefined ? [] : [where('requested_at', '>=', requestedFrom)]),
    ...(requestedTo === undefined ? [] : [where('requested_at', '<', requestedTo)]),
  ]
}

function beyond(where: Where, [at, id]: Place) {
  return where(where.refTuple('requested_at', 'id'), '<', where.tuple(at, id))
}

function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function readCursor(text: string): Place {
  try {
    return Place.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    const message = 'Must be the `nextCursor` of an answer'
    throw new Refusal(422, 'invalid', 'Some values are not as they must be.', [{ path: 'cursor', message }])
  }
}

function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
