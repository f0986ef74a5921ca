import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inAccount } from '../../../server/db/in-account.ts'
import { listNotices } from '../../../server/notify/list-notices.ts'
import { TICKET_ID } from '../../core/escalation/facts.ts'
import { type NoticeWorld, startNotices } from '../notify/notice-world.ts'
import { runBaton } from './run-baton.ts'

let world: NoticeWorld
let baton: (...args: string[]) => ReturnType<typeof runBaton>
beforeAll(async () => {
  world = await startNotices({
    policy: `  channels: { slack: { channel: "#nowhere" }, email: { from: baton@northwind.example } }
  notifications:
    roles: { director: { name: Vera, email: vera@northwind.example } }
    send: [{ kind: handoff, to: director, over: [email, slack] }]
`,
  })
  await world.request()
  await world.settle()
  const env = {
    ...{ ZENDESK_SUBDOMAIN: 'local', ZENDESK_URL: 'http://localhost:1', ZENDESK_CLIENT_ID: 'baton' },
    ...{ ZENDESK_CLIENT_SECRET: 'secret', BATON_PUBLIC_URL: 'http://localhost:9', DATABASE_URL: world.database.url },
    BATON_KEY: randomBytes(32).toString('base64'),
  }
  baton = (...args) => runBaton(['notices', ...args], env)
})
afterAll(() => world?.[Symbol.asyncDispose]())

const failedId = async () =>
  (await inAccount(world.database.db, world.accountId, (tx) => listNotices(tx, TICKET_ID))).find(
    ({ state }) => state === 'failed',
  )?.id

describe('baton notices', () => {
  it('lists whom notices were for, over what, and what became of them', async () => {
    const { printed, said } = await baton('--ticket', String(TICKET_ID))
    expect(said).toBe('')
    expect(printed).toMatch(/handoff +email +Vera \(director\) +accepted +- +1 /)
    expect(printed).toMatch(/handoff +slack +.* +failed +channel_not_found +1 /)
  })

  it('lists what failed alone, as JSON too, and says when there is none', async () => {
    const [failed, none] = await Promise.all([baton('--failed', '--json'), baton('--ticket', '4711')])
    const listed = JSON.parse(failed.printed)
    expect(listed).toHaveLength(1)
    expect(listed[0]).toMatchObject({
      state: 'failed',
      why: 'channel_not_found',
      settledAt: '2026-03-06T09:00:00.000Z',
    })
    expect(none.printed).toBe('There are no such notices.\n')
  })

  it('sends what failed once more, and refuses what did not fail', async () => {
    const id = (await failedId())!
    const again = await baton('retry', id)
    expect([again.code, again.printed]).toEqual([0, 'It is queued again.\n'])
    expect(await failedId()).toBeUndefined()
    const twice = await baton('retry', id)
    expect([twice.code, twice.said]).toEqual([1, expect.stringContaining('baton notices --failed')])
  })
})
