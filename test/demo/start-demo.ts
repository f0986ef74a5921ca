import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { Context } from '../../server/context.ts'
import { createRunningClock } from '../support/clock.ts'
import { type LocalBaton, type LocalOptions, startLocalBaton } from '../support/local-baton.ts'
import { policyFile } from '../support/policy-file.ts'
import type { MovableClock } from '../zendesk/world.ts'
import { DEMO_POLICY } from './policy.ts'

/**
 * The local Zendesk and Baton with the demo's policy, on one clock that goes on by itself and can be moved on. It begins
 * while the office is open, so that clocks run: now, or on the next working morning.
 */
export async function startDemo(options: Omit<LocalOptions, 'clock'>): Promise<LocalBaton> {
  const running = createRunningClock(nextOfficeTime(Date.now()) - Date.now())
  let context: Context | null = null
  const clock: MovableClock = {
    ...running,
    async advance(ms) {
      await running.advance(ms)
      if (context) await hurryJobs(context, ms)
    },
  }
  const config = { ...options.config, policyFile: policyFile(DEMO_POLICY) }
  const local = await startLocalBaton({ ...options, clock, config })
  context = local.context
  return local
}

/** Between nine and noon in UTC it is a working day's middle in Berlin, with hours of it left. */
function nextOfficeTime(now: Instant): Instant {
  const at = new Date(now)
  const isWeekday = () => at.getUTCDay() % 6 !== 0
  if (isWeekday() && at.getUTCHours() >= 9 && at.getUTCHours() < 12) return now
  if (at.getUTCHours() >= 12) at.setUTCDate(at.getUTCDate() + 1)
  while (!isWeekday()) at.setUTCDate(at.getUTCDate() + 1)
  return at.setUTCHours(9, 0, 0, 0)
}

/** The queue of a server that works by itself goes by real time, so what waits there is brought nearer by hand. */
async function hurryJobs({ db }: Context, ms: number): Promise<void> {
  await sql`
    update jobs.job set start_after = start_after - make_interval(secs => ${ms / 1000})
    where state in ('created', 'retry') and start_after > now()`.execute(db)
}
