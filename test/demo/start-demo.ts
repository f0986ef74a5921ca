import { sql } from 'kysely'
import type { Instant } from '../../core/units.ts'
import type { Context } from '../../server/context.ts'
import { LOOK_EVERY_MS, lookAtDrafts } from '../../server/knowledge/look-at-drafts.ts'
import { createRunningClock } from '../support/clock.ts'
import { type LocalBaton, type LocalOptions, startLocalBaton } from '../support/local-baton.ts'
import { policyFile } from '../support/policy-file.ts'
import type { MovableClock } from '../zendesk/world.ts'
import { type ChannelPorts, type Channels, startChannels } from './channels.ts'
import { type HistorySize, readHistory, readingTime, writeHistory } from './history.ts'
import { DEMO_POLICY } from './policy.ts'

export type Demo = LocalBaton & {
  channels: Channels
  /** Ends when Baton has read the past of the company; time is moved on meanwhile. */
  reading: Promise<void>
}

/**
 * The local Zendesk, channels that tell people, and Baton with the demo's policy, on one clock that goes on by itself and can be moved on. It begins
 * while the office is open, so that clocks run: now, or on the next working morning.
 */
export async function startDemo({ channelPorts = ANY_PORTS, history, ...options }: DemoOptions): Promise<Demo> {
  await using opened = new AsyncDisposableStack()
  const { onStep = () => {} } = options
  const opensAt = nextOfficeTime(Date.now())
  const startsAt = history ? opensAt - readingTime(history) : opensAt
  const running = createRunningClock(startsAt - Date.now())
  let context: Context | null = null
  const clock: MovableClock = {
    ...running,
    async advance(ms) {
      await running.advance(ms)
      if (!context) return
      await hurryJobs(context, ms)
      if (ms >= LOOK_EVERY_MS) await lookAtDrafts(context.account.id, { ...context, zendeskOf: context.zendeskFor })
    },
  }
  const channels = opened.use(await startChannels(clock, channelPorts))
  const config: LocalOptions['config'] = {
    ...options.config,
    ...{ policyFile: policyFile(DEMO_POLICY), notify: channels.config },
    ...(history ? { history: Number.POSITIVE_INFINITY } : {}),
  }
  if (history) onStep(`A history of ${history.tickets.toLocaleString('en')} tickets is written`)
  const zendesk = history ? { ...options.zendesk, state: await writeHistory(history, clock.now()) } : options.zendesk
  const local = opened.use(await startLocalBaton({ ...options, ...(zendesk ? { zendesk } : {}), clock, config }))
  context = local.context
  const stopping = new AbortController()
  const reading = history ? readPast(context, stopping.signal) : Promise.resolve()
  opened.defer(async () => {
    stopping.abort()
    await reading
  })
  const closing = opened.move()
  return { ...local, channels, reading, [Symbol.asyncDispose]: () => closing.disposeAsync() }

  async function readPast(baton: Context, signal: AbortSignal): Promise<void> {
    await readHistory(baton, { clock, onStep, signal })
    if (!signal.aborted) await clock.advance(Math.max(0, opensAt - clock.now()))
  }
}

type DemoOptions = Omit<LocalOptions, 'clock'> & {
  channelPorts?: ChannelPorts
  /** How much the company has been through with Baton; left out, nothing. */
  history?: HistorySize | null
}

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
