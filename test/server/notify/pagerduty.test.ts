import { afterEach, describe, expect, it } from 'vitest'
import { createPagerDuty } from '../../../server/notify/pagerduty.ts'
import { anEvent } from '../../core/notice/notices.ts'
import { type NoticeWorld, startNotices, type WorldOptions } from './notice-world.ts'

const PAGES = `  notifications: { send: [{ kind: [handoff, breach_warning], over: pagerduty, fallback: slack }] }\n`
let world: NoticeWorld
const start = async (options: WorldOptions = {}) => {
  world = await startNotices({ policy: PAGES, ...options })
}
afterEach(() => world[Symbol.asyncDispose]())

const accepted = anEvent({ kind: 'accepted', owner: 'Ivo Marek' })
const over = anEvent({ kind: 'deescalated', via: 'command', rationale: 'Stable', missing: [], toGroup: null })
const breached = anEvent({
  kind: 'clock-breached',
  breachedBy: 'time',
  clockId: 'c',
  clock: 'resolution',
  tier: 2,
  lateMs: 0,
})

describe('PagerDuty', () => {
  it('is triggered, acknowledged and resolved as one alert', async () => {
    await start()
    await world.request()
    await world.settle()
    const [alert] = world.pagerduty.alerts
    expect(alert).toMatchObject({ service: 'platform', dedupKey: 'baton/ESC-2026-000001/0', severity: 'warning' })
    await world.happen(breached)
    await world.settle()
    await world.happen(accepted)
    await world.settle()
    expect(alert!.status).toBe('acknowledged')
    await world.happen(over)
    await world.settle()
    expect(alert).toMatchObject({ status: 'resolved', pages: 1, log: ['trigger', 'trigger', 'acknowledge', 'resolve'] })
    expect(world.pagerduty.alerts).toHaveLength(1)
  })

  it('pages once when its answer is lost', async () => {
    await start()
    world.pagerduty.failNext({ afterDoing: true, hangUp: true })
    await world.request()
    await world.advance(60_000)
    expect(world.pagerduty.alerts).toHaveLength(1)
    expect(world.pagerduty.alerts[0]).toMatchObject({ pages: 1, log: ['trigger', 'trigger'] })
    expect(await world.states()).toEqual(['accepted handoff pagerduty'])
  })

  it('pages nobody for what was accepted while it was away', async () => {
    await start()
    world.pagerduty.setDown({ status: 503 })
    await world.request()
    await world.settle()
    await world.happen(accepted)
    await world.settle()
    world.pagerduty.setDown(null)
    await world.advance(60_000)
    expect(world.pagerduty.alerts).toEqual([])
    expect(await world.states()).toEqual(['suppressed handoff pagerduty: overtaken', 'accepted state pagerduty'])
  })

  it('is tried again after too many calls', async () => {
    await start()
    world.pagerduty.failNext({ status: 429 })
    await world.request()
    await world.settle()
    expect(await world.states()).toEqual(['queued handoff pagerduty: rate-limited'])
    await world.advance(60_000)
    expect(await world.states()).toEqual(['accepted handoff pagerduty'])
  })

  it.each([
    ['invalid-routing-key', { platform: 'f'.repeat(32) }],
    ['not-configured', {}],
  ])('that refuses with %s is replaced', async (why, keys) => {
    await start()
    const { url } = world.pagerduty
    world.withSenders({ pagerduty: createPagerDuty({ url, keys: keys as Record<string, string> }, world.clock) })
    await world.request()
    await world.settle()
    const state = why === 'not-configured' ? 'suppressed' : 'failed'
    expect(await world.states()).toEqual([`${state} handoff pagerduty: ${why}`, 'accepted handoff slack'])
    expect(JSON.stringify(world.slack.state.messages)).toContain(`PagerDuty did not take it (${why})`)
  })
})
