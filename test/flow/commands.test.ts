import { ulid } from 'ulid'
import { afterEach, describe, expect, it } from 'vitest'
import { createCommand } from '../../app/sidebar/command.ts'
import { BATON_TAG } from '../../core/contract/command.ts'
import { emptyNote, type Note } from '../../core/note/note.ts'
import { renderHtml } from '../../core/note/render.ts'
import { readPreset } from '../../server/policy/preset.ts'
import { savePolicy } from '../../server/policy/store.ts'
import type { Agent } from '../support/agent.ts'
import { aNote } from '../support/notes.ts'
import { startWorld, type TestWorld } from '../support/world.ts'
import type { Comment } from '../zendesk/state/model.ts'
import { createTicket, updateTicket } from '../zendesk/tickets/create.ts'
import { deleteTicket } from '../zendesk/tickets/delete.ts'
import { mergeTickets } from '../zendesk/tickets/merge.ts'

const THREE_WORDS = aNote({
  ...emptyNote(),
  issue: { ...emptyNote().issue, summary: 'Everything is down' },
  customer_context: emptyNote().customer_context,
  triage: { severity: 'P0' },
})

/** Every world that a test played in, to listen afterwards to what we said there. */
const played: TestWorld[] = []

async function aWorld(): Promise<TestWorld> {
  const world = await startWorld()
  played.push(world)
  return world
}

afterEach(() => {
  const audible = played
    .splice(0)
    .flatMap((world) => commentsOfOurs(world))
    .filter((comment) => comment.public)
  expect(audible, 'comments of ours that a customer can read').toEqual([])
})

function commentsOfOurs({ zendesk }: TestWorld): Comment[] {
  const { users, comments } = zendesk.world.state
  const us = Object.values(users).find(({ name }) => name === 'Baton')!
  return Object.values(comments)
    .flat()
    .filter(({ author_id }) => author_id === us.id)
}

/** What we said on a ticket last. */
function lastWord(world: TestWorld, ticketId: number): string {
  return commentsOfOurs(world).findLast(({ ticket_id }) => ticket_id === ticketId)?.plain_body ?? ''
}

/** The update a sidebar makes, for tests that alter it before it is sent. */
async function updateWith(ticketId: number, note: Note, commandId = ulid()) {
  const { envelope, html } = await createCommand(commandId, 'escalate', ticketId, note)
  return { comment: { html_body: html, public: false }, tags: [BATON_TAG], metadata: { baton: envelope } }
}

async function put(world: TestWorld, who: Agent, ticketId: number, changes: Record<string, unknown>): Promise<number> {
  const { status } = await who.put(ticketId, changes)
  await world.settle()
  return status
}

/** Holds that a ticket was left where it was, and that whoever asked can see why, in the ticket and in the sidebar. */
async function expectRefused(world: TestWorld, ticketId: number, reason: string, said: string | RegExp): Promise<void> {
  const { refused, escalation } = await world.view(ticketId)
  expect(refused.map((one) => one.reason)).toEqual([reason])
  expect(refused[0]!.detail).toMatch(said)
  expect(lastWord(world, ticketId)).toContain(refused[0]!.detail)
  expect(escalation).toBeNull()
  expect(await world.events(ticketId)).toEqual(['refused'])
  expect(world.groupOf(ticketId)).toBe('Support')
}

describe('somebody who may not escalate', () => {
  it('is turned away by Zendesk when a customer tries as an agent does', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    const jane = world.agent('Jane Hollis')

    expect(await jane.send(ticket.id, aNote())).toMatchObject({ kind: 'not-sent', failure: 'denied' })
    expect(await put(world, jane, ticket.id, await updateWith(ticket.id, aNote()))).toBe(403)
    expect(await world.events(ticket.id)).toEqual([])
  })

  it('is told so when a customer writes the note into a mail', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket({ tags: [BATON_TAG] })
    const jane = world.agent('Jane Hollis').user

    updateTicket(world.zendesk.world, jane, ticket.id, { comment: { html_body: renderHtml(aNote()), public: true } })
    await world.settle()
    await expectRefused(world, ticket.id, 'not-an-agent', 'Ask an agent')
  })

  it('is turned away by Zendesk as a light agent, who cannot set the tag', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    expect(await world.agent('Max').send(ticket.id, aNote())).toMatchObject({ kind: 'not-sent', failure: 'denied' })
  })

  it('is told so as a light agent on a ticket that Baton watches already', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket({ tags: [BATON_TAG] })
    const { tags: _, ...update } = await updateWith(ticket.id, aNote())
    expect(await put(world, world.agent('Max'), ticket.id, update)).toBe(200)
    await expectRefused(world, ticket.id, 'light-agent', 'Ask a full agent')
  })

  it('is told so when none of their groups is among the policy’s escalators', async () => {
    await using world = await aWorld()
    const yaml = readPreset('three-tier').replace('  tiers:', '  escalators: [Support]\n  tiers:')
    const { db, account, clock } = world.context
    await savePolicy(db, account.id, { yaml, author: 'Lea', reason: 'Only the front line', now: clock.now() })

    const [denied, allowed] = [world.newTicket(), world.newTicket()]
    await world.agent('Elif').send(denied.id, aNote())
    await world.agent('Ana').send(allowed.id, aNote())
    await world.settle()
    await expectRefused(world, denied.id, 'wrong-group', 'add your group to the policy')
    expect(world.groupOf(allowed.id)).toBe('Identity specialists')
  })
})

