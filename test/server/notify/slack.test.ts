import { afterEach, describe, expect, it } from 'vitest'
import type { Sender } from '../../../server/notify/sender.ts'
import { createSlack } from '../../../server/notify/slack.ts'
import { createSlackApi } from '../../../server/notify/slack-api.ts'
import { anEvent } from '../../core/notice/notices.ts'
import { BOT_TOKEN } from '../../slack/state.ts'
import { type NoticeWorld, startNotices, type WorldOptions } from './notice-world.ts'

const HOUR = 3_600_000
const SLACK = `  notifications: { send: [{ kind: [handoff, accepted, breach_warning, resolved], over: slack }] }\n`
const WITH_FALLBACK = `  notifications: { send: [{ kind: handoff, over: slack, fallback: [pagerduty, zendesk], fallback_after: 10m }] }\n`
let world: NoticeWorld
const start = async (options: WorldOptions = {}) => {
  world = await startNotices({ policy: SLACK, ...options })
  return world
}
afterEach(() => world[Symbol.asyncDispose]())

const told = () => world.slack.state.messages.map(({ threadTs }) => (threadTs === null ? 'top' : 'reply'))
const warned = anEvent({ kind: 'clock-warned', percent: 75, clockId: 'c', clock: 'resolution', tier: 2, lateMs: 0 })

describe('Slack', () => {
  it('has a thread for an escalation, whose top says how it stands', async () => {
    await start()
    await world.request()
    await world.settle()
    await world.happen(anEvent({ kind: 'accepted', owner: 'Ivo Marek' }))
    await world.settle()
    expect(told()).toEqual(['top', 'reply', 'reply'])
    const [top, handoff, accepted] = world.slack.state.messages
    expect(JSON.stringify(top!.blocks)).toContain('ESC-2026-000001')
    expect(JSON.stringify(handoff!.blocks)).toContain('SSO login fails')
    expect(JSON.stringify(accepted!.blocks)).toContain('Accepted by Ivo Marek')
    expect(new Set([handoff!.threadTs, accepted!.threadTs])).toEqual(new Set([top!.ts]))
    expect(await world.states()).toEqual(['accepted handoff slack', 'accepted accepted slack'])
    expect((await world.rows())[0]!.external_id).toBe(handoff!.ts)
  })

  it('has the top rewritten in place by what nobody is told', async () => {
    await start({ policy: `  notifications: { send: [{ kind: handoff, over: slack }] }\n` })
    await world.request()
    await world.settle()
    await world.happen(
      anEvent({ kind: 'resolved', rootCause: 'a', resolution: 'fixed', fix: 'b', monitoringUntil: null }),
      {
        decision: { queueName: 'Another queue' },
      },
    )
    await world.settle()
    expect(told()).toEqual(['top', 'reply'])
    expect(world.slack.state.messages[0]!.edits).toBe(1)
    expect(JSON.stringify(world.slack.state.messages[0]!.blocks)).toContain('Another queue')
  })

  it('gets a new thread when somebody deleted the top', async () => {
    await start()
    await world.request()
    await world.settle()
    world.slack.state.messages.length = 0
    await world.happen(warned, { decision: { queueName: 'Another queue' } })
    await world.settle()
    expect(told()).toEqual(['top', 'reply'])
  })

  it('gets what is told also where the top may not be changed any more', async () => {
    await start()
    await world.request()
    await world.settle()
    world.slack.state.messages[0]!.isLocked = true
    await world.happen(warned, { decision: { queueName: 'Another queue' } })
    await world.settle()
    expect(told()).toEqual(['top', 'reply', 'reply'])
    expect(world.slack.state.messages[0]!.edits).toBe(0)
  })

  it('is waited for as long as it asks, and no longer', async () => {
    await start()
    world.slack.failNext({ status: 429, retryAfter: 30, body: { ok: false, error: 'ratelimited' } })
    await world.request()
    await world.settle()
    expect(await world.states()).toEqual(['queued handoff slack: rate-limited'])
    await world.advance(29_000)
    expect(told()).toEqual([])
    await world.advance(1000)
    expect(told()).toEqual(['top', 'reply'])
  })

  it('takes one message a second in a channel, and gets them all', async () => {
    await start({ slackPerSecond: 1 })
    await world.request()
    await world.happen(warned)
    await world.advance(60_000)
    expect(told()).toEqual(['top', 'reply'])
    expect(await world.states()).toEqual(['accepted handoff slack', 'accepted breach-warning slack'])
  })

  it('that was away for an hour gets it once', async () => {
    await start()
    world.slack.setDown({ status: 503, body: { ok: false, error: 'service_unavailable' } })
    await world.request()
    await world.happen(warned)
    await world.advance(HOUR)
    expect(told()).toEqual([])
    expect((await world.states())[0]).toBe('queued handoff slack: service_unavailable')
    world.slack.setDown(null)
    await world.advance(10 * 60_000)
    expect(told()).toEqual(['top', 'reply'])
    const reply = JSON.stringify(world.slack.state.messages[1]!.blocks)
    expect(reply).toContain('hands this over')
    expect(reply).toContain('75 % of the resolution target')
    expect(await world.states()).toEqual(['accepted handoff slack', 'accepted breach-warning slack'])
  })

  it.each([
    ['the top of its thread', 1, 'conversations.history'],
    ['a reply', 2, 'conversations.replies'],
  ])('has %s once when the answer was lost', async (_, call, lookedIn) => {
    await start()
    world.withSenders({ slack: slackThatLoses(call) })
    await world.request()
    await world.advance(60_000)
    expect(told()).toEqual(['top', 'reply'])
    expect(await world.states()).toEqual(['accepted handoff slack'])
    expect(world.slack.calls).toContain(lookedIn)
  })

  it('has a message twice whose answer was lost when the app may not read', async () => {
    await start()
    world.slack.state.scopes = ['chat:write']
    world.slack.failNext({ afterDoing: true, hangUp: true })
    await world.request()
    await world.advance(60_000)
    expect(told()).toEqual(['top', 'top', 'reply'])
  })

  it('is asked by id for what was posted by name', async () => {
    await start()
    world.slack.failNext({ afterDoing: true, hangUp: true })
    await world.request()
    await world.advance(60_000)
    expect(world.slack.calls).toContain('conversations.list')
  })

  it('is no thread where the policy wants none', async () => {
    await start({
      policy: `  channels: { slack: { channel: "#escalations", thread: false } }\n${SLACK}`,
    })
    await world.request()
    await world.happen(warned)
    await world.settle()
    expect(told()).toEqual(['top'])
  })
})

