import type { TellCustomer } from '../../core/customer/effect.ts'
import type { Effect } from '../../core/escalation/effects.ts'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { Escalation } from '../../core/escalation/state.ts'
import type { IncidentEffect } from '../../core/incident/effects.ts'
import type { DraftArticle } from '../../core/knowledge/effect.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

/** What is carried out for an account: in its Zendesk, out of everybody's sight but for `tell-customer`. */
export type KeptEffect = Effect | TellCustomer | IncidentEffect | DraftArticle

type Where = { accountId: number; now: Instant }
type TicketEvent = { ticketId: number; event: EscalationEvent }

/** PostgreSQL takes 65,535 values in one statement. */
const ROWS_AT_ONCE = 2000

/**
 * The events of several tickets in one order, by instant. The order within a ticket stays: what is told late follows
 * what it was told after.
 */
export function inTime(byTicket: readonly (readonly TicketEvent[])[]): TicketEvent[] {
  const placed = byTicket.flatMap((events) => {
    let latest = Number.NEGATIVE_INFINITY
    return events.map((one) => {
      latest = Math.max(latest, one.event.at)
      return { one, latest }
    })
  })
  return placed.toSorted((a, b) => a.latest - b.latest).map(({ one }) => one)
}

/** Adds events to the record. */
export async function recordEvents(tx: AccountTransaction, events: TicketEvent[], where: Where): Promise<void> {
  const rows = events.map(({ ticketId, event: { at, escalationId, by, auditId, kind, ...body } }) => ({
    account_id: where.accountId,
    ticket_id: ticketId,
    escalation_id: escalationId,
    kind,
    at,
    by_id: by?.id ?? null,
    by_name: by?.name ?? null,
    audit_id: auditId,
    data: JSON.stringify(body),
    recorded_at: where.now,
  }))
  for (const some of inParts(rows)) await tx.insertInto('event').values(some).execute()
}

/**
 * Keeps effects to carry out; one that is kept already stays as it is.
 *
 * @param done those that were carried out, and when
 */
export async function keepEffects(
  tx: AccountTransaction,
  effects: readonly KeptEffect[],
  where: Where,
  done: ReadonlyMap<string, Instant> = new Map(),
): Promise<void> {
  const rows = effects.map((effect) => ({
    account_id: where.accountId,
    id: effect.id,
    ticket_id: effect.ticketId,
    escalation_id: effect.escalationId,
    kind: effect.kind,
    payload: JSON.stringify(effect),
    state: done.has(effect.id) ? ('done' as const) : ('pending' as const),
    created_at: where.now,
    settled_at: done.get(effect.id) ?? null,
  }))
  for (const some of inParts(rows)) {
    await tx
      .insertInto('effect')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Writes the rows that escalations have in lists and reports. */
export async function keepEscalations(
  tx: AccountTransaction,
  escalations: { ticketId: number; escalation: Escalation }[],
  accountId: number,
): Promise<void> {
  const rows = escalations.map(({ ticketId, escalation }) => ({
    account_id: accountId,
    id: escalation.id,
    ticket_id: ticketId,
    command_id: escalation.commandId,
    requested_by: escalation.requestedBy.id,
    requested_at: escalation.requestedAt,
    ...changing(escalation),
  }))
  for (const some of inParts(rows)) {
    await tx
      .insertInto('escalation')
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'id']).doUpdateSet((row) => ({
          stage: row.ref('excluded.stage'),
          tier: row.ref('excluded.tier'),
          queue: row.ref('excluded.queue'),
          severity: row.ref('excluded.severity'),
          urgency: row.ref('excluded.urgency'),
          policy_version: row.ref('excluded.policy_version'),
          decision: row.ref('excluded.decision'),
          respond_by: row.ref('excluded.respond_by'),
        })),
      )
      .execute()
  }
}

/** What may become different while an escalation lasts. */
function changing({ stage, decision, respondBy }: Escalation) {
  return {
    stage,
    tier: decision.tier,
    queue: decision.queue,
    severity: decision.severity,
    urgency: Math.round(decision.urgency.score),
    policy_version: decision.policyVersion,
    decision: JSON.stringify(decision),
    respond_by: respondBy,
  }
}

function inParts<T>(rows: T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, part) =>
    rows.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE),
  )
}