describe('a command that does not fit', () => {
  it('is refused when its note was changed on the way', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    const update = await updateWith(ticket.id, aNote())
    const comment = { html_body: renderHtml(aNote({ escalation_reason: 'Somebody else’s words' })), public: false }
    await put(world, world.agent('Ana'), ticket.id, { ...update, comment })
    await expectRefused(world, ticket.id, 'digest-mismatch', 'not the one the command was made for')
  })

  it('is refused when it was copied from another ticket, which keeps its own', async () => {
    await using world = await aWorld()
    const [first, second] = [world.newTicket(), world.newTicket()]
    const update = await updateWith(first.id, aNote())
    await put(world, world.agent('Ana'), first.id, update)
    await put(world, world.agent('Ana'), second.id, update)
    await expectRefused(world, second.id, 'other-ticket', `made for ticket ${first.id}`)
    expect(await world.events(first.id)).toEqual(['requested', 'routed'])
  })

  it('is refused when its id was used on another ticket and the ticket’s number was written over', async () => {
    await using world = await aWorld()
    const [first, second] = [world.newTicket(), world.newTicket()]
    const commandId = ulid()
    await put(world, world.agent('Ana'), first.id, await updateWith(first.id, aNote(), commandId))
    await put(world, world.agent('Ana'), second.id, await updateWith(second.id, aNote(), commandId))
    await expectRefused(world, second.id, 'unreadable-note', 'already used on another ticket')
    expect(await world.events(first.id)).toEqual(['requested', 'routed'])
  })

  it('is refused when it came without a note', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    const { comment: _, ...update } = await updateWith(ticket.id, aNote())
    await put(world, world.agent('Ana'), ticket.id, update)
    await expectRefused(world, ticket.id, 'unreadable-note', 'no note')
  })

  it.each([
    ['of another kind', { v: 2, do: 'everything' }],
    ['that is no object', 'escalate!'],
  ])('is refused when it is an envelope %s', async (_, baton) => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    await put(world, world.agent('Ana'), ticket.id, { ...(await updateWith(ticket.id, aNote())), metadata: { baton } })
    await expectRefused(world, ticket.id, 'unreadable-note', 'not one Baton knows')
  })

  it('is refused with every problem named when its note was edited half way', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    const html_body = renderHtml(aNote())
      .replace('<h3>Steps taken</h3>', '<h3>Steps takn</h3>')
      .replace('<h3>Customer impact</h3>', '')
    await put(world, world.agent('Ana'), ticket.id, { comment: { html_body, public: false }, tags: [BATON_TAG] })
    await expectRefused(world, ticket.id, 'unreadable-note', /did you mean 'Steps taken'[\s\S]*is a heading missing/)
  })
})

describe('a note without the app', () => {
  it('counts when a macro or a phone wrote it well', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    const comment = { html_body: renderHtml(aNote()), public: false }
    await put(world, world.agent('Ana'), ticket.id, { comment, tags: [BATON_TAG] })

    const { escalation, refused } = await world.view(ticket.id)
    expect(escalation).toMatchObject({ note: aNote(), requestedBy: { name: 'Ana Lindqvist' } })
    expect(refused).toEqual([])
    expect(world.groupOf(ticket.id)).toBe('Identity specialists')
  })

  it('is left alone when it is an ordinary comment on a ticket Baton watches', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket({ tags: [BATON_TAG] })
    await put(world, world.agent('Ana'), ticket.id, { comment: { html_body: '<h2>Steps taken</h2>', public: false } })
    expect(await world.events(ticket.id)).toEqual([])
    expect(commentsOfOurs(world)).toEqual([])
  })
})

