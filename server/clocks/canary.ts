import { sql } from 'kysely'
import type { ClockPlan } from '../../core/clock/plan.ts'
import { CLOCK_KINDS, targetFor } from '../../core/clock/targets.ts'
import type { Decision } from '../../core/decide/decision.ts'
import { evolve } from '../../core/escalation/evolve.ts'
import { newLife } from '../../core/escalation/life-state.ts'
import { type Escalation, newTicketState, type TicketState } from '../../core/escalation/state.ts'
import { emptyNote } from '../../core/note/note.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { keepClocks, waitingOf } from '../engine/clocks-row.ts'
import { lockTicketStates, writeTicketStates } from '../engine/ticket-row.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'

/** No ticket of Zendesk's has this id. */
export const CANARY_TICKET = 0
export const CANARY_ID = 'CANARY'

type Setting = { accountId: number; now: Instant; calendars: AccountCalendars }

/** The canary was taken, and what must come of it did not. */
export class CanaryFailed extends Error {
  override readonly name = 'CanaryFailed'
}

/**
 * Puts the canary where every escalation is that waits for something: a state with a clock and a timer of one minute, and
 * the row that the sweep finds it by. One that waits already is left alone.
 */
export async function armCanary(tx: AccountTransaction, setting: Setting): Promise<void> {
  const { accountId, now } = setting
  const { rows } = await sql`
    select from escalation_clocks join ticket using (account_id, ticket_id)
    where escalation_id = ${CANARY_ID} and next_due_at is not null`.execute(tx)
  if (rows.length > 0) return
  await lockTicketStates(tx, accountId, [CANARY_TICKET], now)
  await rearm(tx, setting, null)
}

/**
 * What the sweep does with the canary that it took: the same fold as for any other, and instead of record and effects the
 * proof that it fired, and when.
 *
 * @throws {CanaryFailed} when clock or timer did not tell
 */
export async function fireCanary(tx: AccountTransaction, setting: Setting): Promise<void> {
  const { accountId, now, calendars } = setting
  const state = (await lockTicketStates(tx, accountId, [CANARY_TICKET], now)).get(CANARY_TICKET)!
  const { calendarOf } = calendars
  const { events } = evolve(state, { kind: 'tick', at: now, raise: null }, { allot: refuseToAllot, calendarOf })
  const told = events.filter(({ kind }) => kind === 'clock-breached' || kind === 'timer-fired')
  if (new Set(told.map(({ kind }) => kind)).size < 2) {
    throw new CanaryFailed(`The canary told ${told.map(({ kind }) => kind).join(', ') || 'nothing'}`)
  }
  await rearm(tx, setting, { firedAt: now, lateMs: now - Math.min(...told.map(({ at }) => at)) })
}

async function rearm(
  tx: AccountTransaction,
  { accountId, now, calendars }: Setting,
  fired: { firedAt: Instant; lateMs: number } | null,
): Promise<void> {
  const state = canaryState(now)
  await writeTicketStates(tx, [{ state, seenAt: null }], now)
  await keepClocks(tx, [state], { accountId, now, calendars })
  const proof = {
    canary_due_at: waitingOf(state, calendars, now)?.nextDueAt ?? null,
    ...(fired && { canary_fired_at: fired.firedAt, canary_late_ms: fired.lateMs }),
  }
  await tx
    .insertInto('watch')
    .values({ account_id: accountId, findings: '[]', ...proof })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(proof))
    .execute()
}

/** An escalation that nobody sees, and that waits for one minute in both ways in which one can wait. */
export function canaryState(at: Instant): TicketState {
  const moment = { at, order: 0, by: null }
  const handOver = { ...moment, tier: 1, queue: CANARY, raisedFor: null, plans: [{ ...moment, plan: planAt(at) }] }
  const escalation: Escalation = {
    ...newLife(),
    id: CANARY_ID,
    commandId: CANARY,
    stage: 'requested',
    note: emptyNote(),
    decision: DECISION,
    owed: [],
    requestedBy: { id: 0, name: CANARY },
    requestedAt: at,
    respondBy: null,
    handOvers: [handOver],
    signals: [],
    stageSince: at,
    from: { groupName: null, tier: 1, priority: null, tags: [] },
    routing: { effectId: CANARY, state: 'done', reason: null, detail: null, attempts: 0, differences: [] },
  }
  return {
    ...newTicketState(CANARY_TICKET),
    escalations: [escalation],
    moments: [{ ...moment, what: 'created', status: 'open' }],
  }
}

const CANARY = 'canary'

function planAt(at: Instant): ClockPlan {
  const target = targetFor(CLOCK_KINDS.resolution, 1, CANARY, { warnAt: [], counts: 'calendar' })
  return {
    policyVersion: CANARY,
    tier: 1,
    severity: 'P3',
    customerTier: null,
    clocks: { resolution: { target, schedule: null } },
    // biome-ignore lint/suspicious/noThenProperty: a word of the policy, never awaited
    timers: [{ id: CANARY, title: CANARY, of: 'queue', after: 1, every: null, schedule: null, then: 'remind' }],
    autoEscalation: { at: [], clocks: [] },
    noticeHours: null,
    onCall: [],
    at,
  }
}

const DECISION: Decision = {
  tier: 1,
  tierName: CANARY,
  queue: CANARY,
  queueName: CANARY,
  group: CANARY,
  severity: 'P3',
  urgency: { score: 0, points: [], missed: [] },
  priority: 'low',
  tags: [],
  targets: { firstResponse: null, resolution: 1 },
  notification: null,
  stakeholders: [],
  reasons: [],
  policyVersion: CANARY,
  trace: [],
}

function refuseToAllot(): never {
  throw new CanaryFailed('The canary began another escalation')
}
