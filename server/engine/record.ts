import type { Effect } from '../../core/escalation/effects.ts'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { Escalation } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'

type Where = { accountId: number; ticketId: number; now: Instant }

/** Adds events to the record. */
export async function recordEvents(tx: AccountTransaction, events: EscalationEvent[], where: Where): Promise<void> {
  if (events.length === 0) return
  await tx
    .insertInto('event')
    .values(
      events.map(({ at, escalationId, by, auditId, kind, ...body }) => ({
        account_id: where.accountId,
        ticket_id: where.ticketId,
        escalation_id: escalationId,
        kind,
        at,
        by_id: by?.id ?? null,
        by_name: by?.name ?? null,
        audit_id: auditId,
        data: JSON.stringify(body),
        recorded_at: where.now,
      })),
    )
    .execute()
}

/** Keeps effects to carry out; one that is kept already stays as it is. */
export async function keepEffects(tx: AccountTransaction, effects: Effect[], where: Where): Promise<void> {
  if (effects.length === 0) return
  await tx
    .insertInto('effect')
    .values(
      effects.map((effect) => ({
        account_id: where.accountId,
        id: effect.id,
        ticket_id: effect.ticketId,
        escalation_id: effect.escalationId,
        kind: effect.kind,
        payload: JSON.stringify(effect),
        state: 'pending' as const,
        created_at: where.now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Writes the row an escalation has in lists and reports. */
export async function keepEscalation(tx: AccountTransaction, escalation: Escalation, where: Where): Promise<void> {
  const { decision } = escalation
  const row = {
    stage: escalation.stage,
    tier: decision.tier,
    queue: decision.queue,
    severity: decision.severity,
    urgency: Math.round(decision.urgency.score),
    policy_version: decision.policyVersion,
    decision: JSON.stringify(decision),
    respond_by: escalation.respondBy,
  }
  await tx
    .insertInto('escalation')
    .values({
      ...row,
      account_id: where.accountId,
      id: escalation.id,
      ticket_id: where.ticketId,
      command_id: escalation.commandId,
      requested_by: escalation.requestedBy.id,
      requested_at: escalation.requestedAt,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'id']).doUpdateSet(row))
    .execute()
}
