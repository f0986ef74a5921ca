import type { Policy } from '../../core/policy/policy.ts'
import type { Clock } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import { inAccount } from '../db/in-account.ts'
import { applyAll } from '../engine/engine.ts'
import type { FollowUp } from '../engine/follow-up.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Calendars } from '../schedules/calendars.ts'
import { replannedBy } from './touched.ts'

export type ApplyToOpenDeps = {
  db: Database
  clock: Clock
  jobs: Pick<Jobs, 'enqueueAll'>
  calendars: Calendars
  followUp: FollowUp
}

/**
 * Lets open escalations count by a policy that they did not begin with. Time that was counted stays counted.
 *
 * Safe to be killed between any two batches and to run again: those that count by it already are passed over.
 *
 * @returns how many took it
 */
export async function applyToOpen(
  accountId: number,
  { policy, by }: { policy: Policy; by: string },
  { db, clock, jobs, calendars: known, followUp }: ApplyToOpenDeps,
): Promise<number> {
  const now = clock.now()
  const calendars = await known.of(accountId)
  let count = 0
  for await (const batch of replannedBy(policy, now, (run) => inAccount(db, accountId, run))) {
    const tickets = batch.flatMap(({ ticketId, plan }) =>
      plan ? [{ ticketId, facts: [{ kind: 'replan' as const, at: now, by, plan }] }] : [],
    )
    if (tickets.length > 0)
      await inAccount(db, accountId, (tx) => applyAll(tx, jobs, { accountId, now, calendars, followUp, tickets }))
    count += tickets.length
  }
  return count
}
