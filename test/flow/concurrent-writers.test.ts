import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aNote } from '../support/notes.ts'
import { startWorld, type TestWorld } from '../support/world.ts'
import { updateTicket } from '../zendesk/tickets/create.ts'

const limits = { accountPerMinute: 1e9, sessionPer5Minutes: 1e9, ticketUpdatesPerMinute: 1e9 }

let world: TestWorld
let theirField: number
beforeAll(async () => {
  world = await startWorld({ zendesk: { limits } })
  const { state, nextId } = world.zendesk.world
  theirField = nextId('ticket_field')
  state.ticket_fields[theirField] = {
    ...{ id: theirField, key: null, type: 'text', title: 'Theirs', description: '', active: true, position: 50 },
    ...{ required: false, removable: true, custom_field_options: [], created_at: 0, updated_at: 0 },
  }
})
afterAll(() => world[Symbol.asyncDispose]())

/** Somebody's update right before Zendesk answers the next call of this kind. */
type Write = { before: string; tag: string; how: 'add' | 'remove'; value: string; afterMs: number }

const tag = fc.constantFrom('vip', 'emea', 'beta', 'churn_risk', 'legal_hold')
const write: fc.Arbitrary<Write> = fc.record({
  before: fc.constantFrom('GET /audits', 'GET', 'PUT', 'PUT', 'PUT', 'PUT /tags', 'DELETE /tags'),
  tag,
  how: fc.constantFrom('add', 'remove'),
  value: fc.stringMatching(/^[a-z]{1,8}$/),
  // Zendesk's stamps have whole seconds: some of the writers come within the second we read in.
  afterMs: fc.constantFrom(0, 0, 400, 1000, 61_000),
})

it('loses nobody’s tag and nobody’s field, and brings none back, whoever writes while it reads and writes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(tag), fc.array(write, { maxLength: 6 }), async (tags, writes) => {
      const ticket = world.newTicket({ tags })
      const elif = world.agent('Elif').user
      const theirs = new Set<string>(tags)
      let value: unknown
      expect(await world.agent('Ana').send(ticket.id, aNote())).toMatchObject({ kind: 'sent' })

      const { faults, clock } = world.zendesk.world
      faults.answers = writes.map((one) => ({ ...callOf(one, ticket.id), times: 1, answer: () => carryOut(one) }))
      await world.settle()
      faults.answers = []
      await world.advance({ minutes: 2 })

      const after = world.ticket(ticket.id)
      expect(after.tags.filter((one) => !/^(baton|baton_.*|identity)$/.test(one)).toSorted()).toEqual(
        [...theirs].toSorted(),
      )
      expect(after.tags).toEqual(expect.arrayContaining(['baton', 'baton_tier_2', 'baton_queue_identity', 'identity']))
      expect(after.custom_fields[theirField]).toEqual(value)
      expect(world.groupOf(ticket.id)).toBe('Identity specialists')
      expect(await world.view(ticket.id)).toMatchObject({ escalation: { routing: { state: 'done', detail: null } } })
      expect((await world.events(ticket.id)).filter((kind) => kind !== 'routing-delayed')).toEqual([
        'requested',
        'routed',
      ])

      /** Nobody adds a tag that is there, or removes one that is not: such an update leaves no trace to go by. */
      async function carryOut({ tag, how, afterMs, ...one }: Write): Promise<void> {
        await clock.advance(afterMs)
        const { tags } = world.ticket(ticket.id)
        const others = tags.filter((other) => other !== tag)
        if (how === 'add' && !tags.includes(tag)) theirs.add(tag)
        if (how === 'remove' && tags.includes(tag)) theirs.delete(tag)
        value = one.value
        const changed = { tags: how === 'add' ? [...others, tag] : others, custom_fields: [{ id: theirField, value }] }
        updateTicket(world.zendesk.world, elif, ticket.id, changed)
      }
    }),
    { numRuns: 40 },
  )
}, 60_000)

function callOf({ before }: Write, ticketId: number): { method: string; path: string } {
  const [method, what = ''] = before.split(' ')
  return { method: method!, path: `/api/v2/tickets/${ticketId}${what}` }
}
