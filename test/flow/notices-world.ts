import { MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { NO_CHANNELS, type NotifyConfig } from '../../server/config.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { readPreset } from '../../server/policy/preset.ts'
import { type LocalPagerDuty, startPagerDuty } from '../pagerduty/server.ts'
import { type LocalSlack, startSlack } from '../slack/server.ts'
import { BOT_TOKEN, WEBHOOK_PATH } from '../slack/state.ts'
import { type LocalSmtp, startSmtp } from '../smtp/server.ts'
import { createStoppedClock } from '../support/clock.ts'
import { policyFile } from '../support/policy-file.ts'
import { startWorld, type TestWorld } from '../support/world.ts'

/** The whole product with channels around it, on one clock. */
export type ToldWorld = AsyncDisposable & {
  world: TestWorld
  slack: LocalSlack
  pagerduty: LocalPagerDuty
  smtp: LocalSmtp
  /** What became of every notice, oldest first. */
  notices(): Promise<ToldNotice[]>
  /** The name of a ticket's escalation, as people read it. */
  escalationOf(ticketId: number): Promise<string>
  /** Moves time on in steps, so that whatever is to be tried again is tried in between. */
  pass(minutes: number): Promise<void>
  /** Moves time on second by second until no notice waits; fails when that takes longer. */
  untilTold(withinMinutes: number): Promise<void>
}

export type ToldNotice = {
  id: string
  ticketId: number
  escalationId: string
  kind: string
  channel: string
  state: string
  why: string | null
}

/** `pagerDutyKey`: another than the one PagerDuty knows. */
type ToldOptions = { policy: string; pagerDutyKey?: string; slackPerSecond?: number }

const AT = '2026-03-06 10:00Z'
/** Minutes. What is to be tried again is tried at most ten minutes later. */
const STEP = 5
const limits = { accountPerMinute: 1e9, sessionPer5Minutes: 1e9, ticketUpdatesPerMinute: 1e9 }

/** @param policy what stands after the ready policy with four tiers */
export async function startTold({ policy, pagerDutyKey, slackPerSecond }: ToldOptions): Promise<ToldWorld> {
  await using opened = new AsyncDisposableStack()
  // The channels begin before the clock of the world is there.
  let clock = createStoppedClock(AT)
  const theirs = { ...clock, now: () => clock.now() }
  const slack = opened.use(
    await startSlack({ clock: theirs, ...(slackPerSecond === undefined ? {} : { perSecond: slackPerSecond }) }),
  )
  const pagerduty = opened.use(await startPagerDuty())
  const smtp = opened.use(await startSmtp())
  const notify: NotifyConfig = {
    ...NO_CHANNELS,
    slack: { url: slack.url, token: BOT_TOKEN, webhookUrl: `${slack.url}${WEBHOOK_PATH}` },
    pagerduty: { url: pagerduty.url, keys: { default: pagerDutyKey ?? pagerduty.keys.default! } },
    smtpUrl: smtp.smtpUrl,
  }
  const file = policyFile(`${readPreset('four-tier')}${policy}`)
  const world = opened.use(await startWorld({ at: AT, zendesk: { limits }, config: { policyFile: file, notify } }))
  clock = world.zendesk.world.clock
  const closing = opened.move()

  async function notices(): Promise<ToldNotice[]> {
    const { db, account } = world.context
    const rows = await inAccount(db, account.id, (tx) =>
      tx
        .selectFrom('notice')
        .select(['id', 'ticket_id', 'escalation_id', 'kind', 'channel', 'state', 'why'])
        .orderBy('seq')
        .execute(),
    )
    return rows.map(({ ticket_id, escalation_id, ...row }) => ({
      ...row,
      ticketId: ticket_id,
      escalationId: escalation_id,
    }))
  }

  async function escalationOf(ticketId: number): Promise<string> {
    return (await world.view(ticketId)).escalation!.id
  }

  async function pass(minutes: number): Promise<void> {
    for (let left = minutes; left > 0; left -= STEP) await world.advance({ minutes: Math.min(left, STEP) })
  }

  async function untilTold(withinMinutes: number): Promise<void> {
    for (const until = clock.now() + withinMinutes * MINUTE_MS; ; ) {
      await world.settle()
      const waiting = (await notices()).filter(({ state }) => state === 'queued' || state === 'sent')
      if (waiting.length === 0) return
      if (clock.now() >= until) {
        const said = waiting.map(({ id, state, why }) => `${id}: ${state} ${why}`)
        throw new Error(`${waiting.length} notices still wait after ${withinMinutes} minutes:\n${said.join('\n')}`)
      }
      await clock.advance(SECOND_MS)
    }
  }

  return {
    ...{ world, slack, pagerduty, smtp, notices, escalationOf, pass, untilTold },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
