import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { Context } from '../../server/context.ts'
import { createRunningClock } from '../support/clock.ts'
import { type LocalBaton, type LocalOptions, startLocalBaton } from '../support/local-baton.ts'
import { policyFile } from '../support/policy-file.ts'
import type { MovableClock } from '../zendesk/world.ts'
import { type ChannelPorts, type Channels, startChannels } from './channels.ts'
import { DEMO_POLICY } from './policy.ts'

export type Demo = LocalBaton & { channels: Channels }

/**
 * The local Zendesk, channels that tell people, and Baton with the demo's policy, on one clock that goes on by itself and can be moved on. It begins
 * while the office is open, so that clocks run: now, or on the next working morning.
 */
export async function startDemo({ channelPorts = ANY_PORTS, ...options }: DemoOptions): Promise<Demo> {
  await using opened = new AsyncDisposableStack()
  const running = createRunningClock(nextOfficeTime(Date.now()) - Date.now())
  let context: Context | null = null
  const clock: MovableClock = {
    ...running,
    async advance(ms) {
      await running.advance(ms)
      if (context) await hurryJobs(context, ms)
    },
  }
  const channels = opened.use(await startChannels(clock, channelPorts))
  const config = { ...options.config, policyFile: policyFile(DEMO_POLICY), notify: channels.config }
  const local = opened.use(await startLocalBaton({ ...options, clock, config }))
  context = local.context
  const closing = opened.move()
  return { ...local, channels, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

type DemoOptions = Omit<LocalOptions, 'clock'> & { channelPorts?: ChannelPorts }

const ANY_PORTS: ChannelPorts = { slack: 0, pagerduty: 0, mail: 0 }

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
