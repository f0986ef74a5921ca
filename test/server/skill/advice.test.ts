import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorld, type TestWorld } from '../../support/world.ts'
import { aBot, accepted, type Bot } from './a-bot.ts'

let world: TestWorld
let bot: Bot

beforeAll(async () => {
  world = await startWorld({ zendesk: { limits: { accountPerMinute: 100_000, ticketUpdatesPerMinute: 10_000 } } })
  bot = await aBot(world, ['read'])
})
afterAll(() => world[Symbol.asyncDispose]())

/** The escalation skill's own example. */
const SOLVED = {
  resolution: {
    root_cause: 'Memory leak in v2.3.4',
    fix_applied: 'Patch deployed v2.3.5',
    customer_confirmation: true,
    monitoring_period_complete: true,
  },
  recommendation: { action: 'de-escalate', rationale: 'Issue resolved, customer confirmed, stable for 48 hours' },
}

const recommend = (escalation_id: string, given: object = {}) =>
  bot.act('recommend-deescalation', { escalation_id, ...given })

async function resolved(): Promise<{ ticketId: number; id: string }> {
  const one = await accepted(world)
  await world.agent('Elif').say(one.ticketId, 'resolve', {
    ...{ root_cause: 'A stale cache', resolution: 'fixed_in_code', fix: 'Cache cleared' },
    ...{ article: 'not_needed', article_reason: 'Happens once' },
  })
  await world.settle()
  return one
}

describe('recommend-deescalation', () => {
  it('keeps what is still worked on, whatever the caller says', async () => {
    const { id } = await accepted(world)
    const { body } = await recommend(id, SOLVED)
    expect(body).toMatchObject({
      escalation_id: id,
      stage: 'accepted',
      recommendation: { action: 'keep', rationale: expect.stringContaining('once it is resolved in the ticket') },
      agrees: false,
    })
  })

  it('lets it go back once everything is there, and says why', async () => {
    const { ticketId, id } = await resolved()
    const before = await world.events(ticketId)
    const { body } = await recommend(id, SOLVED)
    expect(body).toMatchObject({
      recommendation: {
        action: 'de-escalate',
        rationale: expect.stringContaining('Memory leak in v2.3.4.'),
        missing: [],
      },
      agrees: true,
    })
    expect(await world.events(ticketId)).toEqual(before)
  })

  it('gives the advice that people see, and names what is missing', async () => {
    const { ticketId, id } = await resolved()
    const { body } = await recommend(id, { resolution: { customer_confirmation: false } })
    const { recommendation } = body as unknown as { recommendation: { action: string; missing: string[] } }
    expect(recommendation.action).toBe(recommendation.missing.length > 0 ? 'wait' : 'de-escalate')
    expect(body.agrees).toBeNull()
    const { body: silent } = await recommend(id)
    const { advice } = (await world.view(ticketId)).escalation!.life
    expect(silent).toMatchObject({ recommendation: { action: advice!.action } })
  })

  it('says so when it is over', async () => {
    const { ticketId, id } = await resolved()
    await world.agent('Elif').say(ticketId, 'deescalate', { rationale: 'Stable', customer_confirmed: true })
    await world.settle()
    expect(await recommend(id, SOLVED)).toMatchObject({ status: 409, body: { error: 'escalation-over' } })
  })

  it.each<[string, object, string]>([
    [
      'a confirmation that is no yes or no',
      { resolution: { customer_confirmation: 'yes' } },
      'resolution.customer_confirmation',
    ],
    ['an action there is not', { recommendation: { action: 'celebrate' } }, 'recommendation.action'],
    ['a word it does not know', { resolution: { colour: 'red' } }, 'resolution'],
  ])('refuses %s with its place', async (_, given, path) => {
    const { id } = await accepted(world)
    const { status, body } = await recommend(id, given)
    expect(status).toBe(422)
    expect(body.details).toMatchObject([{ path }])
  })
})
