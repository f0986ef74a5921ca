import { evolveAll } from '../../core/escalation/evolve.ts'
import type { Fact } from '../../core/escalation/facts.ts'
import type { TicketState } from '../../core/escalation/state.ts'
import type { Instant } from '../../core/units.ts'
import type { AccountTransaction } from '../db/in-account.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { allotIds } from './allot-ids.ts'
import { keepEffects, keepEscalation, recordEvents } from './record.ts'
import { lockTicketState, writeTicketState } from './ticket-row.ts'
import { distrustUsedCommands } from './used-elsewhere.ts'

export type NewFacts = { accountId: number; ticketId: number; facts: readonly Fact[]; now: Instant }

/**
 * Folds facts into a ticket: state, rows of its escalations, events, effects and the jobs that carry those out, all in
 * the caller's transaction. Facts that were folded before change nothing.
 *
 * @returns the state after the facts
 */
export async function applyFacts(
  tx: AccountTransaction,
  jobs: Pick<Jobs, 'enqueue'>,
  { accountId, ticketId, facts, now }: NewFacts,
): Promise<TicketState> {
  const where = { accountId, ticketId, now }
  const before = await lockTicketState(tx, accountId, ticketId, now)
  const believed = await distrustUsedCommands(tx, ticketId, facts)

  // Folding is pure, so a first pass can count the ids the second one needs.
  let count = 0
  evolveAll(before, believed, () => ({ escalationId: `uncounted-${++count}` }))
  const allotted = await allotIds(tx, accountId, count, now)
  const { state, events, effects } = evolveAll(before, believed, () => allotted.shift()!)

  for (const escalation of state.escalations) {
    if (!before.escalations.includes(escalation)) await keepEscalation(tx, escalation, where)
  }
  await recordEvents(tx, events, where)
  await keepEffects(tx, effects, where)
  for (const effect of effects) await jobs.enqueue(tx, 'act', { accountId, effectId: effect.id })
  await writeTicketState(tx, state, now)
  return state
}
