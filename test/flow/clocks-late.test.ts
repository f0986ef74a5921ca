import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../core/units.ts'
import { type Context, createContext } from '../../server/context.ts'
import { prepareHandOvers, sendHandOver } from '../support/hand-overs.ts'
import type { TestWorld } from '../support/world.ts'
import { escalated, notices, recordedTimes, startClocks, story } from './clocks-world.ts'

const limits = { accountPerMinute: 1e9, sessionPer5Minutes: 1e9, ticketUpdatesPerMinute: 1e9 }

/** Every hour counts, with a reminder each hour: plenty falls due in a night. */
const TIME = `
  clocks: { customer: { target: 40h } }
  auto_escalation: { at: [breach], clocks: [first_response] }
  timers:
    - { id: waiting, title: Nobody has accepted it yet, of: queue, after: 1h, every: 1h, then: remind }
`

/** Another server on the same database and the same clock. */
function anotherServer({ context, zendesk }: TestWorld): Promise<Context> {
  return createContext(context.config, { clock: zendesk.world.clock, isDriven: true })
}

/** What a server does that starts, until nothing is left to do. */
async function work({ inbox, jobs, handlers, timers }: Context): Promise<void> {
  let ran = 0
  do ran = (await inbox.dispatch()) + (await jobs.settle(handlers)) + (await timers.sweep.pass())
  while (ran > 0)
}

describe('a server that was stopped for six hours', () => {
  it('tells what was missed once each, at its true instant, in order, in one comment a ticket', async () => {
    await using world = await startClocks(TIME, { zendesk: { limits } })
    const tickets = [await escalated(world), await escalated(world), await escalated(world)]
    const stoppedAt = world.zendesk.world.clock.now()
    await world.zendesk.world.clock.advance(6 * HOUR_MS)
    await using restarted = await anotherServer(world)
    await work(restarted)

    for (const { id } of tickets) {
      const missed = (await recordedTimes(world, id)).filter(({ lateMs }) => lateMs !== null)
      expect(missed.map(({ kind, clock, at }) => [(at - stoppedAt) / MINUTE_MS, clock ?? kind])).toEqual([
        [90, 'first-response 75'],
        [120, 'first-response'],
        [360, 'resolution 75'],
        [360, 'timer-fired'],
        // Noticed at the breach, and done when it was noticed.
        [360, 'raised'],
      ])
      for (const { at, lateMs, kind } of missed) {
        if (kind !== 'raised') expect(at + lateMs!).toBe(stoppedAt + 6 * HOUR_MS)
      }
      expect(notices(world, id)).toHaveLength(1)
      expect(world.groupOf(id)).toBe('Security response')
    }
    // The tier that took over begins anew, and is not late for what came before it.
    const clocks = (await world.view(tickets[0]!.id)).clocks.filter(({ tier }) => tier === 3)
    expect(clocks.map(({ state, elapsedMs }) => [state, elapsedMs])).toEqual(clocks.map(() => ['running', 0]))
  })

  it('tells nothing again when it is looked at again, or by the server that comes back', async () => {
    await using world = await startClocks(TIME, { zendesk: { limits } })
    const ticket = await escalated(world)
    await world.zendesk.world.clock.advance(6 * HOUR_MS)
    await using restarted = await anotherServer(world)
    await work(restarted)
    const [told, written] = [await story(world, ticket.id), notices(world, ticket.id).length]
    await work(world.context)
    await work(restarted)
    expect(await story(world, ticket.id)).toEqual(told)
    expect(notices(world, ticket.id)).toHaveLength(written)
  })
})

it('tells two hundred tickets that fall due at once each once, with two servers at it', async () => {
  await using world = await startClocks(TIME, { zendesk: { limits } })
  const handOvers = prepareHandOvers(world.zendesk, 200)
  for (const handOver of handOvers) expect(await sendHandOver(handOver)).toBe('sent')
  await world.settle()
  await world.zendesk.world.clock.advance(90 * MINUTE_MS)

  await using other = await anotherServer(world)
  await Promise.all([work(world.context), work(other)])
  await world.settle()

  const wrong = []
  for (const { ticketId } of handOvers) {
    const told = (await recordedTimes(world, ticketId)).filter(({ lateMs }) => lateMs !== null)
    const found = [told.map(({ clock, kind }) => clock ?? kind).join(), notices(world, ticketId).length]
    if (String(found) !== 'timer-fired,first-response 75,1') wrong.push(`ticket ${ticketId}: ${found}`)
  }
  expect(wrong).toEqual([])
})
