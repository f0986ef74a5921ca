import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { readTimeline } from '../../../server/api/timeline.ts'
import { type AccountTransaction, inAccount } from '../../../server/db/in-account.ts'
import { forgetOldNotices } from '../../../server/notify/forget-old.ts'
import { listNotices } from '../../../server/notify/list-notices.ts'
import { TICKET_ID } from '../../core/escalation/facts.ts'
import { type NoticeWorld, startNotices, type WorldOptions } from '../notify/notice-world.ts'

const POLICY = `  channels:
    slack: { channel: "#nowhere" }
    email: { from: Baton <baton@northwind.example> }
    webhook: { url: https://example.com/baton }
  notifications:
    roles:
      director: { name: Vera, email: vera@northwind.example }
      tier2_lead: { name: Kei, slack: U0KEI12345 }
    send:
      - { kind: handoff, to: [director, tier2_lead, vp], over: [email, slack, webhook] }
`
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
let world: NoticeWorld
const start = async (options: WorldOptions) => {
  world = await startNotices(options)
}
afterEach(() => world[Symbol.asyncDispose]())

const story = async (most = 100) =>
  (await inAccount(world.database.db, world.accountId, (tx) => readTimeline(tx, TICKET_ID, most))).map(
    ({ at, text }) => `${at.slice(11, 16)} ${text}`,
  )

describe('the story of a ticket', () => {
  it('C23: says of every notice whom it was for, over what, and that it arrived, failed or was not sent, and why', async () => {
    await start({ policy: POLICY, config: { webhookSecret: null } })
    await world.request()
    const notice = 'Notice of the hand-off'
    expect(await story()).toEqual(
      expect.arrayContaining([
        `09:00 ${notice} to Vera (director) over e-mail: waits for its turn`,
        `09:00 ${notice} to Kei (tier2_lead) over e-mail: not sent, because the policy names no address for them there`,
        `09:00 ${notice} to vp over e-mail: not sent, because nobody holds the role`,
      ]),
    )
    await world.clock.advance(MINUTE)
    await world.settle()
    const told = await story()
    expect(told).toContain(`09:01 ${notice} to Vera (director) over e-mail: delivered`)
    expect(told.find((line) => line.includes('over Slack: failed'))).toMatch(
      /^09:01 Notice of the hand-off to .* over Slack: failed after one try, because the channel answered channel_not_found$/,
    )
    expect(told.find((line) => line.includes('the server was not given'))).toMatch(
      /over the webhook: not sent, because the server was not given what the channel needs$/,
    )
    expect(told).toEqual(told.toSorted((a, b) => (a.slice(0, 5) < b.slice(0, 5) ? -1 : 1)))
  })

  it('says that notices were only tried out, and what waits for people to be at work or for the channel', async () => {
    await start({ policy: POLICY.replace('  notifications:\n', '  notifications:\n    dry_run: true\n') })
    await world.request()
    expect((await story()).every((line) => /not sent, because/.test(line))).toBe(true)
    expect((await story()).join('\n')).toContain('because the policy only tries notices out (dry_run)')
    await world[Symbol.asyncDispose]()

    await start({ policy: POLICY })
    await world.clock.advance(13 * 60 * MINUTE)
    await world.request({ plan: { noticeHours: 'berlin' } })
    expect((await story()).join('\n')).toMatch(/to Vera \(director\) over e-mail: waits until 2026-03-09 \d\d:\d\d UTC/)
    await world[Symbol.asyncDispose]()

    await start({ policy: POLICY })
    world.slack.setDown({ status: 503 })
    await world.request()
    await world.settle()
    expect((await story()).find((line) => line.includes('over Slack'))).toMatch(
      /over Slack: waits to be tried again after one try, because the channel could not take it just then$/,
    )
  })

  it('gives one line to all who share a fate, and no more lines than are asked for', async () => {
    await start({ policy: POLICY.replace('[director, tier2_lead, vp]', '[vp, executive, support_manager]') })
    await world.request()
    const lines = await story()
    expect(lines.filter((line) => line.includes('nobody holds the role')).join()).toMatch(
      /to vp, executive, support_manager over e-mail/,
    )
    expect(await story(1)).toHaveLength(1)
  })
})

/** The row of the escalation that the notices are of, still being worked on. */
async function keepEscalation(tx: AccountTransaction, accountId: number): Promise<void> {
  await sql`
    insert into escalation (account_id, id, ticket_id, command_id, stage, tier, queue, severity, urgency, policy_version,
      decision, requested_by, requested_at)
    values (${accountId}, 'ESC-2026-000001', ${TICKET_ID}, 'c', 'fixing', 2, 'identity', 'P2', 1, 'v', '{}', 1, 0)`.execute(
    tx,
  )
}

describe('notices that were settled', () => {
  it('are forgotten after 90 days, with what they said; what waits, or is of unfinished work, is kept', async () => {
    await start({ policy: POLICY })
    await world.request()
    const { db } = world.database
    const kept = () => inAccount(db, world.accountId, (tx) => listNotices(tx, TICKET_ID))
    const forget = () => forgetOldNotices(db, world.accountId, world.clock.now())
    const waiting = (await kept()).filter(({ settledAt }) => settledAt === null).length
    const all = (await kept()).length
    await world.clock.advance(90 * DAY)
    expect(await forget()).toBe(0)
    await world.clock.advance(1)
    const setStage = (stage: string) =>
      inAccount(db, world.accountId, (tx) => tx.updateTable('escalation').set({ stage }).execute())
    await inAccount(db, world.accountId, (tx) => keepEscalation(tx, world.accountId))
    expect(await forget()).toBe(0)
    await setStage('resolved')
    expect(await forget()).toBe(all - waiting)
    expect(await kept()).toHaveLength(waiting)
    expect(await forget()).toBe(0)
  })
})
