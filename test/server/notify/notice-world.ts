import type { EscalationEvent } from '../../../core/escalation/events.ts'
import { noticesOf } from '../../../core/notice/follow-ups.ts'
import type { Notice } from '../../../core/notice/notice.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import { createAccounts } from '../../../server/accounts.ts'
import { NO_CHANNELS, type NotifyConfig } from '../../../server/config.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { createJobs, type JobHandlers, type Jobs } from '../../../server/jobs/jobs.ts'
import { notify } from '../../../server/notify/notify.ts'
import { createSenders, type Senders } from '../../../server/notify/senders.ts'
import { openedFor, storeNotices } from '../../../server/notify/store.ts'
import { anEscalation, aSetting, type EscalationOptions } from '../../core/notice/notices.ts'
import { aPolicy } from '../../core/policy/policies.ts'
import { type LocalPagerDuty, startPagerDuty } from '../../pagerduty/server.ts'
import { type LocalSlack, startSlack } from '../../slack/server.ts'
import { BOT_TOKEN, WEBHOOK_PATH } from '../../slack/state.ts'
import { type LocalSmtp, startSmtp } from '../../smtp/server.ts'
import { createStoppedClock } from '../../support/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import type { MovableClock } from '../../zendesk/world.ts'

export const WEBHOOK_SECRET = 'the-secret-that-signs-what-webhooks-get'

/** A server's part that sends notices, with local channels around it, on one clock that stands still. */
export type NoticeWorld = AsyncDisposable & {
  accountId: number
  clock: MovableClock
  database: TestDatabase
  jobs: Jobs
  slack: LocalSlack
  pagerduty: LocalPagerDuty
  smtp: LocalSmtp
  policy: Policy
  /** Everything that was logged, as lines. */
  logged: string[]
  /** Something happens to the escalation: notices are kept, with their jobs. */
  happen(event: EscalationEvent, options?: EscalationOptions): Promise<void>
  request(options?: EscalationOptions): Promise<void>
  /** Keeps notices as they are. */
  store(notices: readonly Notice[]): Promise<void>
  /** Sends what is due now; answers how many jobs ran. */
  settle(): Promise<number>
  /** Moves time on in steps, sending whatever falls due. */
  advance(ms: number): Promise<void>
  /** `state channel at place: why` of every notice, oldest first. */
  states(): Promise<string[]>
  rows(): Promise<Row[]>
  /** Puts other senders in the place of the real ones. */
  withSenders(change: Partial<Senders>): void
}

export type Row = {
  id: string
  state: string
  channel: string
  why: string | null
  attempts: number
  external_id: string | null
  batch: string | null
  lane: string
  kind: string
}

export type WorldOptions = { policy?: string; config?: Partial<NotifyConfig>; slackPerSecond?: number }

const PEOPLE = `  channels:
    slack: { channel: "#escalations", oncall: "#escalations-oncall" }
    email: { from: Baton <baton@northwind.example> }
    pagerduty: { service: platform }
`

export async function startNotices({
  policy: send = '',
  config = {},
  slackPerSecond,
}: WorldOptions = {}): Promise<NoticeWorld> {
  await using opened = new AsyncDisposableStack()
  const clock = createStoppedClock('2026-03-06 09:00Z')
  const slack = opened.use(
    await startSlack({ clock, ...(slackPerSecond === undefined ? {} : { perSecond: slackPerSecond }) }),
  )
  const pagerduty = opened.use(await startPagerDuty())
  const smtp = opened.use(await startSmtp())
  const database = opened.use(await createTestDatabase())
  const jobs = opened.use(await createJobs({ url: database.url, clock, isDriven: true }))
  const { db } = database
  const { id: accountId } = await createAccounts({ db, clock }).ensureAccount({
    subdomain: 'local',
    zendeskUrl: 'http://localhost:1',
  })
  const policy = aPolicy(send.includes('channels:') ? send : `${PEOPLE}${send}`)
  const logged: string[] = []
  const note = (fields: Record<string, unknown>) => void logged.push(JSON.stringify(fields))
  const log = { info: note, warn: note }
  let senders = createSenders({
    config: {
      ...NO_CHANNELS,
      slack: { url: slack.url, token: BOT_TOKEN, webhookUrl: `${slack.url}${WEBHOOK_PATH}` },
      pagerduty: { url: pagerduty.url, keys: pagerduty.keys },
      smtpUrl: smtp.smtpUrl,
      webhookSecret: WEBHOOK_SECRET,
      ...config,
    },
    ...{ db, clock, jobs },
    policyOf: async () => policy,
  })
  const idle = async () => {}
  const handlers: JobHandlers = {
    ...{
      observe: idle,
      act: idle,
      'catch-up': idle,
      'metric-events': idle,
      ...{ sync: idle, reconcile: idle },
      schedules: idle,
      recount: idle,
    },
    notify: (payload) => notify(payload, { db, clock, jobs, senders, log }),
  } as JobHandlers
  const store = (notices: readonly Notice[]) =>
    inAccount(db, accountId, (tx) => storeNotices(tx, jobs, notices, { accountId, now: clock.now() }))
  const closing = opened.move()

  async function happen(event: EscalationEvent, options: EscalationOptions = {}): Promise<void> {
    const { escalation } = anEscalation(options)
    const begun = await inAccount(db, accountId, (tx) => openedFor(tx, [escalation.id]))
    const setting = aSetting({ now: clock.now() })
    await store(noticesOf(event, escalation, policy, setting, begun.get(escalation.id) ?? []))
  }

  const rows = () =>
    inAccount(db, accountId, (tx) =>
      tx
        .selectFrom('notice')
        .select(['id', 'state', 'channel', 'why', 'attempts', 'external_id', 'batch', 'lane', 'kind'])
        .orderBy('seq')
        .execute(),
    )

  return {
    ...{ accountId, clock, database, jobs, slack, pagerduty, smtp, policy, logged, store, happen, rows },
    request: (options) => happen(anEscalation(options).requested, options),
    settle: () => jobs.settle(handlers),
    advance: async (ms) => {
      const until = clock.now() + ms
      for (;;) {
        await jobs.settle(handlers)
        const due = await jobs.nextDueAt()
        if (due === null || due > until) break
        await clock.advance(Math.max(1, due - clock.now()))
      }
      await clock.advance(Math.max(0, until - clock.now()))
      await jobs.settle(handlers)
    },
    states: async () =>
      (await rows()).map(({ state, channel, kind, why }) => `${state} ${kind} ${channel}${why ? `: ${why}` : ''}`),
    withSenders: (change) => {
      senders = { ...senders, ...change }
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
