import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/units.ts'
import { aNote } from '../support/notes.ts'
import type { TestWorld } from '../support/world.ts'
import { createTicket } from '../zendesk/tickets/create.ts'
import { mergeTickets } from '../zendesk/tickets/merge.ts'
import { dayAndTime, escalated, notices, startClocks, story } from './clocks-world.ts'

/** Time in every hour, so that instants can be checked by eye. */
const CUSTOMER = `
  clocks: { customer: { target: 24h, paused_in: [pending] } }
  auto_escalation: { at: [breach], clocks: [resolution] }
`

const customerClock = async (world: TestWorld, ticketId: number) =>
  (await world.view(ticketId)).clocks.find(({ name }) => name === 'customer')!

describe('the customer’s clock', () => {
  it('runs from the creation of the ticket, not from the hand-over', async () => {
    await using world = await startClocks(CUSTOMER)
    const ticket = world.newTicket()
    await world.advance({ hours: 5 })
    await escalated(world, aNote(), ticket)
    const clock = await customerClock(world, ticket.id)
    expect(clock).toMatchObject({ tier: null, state: 'running', elapsedMs: 5 * HOUR_MS })
    expect(dayAndTime(Date.parse(clock.deadline!))).toBe('Sat 10:00')
  })

  it('goes on where it was when a solved ticket is opened again', async () => {
    await using world = await startClocks(CUSTOMER)
    const ticket = await escalated(world)
    const elif = world.agent('Elif')
    await elif.put(ticket.id, { assignee_id: elif.user.id })
    await world.advance({ hours: 3 })
    await elif.put(ticket.id, { status: 'solved' })
    await world.advance({ hours: 40 })
    expect(await customerClock(world, ticket.id)).toMatchObject({ state: 'met', elapsedMs: 3 * HOUR_MS })
    await elif.put(ticket.id, { status: 'open' })
    await world.advance({ hours: 1 })
    const clock = await customerClock(world, ticket.id)
    expect(clock).toMatchObject({ state: 'running', elapsedMs: 4 * HOUR_MS })
    expect(dayAndTime(Date.parse(clock.deadline!))).toBe('Mon 02:00')
  })

  it('keeps a second escalation to the same promise', async () => {
    await using world = await startClocks(CUSTOMER)
    const ticket = await escalated(world)
    const elif = world.agent('Elif')
    await elif.put(ticket.id, { assignee_id: elif.user.id, status: 'solved' })
    await world.advance({ hours: 1 })
    await elif.put(ticket.id, { status: 'closed' })
    await world.settle()

    const followUp = createTicket(
      world.zendesk.world,
      { via_followup_source_id: ticket.id, comment: { body: 'It is back' } },
      world.agent('Jane').user,
    ).ticket
    await world.advance({ hours: 2 })
    await escalated(world, aNote(), world.ticket(followUp.id))
    const clock = await customerClock(world, followUp.id)
    // Nothing of the hour in which it was solved; what the customer waits for began with the first ticket.
    expect(clock).toMatchObject({ state: 'running', elapsedMs: 2 * HOUR_MS })
  })
})

describe('a ticket that is merged into another', () => {
  it('ends its clocks: nothing is told of it any more', async () => {
    await using world = await startClocks(CUSTOMER)
    const ticket = await escalated(world)
    const other = world.newTicket()
    await world.advance({ hours: 2 })
    const told = notices(world, ticket.id).length
    const writer = { user: world.agent('Ana').user, channel: 'web' }
    mergeTickets(world.zendesk.world, writer, world.ticket(other.id), [ticket.id], {})
    await world.settle()
    await world.advance({ hours: 48 })
    expect((await story(world, ticket.id)).at(-1)).toMatch(/ticket-ended/)
    expect(notices(world, ticket.id)).toHaveLength(told)
    const { clocks, escalation } = await world.view(ticket.id)
    expect(escalation!.stage).toBe('closed')
    expect(clocks.filter(({ state }) => state === 'running' || state === 'paused')).toEqual([])
  })
})