describe('a note that is not complete', () => {
  it('is refused below the bar with what is missing, and taken once it is filled in', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    await world.agent('Ana').send(ticket.id, { ...THREE_WORDS, triage: { ...THREE_WORDS.triage, severity: 'P2' } })
    await world.settle()
    await expectRefused(world, ticket.id, 'below-bar', /needs 60\. Missing: steps taken \(16 points\)/)

    const { refused } = await world.view(ticket.id)
    await world.agent('Ana').send(ticket.id, aNote(), { clearance: { asOf: refused[0]!.at, refused: [] } })
    await world.settle()
    expect(await world.events(ticket.id)).toEqual(['refused', 'requested', 'routed'])
  })

  it('goes at once as P0 with three words, asks for the rest, and is completed afterwards', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    const ana = world.agent('Ana')
    await ana.send(ticket.id, THREE_WORDS)
    await world.settle()

    expect(world.groupOf(ticket.id)).toBe('Platform engineering')
    expect(lastWord(world, ticket.id)).toMatch(/Ana Lindqvist, the note went at once.*Please add: steps taken/)
    const early = (await world.view(ticket.id)).escalation!
    expect(early.owed.map(({ field }) => field)).toContain('issue.customer_impact')

    await ana.send(ticket.id, aNote({ triage: { severity: 'P0' } }), { verb: 'amend' })
    await world.settle()
    const complete = (await world.view(ticket.id)).escalation!
    expect(complete).toMatchObject({ id: early.id, owed: [], respondBy: early.respondBy })
    expect(complete.note.steps_taken).toEqual(aNote().steps_taken)
    expect(await world.events(ticket.id)).toEqual(expect.arrayContaining(['requested', 'routed', 'amended']))
  })

  it('cannot be amended where nothing is escalated', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    await world.agent('Ana').send(ticket.id, aNote(), { verb: 'amend' })
    await world.settle()
    await expectRefused(world, ticket.id, 'nothing-to-amend', 'Escalate it with a new note')
  })
})

describe('a ticket that has ended', () => {
  it('takes no note once it is closed, and keeps it unsent', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket({ status: 'closed' })
    expect(await world.agent('Ana').send(ticket.id, aNote())).toMatchObject({ failure: 'ticket-closed' })
    expect(await put(world, world.agent('Ana'), ticket.id, await updateWith(ticket.id, aNote()))).toBe(422)
    expect(await world.events(ticket.id)).toEqual([])
  })

  it('takes no note once it is deleted', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    const ana = world.agent('Ana')
    deleteTicket(world.zendesk.world, { user: ana.user, channel: 'web' }, world.ticket(ticket.id))
    expect(await ana.send(ticket.id, aNote())).toMatchObject({ kind: 'not-sent', failure: 'ticket-gone' })
  })

  it.each([
    ['closed', 'ticket-closed', /scalate/],
    ['merged', 'ticket-merged', /scalate/],
    ['deleted', 'not-found', /restore it/],
  ])('shows why its escalation was not routed when it was %s before we could', async (how, reason, advice) => {
    await using world = await aWorld()
    const [ticket, other] = [world.newTicket(), world.newTicket()]
    const ana = world.agent('Ana')
    const { world: zendesk } = world.zendesk
    await ana.send(ticket.id, aNote())
    zendesk.faults.answers.push({
      method: 'PUT',
      path: `/api/v2/tickets/${ticket.id}`,
      times: 1,
      answer: { status: 503 },
    })
    await world.settle()
    expect((await world.view(ticket.id)).escalation!.routing).toMatchObject({ state: 'pending', attempts: 1 })

    const writer = { user: ana.user, channel: 'web' }
    if (how === 'closed') updateTicket(zendesk, ana.user, ticket.id, { status: 'closed' })
    if (how === 'merged') mergeTickets(zendesk, writer, world.ticket(other.id), [ticket.id], {})
    if (how === 'deleted') deleteTicket(zendesk, writer, world.ticket(ticket.id))
    await world.settle()
    await world.advance({ hours: 1 })

    const { escalation } = await world.view(ticket.id)
    expect(escalation).toMatchObject({ routing: { state: 'refused', reason } })
    expect(escalation!.routing.detail).toMatch(advice)
    expect(lastWord(world, ticket.id)).toBe('')
  })

  it('is followed by a ticket of its own, which is escalated anew', async () => {
    await using world = await aWorld()
    const ticket = world.newTicket()
    const ana = world.agent('Ana')
    await ana.send(ticket.id, aNote())
    await world.settle()
    updateTicket(world.zendesk.world, ana.user, ticket.id, { status: 'closed' })
    await world.settle()
    expect((await world.view(ticket.id)).escalation!.stage).toBe('closed')

    const support = { group_id: ticket.group_id, assignee_id: ana.user.id }
    const followUp = createTicket(
      world.zendesk.world,
      { via_followup_source_id: ticket.id, comment: { body: 'It is back' }, ...support },
      ana.user,
    ).ticket
    await world.settle()
    expect((await world.view(followUp.id)).escalation).toBeNull()

    await ana.send(followUp.id, aNote({ triage: { severity: 'P1' } }))
    await world.settle()
    expect((await world.view(followUp.id)).escalation).toMatchObject({
      id: 'ESC-2026-000002',
      routing: { state: 'done' },
    })
    const { tags } = world.ticket(followUp.id)
    expect(tags.filter((tag) => /^baton_(tier|queue)_/.test(tag)).toSorted()).toEqual([
      'baton_queue_security',
      'baton_tier_3',
    ])
    expect(await world.events(followUp.id)).toEqual(['requested', 'routed'])
  })
})
