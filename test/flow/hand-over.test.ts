import { describe, expect, it } from 'vitest'
import { aNote } from '../support/notes.ts'
import { startWorld } from '../support/world.ts'

describe('a hand-over', () => {
  it('puts the ticket into the right specialists’ hands, with the note and the reasons', async () => {
    await using world = await startWorld({ at: '2026-03-06 10:00Z' })
    const ticket = world.newTicket({ subject: 'SSO login fails', tags: ['vip'], priority: 'normal' })

    const outcome = await world.agent('Ana').send(ticket.id, aNote())
    await world.settle()

    expect(outcome.kind).toBe('sent')
    expect(world.groupOf(ticket.id)).toBe('Identity specialists')
    const after = world.ticket(ticket.id)
    expect(after.assignee_id).toBeNull()
    expect(after.tags).toEqual(expect.arrayContaining(['vip', 'baton', 'baton_tier_2', 'baton_queue_identity']))
    expect(await world.events(ticket.id)).toEqual(['requested', 'routed'])

    const { escalation, refused } = await world.view(ticket.id)
    expect(escalation).toMatchObject({
      id: 'ESC-2026-000001',
      stage: 'requested',
      note: aNote(),
      requestedBy: { name: 'Ana Lindqvist' },
      respondBy: '2026-03-06T12:00:00.000Z',
      routing: { state: 'done' },
    })
    expect(refused).toEqual([])
  })

  it('tells the second of two agents before anything is sent, and keeps their note', async () => {
    await using world = await startWorld()
    const ticket = world.newTicket()

    await world.agent('Ana').send(ticket.id, aNote())
    const second = await world.agent('Ben').send(ticket.id, aNote({ escalation_reason: 'The customer asked for it' }))
    await world.settle()

    expect(second).toEqual({ kind: 'not-sent', failure: 'already-escalated', detail: 'Ana Lindqvist' })
    expect(await world.events(ticket.id)).toEqual(['requested', 'routed'])
  })

  it('tells the second of two agents in the ticket when both sent in the same second', async () => {
    await using world = await startWorld()
    const ticket = world.newTicket()

    // Zendesk's times have seconds: its own guard against collisions lets both updates through.
    const ben = () => world.agent('Ben').send(ticket.id, aNote({ escalation_reason: 'The customer asked for it' }))
    const path = `/api/v2/tickets/${ticket.id}`
    // Ana has read the ticket and is about to change it: Ben is quicker.
    world.zendesk.world.faults.answers.push({ method: 'PUT', path, times: 1, answer: ben })
    await world.agent('Ana').send(ticket.id, aNote())
    await world.settle()

    expect((await world.events(ticket.id)).toSorted()).toEqual(['refused', 'requested', 'routed'])
    const { escalation, refused } = await world.view(ticket.id)
    expect(refused).toMatchObject([{ reason: 'already-escalated' }])
    expect(refused[0]!.by!.name).not.toBe(escalation!.requestedBy.name)
    const lastComment = world.zendesk.world.state.comments[ticket.id]!.at(-1)!
    expect(lastComment.public).toBe(false)
    expect(world.groupOf(ticket.id)).toBe('Identity specialists')
  })

  it('takes the same command twice as one', async () => {
    await using world = await startWorld()
    const ticket = world.newTicket()
    const commandId = '01JNNNNNNNNNNNNNNNNNNNNNNN'

    await world.agent('Ana').send(ticket.id, aNote(), { commandId })
    await world.settle()
    await world.agent('Ana').send(ticket.id, aNote(), { commandId })
    await world.settle()

    expect(await world.events(ticket.id)).toEqual(['requested', 'routed'])
  })

  it('does not wake itself: our own update fires no webhook of ours', async () => {
    await using world = await startWorld()
    const ticket = world.newTicket()

    await world.agent('Ana').send(ticket.id, aNote())
    await world.settle()
    const { integrationUserId } = (await world.context.accounts.get(world.context.account.id)).installation
    const audits = world.zendesk.world.state.audits[ticket.id]!

    expect(Object.values(world.zendesk.world.state.invocations)).toHaveLength(1)
    // Zendesk takes 30 updates of one user on one ticket in ten minutes; a hand-over costs us one.
    expect(audits.filter(({ author_id }) => author_id === integrationUserId)).toHaveLength(1)
  })
})