/** Posts as ever, but the answer to one call never comes. */
function slackThatLoses(call: number): Sender {
  const api = createSlackApi(world.slack.url, BOT_TOKEN, world.clock)
  let count = 0
  return createSlack((method, body) => {
    count += 1
    if (count === call) world.slack.failNext({ afterDoing: true, hangUp: true })
    return api(method, body)
  })
}

describe('what Slack refuses', () => {
  it.each([
    [
      'channel_not_found',
      (w: NoticeWorld) => {
        w.slack.state.channels = []
      },
    ],
    [
      'not_in_channel',
      (w: NoticeWorld) => {
        w.slack.state.channels[0]!.hasApp = false
      },
    ],
    [
      'is_archived',
      (w: NoticeWorld) => {
        w.slack.state.channels[0]!.isArchived = true
      },
    ],
    [
      'invalid_auth',
      (w: NoticeWorld) => {
        w.slack.state.token = 'xoxb-another'
      },
    ],
    [
      'missing_scope',
      (w: NoticeWorld) => {
        w.slack.state.scopes = []
      },
    ],
  ])('with %s is told by the next channel at once, and stays to be seen', async (word, spoil) => {
    await start({ policy: WITH_FALLBACK })
    spoil(world)
    await world.request()
    await world.settle()
    expect(await world.states()).toEqual([`failed handoff slack: ${word}`, 'accepted handoff pagerduty'])
    expect(world.pagerduty.alerts[0]!.details.message).toContain(`Slack did not take it (${word})`)
  })

  it('by not answering is told by the next channel after as long as the policy says', async () => {
    await start({ policy: WITH_FALLBACK })
    world.slack.setDown({ hangUp: true })
    await world.request()
    await world.advance(10 * 60_000 - 1000)
    expect(world.pagerduty.alerts).toEqual([])
    await world.advance(1000)
    expect(world.pagerduty.alerts).toHaveLength(1)
    expect(await world.states()).toEqual(['failed handoff slack: no-answer', 'accepted handoff pagerduty'])
  })

  it('with nothing to take its place has failed after a day', async () => {
    await start()
    world.slack.setDown({ status: 500, body: {} })
    await world.request()
    await world.advance(24 * HOUR)
    expect(await world.states()).toEqual(['failed handoff slack: unavailable'])
    expect(await world.jobs.nextDueAt()).toBeNull()
  })
})

describe('Slack’s incoming webhook', () => {
  const WEBHOOK = `  notifications: { send: [{ kind: handoff, over: slack_webhook, fallback: pagerduty }] }\n`

  it('gets the message', async () => {
    await start({ policy: WEBHOOK })
    await world.request()
    await world.settle()
    expect(world.slack.state.messages).toHaveLength(1)
    expect(await world.states()).toEqual(['accepted handoff slack_webhook'])
  })

  it.each([
    [
      'no_service',
      (w: NoticeWorld) => {
        w.slack.state.webhooks = {}
      },
    ],
    [
      'channel_not_found',
      (w: NoticeWorld) => {
        w.slack.state.channels = []
      },
    ],
    [
      'channel_is_archived',
      (w: NoticeWorld) => {
        w.slack.state.channels[0]!.isArchived = true
      },
    ],
  ])('that refuses with %s is replaced', async (word, spoil) => {
    await start({ policy: WEBHOOK })
    spoil(world)
    await world.request()
    await world.settle()
    expect(await world.states()).toEqual([`failed handoff slack_webhook: ${word}`, 'accepted handoff pagerduty'])
  })
})
