import { sql } from 'kysely'
import type { EscalationEvent } from '../../core/escalation/events.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import type { Policy } from '../../core/policy/policy.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import { applyAll } from '../engine/engine.ts'
import type { FollowUp } from '../engine/follow-up.ts'
import { readTicketStates } from '../engine/ticket-row.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { raiseFor } from '../policy/raise-for.ts'
import type { AccountCalendars } from '../schedules/calendars.ts'
import { CANARY_TICKET, fireCanary } from './canary.ts'
import { type Due, lockDue } from './due.ts'

export type TellSetting = {
  accountId: number
  now: Instant
  calendars: AccountCalendars
  followUp: FollowUp
  jobs: Pick<Jobs, 'enqueueAll'>
  policyOf(version: string): Promise<Policy>
}

/** What came of telling: whom we held, what was recorded, and what is due all the same. */
export type Told = { held: Due[]; events: EscalationEvent[]; stuck: Due[] }

/**
 * Tells what is due on these tickets, in the caller's transaction; those that somebody else holds are left to them. A
 * ticket is decided anew on its state as it is now: what stopped its clocks meanwhile leaves nothing to tell.
 */
export async function tellDue(tx: AccountTransaction, tickets: readonly number[], setting: TellSetting): Promise<Told> {
  const { accountId, now, calendars, followUp, jobs } = setting
  const held = await lockDue(tx, now, tickets)
  const ids = [...new Set(held.map(({ ticketId }) => ticketId))]
  if (ids.includes(CANARY_TICKET)) await fireCanary(tx, setting)

  const states = new Map<number, TicketState>()
  for (const state of await readTicketStates(tx, ids)) states.set(state.ticketId, state)
  const ticks = []
  for (const ticketId of ids.filter((id) => id !== CANARY_TICKET)) {
    const raise = await raiseFor(states.get(ticketId)!, now, setting.policyOf)
    ticks.push({ ticketId, facts: [{ kind: 'tick' as const, at: now, raise }] })
  }
  const steps =
    ticks.length > 0 ? await applyAll(tx, jobs, { accountId, now, calendars, followUp, tickets: ticks }) : []

  const still = await stillDue(tx, held, now)
  return {
    held,
    events: steps.flatMap(({ events }) => events),
    stuck: held.filter((due) => still.has(due.escalationId)),
  }
}

/** Whatever was told, it must not be due any more, or it would be told again and again. */
async function stillDue(tx: AccountTransaction, held: readonly Due[], now: Instant): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select escalation_id as id from escalation_clocks
    where escalation_id = any(${held.map(({ escalationId }) => escalationId)}::text[]) and next_due_at <= ${now}`.execute(
    tx,
  )
  return new Set(rows.map(({ id }) => id))
}
