import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EscalationView } from '../../core/contract/api.ts'
import { aNote } from '../support/notes.ts'
import { startWorld, type TestWorld } from '../support/world.ts'
import type { FaultAnswer } from '../zendesk/world.ts'

type Answer = FaultAnswer['answer']

/** An answer in Zendesk's own words. Source: api.md 3.2 and 8. */
function refusal(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}): Answer {
  return { status, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
}
const UNAUTHENTICATED = refusal(401, { error: "Couldn't authenticate you" })
const FORBIDDEN = refusal(403, { error: { title: 'Forbidden', message: 'You do not have access to this page.' } })
const NOT_FOUND = refusal(404, { error: 'RecordNotFound', description: 'Not found' })
const TOO_MANY = refusal(429, { error: 'APIRateLimitExceeded' }, { 'retry-after': '90' })
const BROKEN = { status: 500, body: '<html>Something went wrong</html>' }

let world: TestWorld
beforeAll(async () => {
  world = await startWorld({ overrides: { zendeskCallMs: 300 } })
})
afterAll(() => world[Symbol.asyncDispose]())

/** Escalates a ticket while Zendesk gives such answers to calls about it. */
async function escalateAgainst(method: string, what: string, answer: Answer, times: number): Promise<number> {
  const { id } = world.newTicket({ tags: ['vip'] })
  expect(await world.agent('Ana').send(id, aNote())).toMatchObject({ kind: 'sent' })
  world.zendesk.world.faults.answers.push({ method, path: `/api/v2/tickets/${id}${what}`, answer, times })
  await world.settle()
  return id
}

/** Long enough for a few tries, one after the other. */
async function passMinutes(): Promise<void> {
  for (let minutes = 0; minutes < 4; minutes++) await world.advance({ minutes: 1 })
}

const routingOf = async (ticketId: number) => (await world.view(ticketId)).escalation?.routing ?? null

/** The ticket as after one escalation that was carried out once, however often that was tried. */
async function expectHandedOver(ticketId: number): Promise<void> {
  const { escalation, refused } = await world.view(ticketId)
  expect(escalation).toMatchObject({
    note: aNote(),
    requestedBy: { name: 'Ana Lindqvist' },
    routing: { state: 'done' },
  })
  expect(refused).toEqual([])
  expect(world.groupOf(ticketId)).toBe('Identity specialists')
  expect(world.ticket(ticketId).tags).toEqual(expect.arrayContaining(['vip', 'baton_queue_identity']))
  expect(updatesOfOurs(ticketId)).toBe(1)
  // The description, the note, our explanation.
  expect(world.zendesk.world.state.comments[ticketId]).toHaveLength(3)
  expect((await world.events(ticketId)).filter((kind) => kind !== 'routing-delayed')).toEqual(['requested', 'routed'])
}

function updatesOfOurs(ticketId: number): number {
  return world.zendesk.world.state.audits[ticketId]!.filter(({ metadata }) => 'baton_effect' in metadata.custom).length
}

describe('a note that Baton reads', () => {
  it('is read at once when Zendesk only wants another token', async () => {
    await expectHandedOver(await escalateAgainst('GET', '/audits', UNAUTHENTICATED, 1))
  })

  it.each<[string, Answer, number]>([
    ['refuses two tokens', UNAUTHENTICATED, 2],
    ['does not let Baton see the ticket', FORBIDDEN, 1],
    ['shows no such ticket', NOT_FOUND, 1],
    ['asks for patience', TOO_MANY, 1],
    ['breaks down', BROKEN, 3],
    ['does not answer', 'timeout', 1],
    ['sends half an answer', 'cut', 1],
    ['answers for a gateway that waited too long', 'after', 1],
  ])('while Zendesk %s is not lost, and handed over once when it answers again', async (_, answer, times) => {
    const ticketId = await escalateAgainst('GET', '/audits', answer, times)
    expect(await world.view(ticketId)).toMatchObject({ escalation: null, refused: [], timeline: [] })
    expect(world.groupOf(ticketId)).toBe('Support')

    await passMinutes()
    await expectHandedOver(ticketId)
  })
})

describe('a decision that Baton carries to the ticket', () => {
  it.each<[string, Answer, number]>([
    ['wants another token', UNAUTHENTICATED, 1],
    ['saw others change it, twice', refusal(409, { error: 'UpdateConflict' }), 2],
    ['collides in its database, twice', refusal(409, { error: 'DatabaseConflict' }), 2],
  ])('arrives at once although Zendesk %s', async (_, answer, times) => {
    const ticketId = await escalateAgainst('PUT', '', answer, times)
    expect(await world.events(ticketId)).toEqual(['requested', 'routed'])
    await expectHandedOver(ticketId)
  })

  it.each<[string, Answer, number, string, RegExp]>([
    ['refuses two tokens', UNAUTHENTICATED, 2, 'not-signed-in', /admin must check the OAuth client/],
    ['never lets it stand still', refusal(409, { error: 'UpdateConflict' }), 5, 'changed-meanwhile', /keeps changing/],
    ['asks for patience', TOO_MANY, 1, 'rate-limit', /asked Baton to slow down/],
    ['breaks down', BROKEN, 1, 'zendesk-unavailable', /does not answer/],
    ['does not answer', 'timeout', 1, 'timeout', /does not answer/],
    ['sends half an answer to what it did', 'cut', 1, 'half-an-answer', /does not answer/],
    ['does it and says that it failed', 'after', 1, 'zendesk-unavailable', /does not answer/],
  ])('is shown as pending while Zendesk %s, and arrives once', async (_, answer, times, reason, detail) => {
    const ticketId = await escalateAgainst('PUT', '', answer, times)
    const routing = await routingOf(ticketId)
    expect(routing).toMatchObject({ state: 'pending', reason, attempts: 1 })
    expect(routing!.detail).toMatch(detail)
    expect(routing!.detail).toMatch(/tries again by itself/)

    await passMinutes()
    await expectHandedOver(ticketId)
  })

  it('waits as long as Zendesk asks, and no longer', async () => {
    const ticketId = await escalateAgainst('PUT', '', TOO_MANY, 1)
    await world.advance({ minutes: 89 / 60 })
    expect(await routingOf(ticketId)).toMatchObject({ state: 'pending', reason: 'rate-limit' })
    await world.advance({ minutes: 1 / 60 })
    await expectHandedOver(ticketId)
  })

  const closed = { description: 'Status: closed prevents ticket update', error: 'ClosedTicket' }
  it.each<[string, Answer, string, RegExp]>([
    ['forbids', FORBIDDEN, 'forbidden', /admin must give Baton’s user access/],
    ['knows no ticket for', NOT_FOUND, 'not-found', /no longer shows this ticket/],
    [
      'closed the ticket before',
      refusal(422, { error: 'RecordInvalid', details: { status: [closed] } }),
      'ticket-closed',
      /follow-up ticket/,
    ],
    [
      'cannot accept',
      refusal(422, { error: 'RecordInvalid', details: { group: [{}] } }),
      'invalid',
      /refused the update \(422\)/,
    ],
  ])(
    'that Zendesk %s is shown as refused with what to do, and arrives when the note is sent again',
    async (_, answer, reason, detail) => {
      const ticketId = await escalateAgainst('PUT', '', answer, 1)
      await passMinutes()
      const { escalation, timeline } = await world.view(ticketId)
      const { routing } = escalation as EscalationView
      expect(routing).toMatchObject({ state: 'refused', reason })
      expect(routing.detail).toMatch(detail)
      expect(timeline.map(({ kind }) => kind)).toEqual(['requested', 'routing-refused'])
      expect(updatesOfOurs(ticketId)).toBe(0)

      await world.agent('Ben').send(ticketId, aNote(), { verb: 'amend' })
      await world.settle()
      expect(await routingOf(ticketId)).toMatchObject({ state: 'done' })
      expect(world.groupOf(ticketId)).toBe('Identity specialists')
      expect(updatesOfOurs(ticketId)).toBe(1)
      expect(await world.events(ticketId)).toEqual(['requested', 'routing-refused', 'amended', 'routed'])
    },
  )
})
