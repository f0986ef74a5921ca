import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../core/units.ts'
import { describeVerification } from '../../../server/cli/verify-ticket-report.ts'
import { verifyTicket } from '../../../server/verify/verify-ticket.ts'
import { startClocks } from '../../flow/clocks-world.ts'
import { RESOLUTION } from '../../flow/life-world.ts'
import { aNote } from '../../support/notes.ts'
import type { TestWorld } from '../../support/world.ts'
import { aTarget } from '../../zendesk/slas/a-policy.ts'
import { createTicket } from '../../zendesk/tickets/create.ts'
import { addSlaPolicy } from '../zendesk/add-sla-policy.ts'

/** Nothing is raised by a timer, so that the specialist can resolve it. */
const TIME = `
  clocks: { customer: { target: 24h, paused_in: [pending] } }
  auto_escalation: { at: [breach], clocks: [customer] }
`

let world: TestWorld
/** Escalated, rested in pending, was used up, and resolved. */
let ticketId: number

beforeAll(async () => {
  world = await startClocks(TIME, { at: '2026-03-06 10:00Z' })
  const { context } = world
  const policy_metrics = ['normal', 'high', 'urgent'].flatMap((priority) => [
    aTarget({ metric: 'first_reply_time', target: 60, priority }),
    aTarget({ metric: 'requester_wait_time', target: 120, priority }),
  ])
  await addSlaPolicy({ client: await context.zendeskFor(context.account.id) }, { policy_metrics })
  const { ticket } = createTicket(
    world.zendesk.world,
    { subject: 'SSO', priority: 'high', group_id: world.newTicket().group_id, comment: { body: 'I cannot sign in' } },
    world.agent('Jane').user,
  )
  ticketId = ticket.id
  const [ana, elif] = [world.agent('Ana'), world.agent('Elif')]
  await world.advance({ minutes: 10 })
  await ana.send(ticketId, aNote())
  await world.advance({ minutes: 30 })
  await elif.say(ticketId, 'accept')
  await world.advance({ minutes: 20 })
  await elif.put(ticketId, { status: 'pending', comment: { body: 'Which IdP is it?', public: true } })
  await world.advance({ hours: 2 })
  await elif.put(ticketId, { status: 'open' })
  await world.advance({ hours: 9 })
  await elif.say(ticketId, 'resolve', RESOLUTION)
  await world.advance({ hours: 1 })
  await elif.put(ticketId, { status: 'solved' })
  await world.advance({ minutes: 5 })
})
afterAll(() => world[Symbol.asyncDispose]())

describe('baton verify --ticket', () => {
  it('finds every clock and step again in the ticket’s own updates', async () => {
    const found = await verifyTicket(world.context, ticketId)
    expect(found.unexplained, describeVerification(found)).toBe(0)
    expect(found.clocks.length).toBeGreaterThanOrEqual(3)
    expect(found.clocks.every(({ differences }) => differences.length === 0)).toBe(true)
    expect(found.clocks.find(({ name }) => name === 'resolution')!.reread).toMatchObject({
      isBreached: true,
      usedUpAt: Date.parse('2026-03-06T20:10:00Z'),
    })
    expect(found.timings.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['requested', 'handed-over', 'accepted', 'resolved']),
    )
    expect(found.events.checked).toBeGreaterThanOrEqual(4)
    expect(found.events.troubles).toEqual([])
  })

  it('reckons Zendesk’s own clocks and figures by Zendesk’s rules, to the minute', async () => {
    const found = await verifyTicket(world.context, ticketId)
    const reckoned = found.zendesk.filter(({ verdict }) => verdict !== 'not-comparable')
    expect(reckoned.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['reply_time', 'requester_wait_time', 'agent_work_time', 'resolution_time']),
    )
    expect(reckoned.map(({ verdict }) => verdict)).toEqual(reckoned.map(() => 'agrees'))
    const waited = reckoned.find(({ metric }) => metric === 'requester_wait_time')!
    expect(waited.clock.told!.calendarMs).toBe(11 * HOUR_MS)
    expect(found.native.every(({ agrees }) => agrees)).toBe(true)
    expect(found.pairs.find(({ name }) => name === 'resolution')).toMatchObject({
      metric: 'requester_wait_time',
      verdict: 'explained',
    })
  })

  it('shows it for people, and runs as a command that exits with 0', async () => {
    const text = describeVerification(await verifyTicket(world.context, ticketId))
    expect(text).toMatch(/tier 2 resolution +stopped, 9h 50m of 8h, breached 2026-03-06 20:10 UTC +stopped, .* same/)
    expect(text).toMatch(/requester wait time +fulfilled, breached 2026-03-06 14:00 UTC, 11h in all +agrees/)
    expect(text).toMatch(/Nothing is unexplained.$/)
  })

  it('refuses a ticket it knows nothing of', async () => {
    await expect(verifyTicket(world.context, 4711)).rejects.toThrow('Baton knows nothing of ticket 4711')
  })
})
