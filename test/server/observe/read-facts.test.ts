import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calendarTime } from '../../../core/clock/calendar.ts'
import type { Fact, TicketFact } from '../../../core/escalation/facts.ts'
import { newTicketState, type TicketMoment } from '../../../core/escalation/state.ts'
import { readFacts, type Sources } from '../../../server/observe/read-facts.ts'
import { aLoadedPolicy } from '../../core/policy/policies.ts'
import { deleteTicket } from '../../zendesk/tickets/delete.ts'
import { visibleTicket } from '../../zendesk/tickets/find.ts'
import { mergeTickets } from '../../zendesk/tickets/merge.ts'
import { POLICY } from '../engine/served-account.ts'
import { type SmallAccount, startSmallAccount } from '../zendesk/small-account.ts'

let account: SmallAccount
beforeAll(async () => {
  account = await startSmallAccount()
})
afterAll(() => account[Symbol.asyncDispose]())

const read = (ticketId: number, lastAuditId = 0, overrides: Partial<Sources> = {}): Promise<Fact[]> =>
  readFacts(
    { ...newTicketState(ticketId), lastAuditId },
    {
      zendesk: account.client,
      now: account.clock.now(),
      policyOf: async () => aLoadedPolicy(POLICY),
      watchedSince: 0,
      calendarOf: () => calendarTime,
      trackerHosts: {},
      integrationUserId: account.people.integration.id,
      programOf: async () => null,
      momentsOf: async () => [],
      ...overrides,
    },
  )

/** What happened, without what is the same for all facts. */
const told = async (...given: Parameters<typeof read>) =>
  (await read(...given))
    .filter((fact): fact is TicketFact => fact.kind === 'ticket')
    .map(({ change, author }) => ({ ...change, by: author?.name ?? null }))

const byCustomer = { by: 'Casey Customer' }
const byAgent = { by: 'Ana Lindqvist' }

describe('what is told of a ticket', () => {
  it('is all that moved clocks since it was created, the first time it is looked at', async () => {
    const { people, change, clock } = account
    const id = account.aTicket({ assignee_id: people.agent.id })
    const createdAt = account.ticket(id).created_at
    await clock.advance(60_000)
    change(people.agent, id, { comment: { body: 'Which browser?', public: true }, status: 'pending' })
    await clock.advance(60_000)
    change(people.customer, id, { comment: { body: 'All of them' } })
    change(people.agent, id, { comment: { body: 'Hm', public: false } })
    change(people.agent, id, { status: 'solved' })

    expect(await told(id)).toEqual([
      { what: 'created', status: 'open', by: null },
      { what: 'comment', signal: 'customer-spoke', ...byCustomer },
      { what: 'comment', signal: 'agent-replied', ...byAgent },
      { what: 'status', to: 'pending', ...byAgent },
      { what: 'comment', signal: 'customer-spoke', ...byCustomer },
      { what: 'status', to: 'open', ...byCustomer },
      { what: 'status', to: 'solved', ...byAgent },
    ])
    const facts = (await read(id)).filter((fact) => fact.kind === 'ticket')
    expect(facts.map(({ at }) => (at - createdAt) / 60_000)).toEqual([0, 0, 1, 1, 2, 2, 2])
  })

  it('counts the parts of one update, so that each is folded once', async () => {
    const { people } = account
    const id = account.aTicket()
    account.change(people.agent, id, { comment: { body: 'Done', public: true }, status: 'solved' })
    const facts = (await read(id)).filter((fact) => fact.kind === 'ticket')
    const places = facts.map(({ auditId, part }) => `${auditId}/${part}`)
    expect(new Set(places).size).toBe(places.length)
    expect(facts.filter(({ auditId }) => auditId === facts.at(-1)!.auditId).map(({ part }) => part)).toEqual(
      // The words, the assignee whom solving needs, the status.
      [0, 1, 2],
    )
  })

  it('names who was given it, also when they never wrote in it', async () => {
    const { people } = account
    const id = account.aTicket()
    const before = account.zendesk.world.state.audits[id]!.at(-1)!.id
    account.change(people.agent, id, { assignee_id: people.specialist.id, group_id: account.groups.identity.id })
    expect(await told(id, before)).toEqual([
      { what: 'group', to: account.groups.identity.id, move: expect.anything(), ...byAgent },
      { what: 'assigned', to: people.specialist.id, name: 'Elif Aydin', ...byAgent },
      { what: 'status', to: 'open', ...byAgent },
    ])
  })

  it('is nobody’s doing when a business rule did it', async () => {
    const { people } = account
    const id = account.aTicket()
    const audit = account.zendesk.world.state.audits[id]!.at(-1)!
    account.change(people.agent, id, { comment: { body: 'x', public: false } })
    const via = { channel: 'rule', source: { from: { id: 7, title: 'Take it' }, to: {}, rel: 'trigger' } }
    account.zendesk.world.state.audits[id]!.at(-1)!.events.push(
      { id: 1, type: 'Change', field_name: 'assignee_id', value: String(people.agent.id), previous_value: null, via },
      { id: 2, type: 'Change', field_name: 'status', value: 'pending', previous_value: 'new', via },
    )
    expect(await told(id, audit.id)).toEqual([
      { what: 'assigned', to: people.agent.id, name: 'Ana Lindqvist', by: null },
      { what: 'status', to: 'pending', by: null },
    ])
  })

  it('is where a field ended up, when an update and a rule disagree', async () => {
    const { people } = account
    const id = account.aTicket({ assignee_id: people.agent.id })
    const audit = account.zendesk.world.state.audits[id]!.at(-1)!
    account.change(people.agent, id, { status: 'solved' })
    const via = { channel: 'rule', source: { from: { id: 7, title: 'Not so fast' }, to: {}, rel: 'trigger' } }
    account.zendesk.world.state.audits[id]!.at(-1)!.events.push({
      id: 1,
      type: 'Change',
      field_name: 'status',
      value: 'open',
      previous_value: 'solved',
      via,
    })
    expect(await told(id, audit.id)).toEqual([])
  })

  it('leaves out what Baton itself wrote, moved and unassigned, but not the status it changed', async () => {
    const { people, groups } = account
    const id = account.aTicket({ assignee_id: people.agent.id, status: 'solved' })
    const before = account.zendesk.world.state.audits[id]!.at(-1)!.id
    account.change(people.integration, id, {
      ...{ group_id: groups.identity.id, assignee_id: null, status: 'open' },
      comment: { body: 'Escalated', public: true },
      metadata: { baton_effect: { id: 'an-effect', escalation: null } },
    })
    expect(await told(id, before)).toEqual([{ what: 'status', to: 'open', by: 'Baton' }])
  })

  it('says merged, not closed, of a ticket that was merged into another', async () => {
    const { people, zendesk } = account
    const [id, other] = [account.aTicket(), account.aTicket()]
    const before = zendesk.world.state.audits[id]!.at(-1)!.id
    const target = visibleTicket(zendesk.world, people.agent, other)!
    mergeTickets(zendesk.world, { user: people.agent, channel: 'web' }, target, [id], {})
    const changes = await told(id, before)
    expect(changes.map(({ what }) => what)).toContain('merged')
    expect(changes.map(({ what }) => what)).not.toContain('status')
  })
})

describe('comments', () => {
  it.each<[string, 'agent' | 'specialist' | 'lightAgent' | 'customer' | 'integration', boolean, string | null]>([
    ['an agent’s public word answers', 'agent', true, 'agent-replied'],
    ['an agent’s private word says nothing', 'agent', false, null],
    ['a light agent’s word says nothing', 'lightAgent', false, null],
    ['the customer’s word is the customer’s', 'customer', true, 'customer-spoke'],
    ['what an integration posts in public answers', 'integration', true, 'agent-replied'],
  ])('%s', async (_, person, isPublic, signal) => {
    const id = account.aTicket()
    const before = account.zendesk.world.state.audits[id]!.at(-1)!.id
    account.change(account.people[person], id, { comment: { body: 'A word', public: isPublic } })
    const signals = (await told(id, before)).flatMap((one) => (one.what === 'comment' ? [one.signal] : []))
    expect(signals).toEqual(signal === null ? [] : [signal])
  })

  it('of an agent who asked for the ticket are the customer’s', async () => {
    const { people } = account
    const id = account.aTicket({ requester_id: people.specialist.id })
    const before = account.zendesk.world.state.audits[id]!.at(-1)!.id
    account.change(people.specialist, id, { comment: { body: 'It is worse now', public: true } })
    account.change(people.agent, id, { comment: { body: 'On it', public: true } })
    const signals = (await told(id, before)).flatMap((one) => (one.what === 'comment' ? [one.signal] : []))
    expect(signals).toEqual(['customer-spoke', 'agent-replied'])
  })

  it('are judged by whoever asked for the ticket at that time', async () => {
    const { people } = account
    const id = account.aTicket({ requester_id: people.specialist.id })
    account.change(people.specialist, id, { comment: { body: 'Please look', public: true } })
    account.change(people.agent, id, { requester_id: people.customer.id })
    account.change(people.specialist, id, { comment: { body: 'I looked myself', public: true } })
    const signals = (await told(id)).flatMap((one) => (one.what === 'comment' ? [one.signal] : []))
    expect(signals).toEqual(['customer-spoke', 'customer-spoke', 'agent-replied'])
  })

  it('that open a ticket answer nobody', async () => {
    const { people, zendesk } = account
    const id = account.aTicket()
    const first = zendesk.world.state.audits[id]![0]!
    first.author_id = people.agent.id
    for (const event of first.events) if (event.type === 'Comment') event.author_id = people.agent.id
    expect(await told(id)).toEqual([{ what: 'created', status: 'new', by: null }])
  })
})

describe('a follow-up ticket', () => {
  const closed = () => {
    const { people } = account
    const id = account.aTicket({ assignee_id: people.agent.id })
    account.change(people.agent, id, { status: 'solved' })
    account.change(people.agent, id, { status: 'closed' })
    return id
  }

  it('goes on from the moments of the ticket it follows, whoever looks', async () => {
    const source = closed()
    const id = account.aTicket({ via_followup_source_id: source })
    const asked: number[] = []
    const moments: TicketMoment[] = [{ at: 1, order: 1, by: null, what: 'created', status: 'new' }]
    const momentsOf = async (ticketId: number) => {
      asked.push(ticketId)
      return moments
    }
    const [first] = await read(id, 0, { momentsOf })
    expect(first).toMatchObject({ change: { what: 'follow-up', status: 'new', moments } })
    expect(asked).toEqual([source])
  })

  it('asks for the other ticket once only', async () => {
    const id = account.aTicket({ via_followup_source_id: closed() })
    const before = account.zendesk.world.state.audits[id]!.at(-1)!.id
    account.change(account.people.agent, id, { status: 'pending' })
    const momentsOf = () => Promise.reject(new Error('It was asked again'))
    expect(await told(id, before, { momentsOf })).toMatchObject([{ what: 'status', to: 'pending' }])
  })
})

it('is read up to its last update, or to just before it while another may bear the same stamp', async () => {
  const id = account.aTicket()
  const { created_at } = account.ticket(id)
  expect((await read(id)).at(-1)).toMatchObject({ kind: 'read', at: created_at - 1 })
  await account.clock.advance(60_000)
  expect((await read(id)).at(-1)).toMatchObject({ kind: 'read', at: created_at })
})

describe('calls to Zendesk', () => {
  const calls = async (look: () => Promise<unknown>) => {
    const before = account.zendesk.requests.length
    await look()
    return account.zendesk.requests
      .slice(before)
      .map(({ method, path }) => `${method} ${path.replace(/\b\d+\b/g, 'n')}`)
  }
  const AUDITS = 'GET /api/v2/tickets/n/audits'

  it.each([
    ['nothing', () => {}],
    [
      'an internal note',
      (id: number) => account.change(account.people.agent, id, { comment: { body: 'x', public: false } }),
    ],
    ['a status', (id: number) => account.change(account.people.agent, id, { status: 'pending' })],
    ['the customer’s answer', (id: number) => account.change(account.people.customer, id, { comment: { body: 'x' } })],
  ])('are one when a known ticket has %s to tell', async (_, happen) => {
    const id = account.aTicket({ assignee_id: account.people.agent.id })
    const before = account.zendesk.world.state.audits[id]!.at(-1)!.id
    await read(id, before)
    happen(id)
    expect(await calls(() => read(id, before))).toEqual([AUDITS])
  })

  it('are two for a ticket that is seen the first time', async () => {
    const id = account.aTicket({ assignee_id: account.people.agent.id })
    account.change(account.people.agent, id, { comment: { body: 'x', public: true } })
    expect(await calls(() => read(id))).toEqual([AUDITS, 'GET /api/v2/tickets/n'])
  })
})

it('tells nothing of a ticket that was deleted: its audits went with it', async () => {
  const { people, zendesk } = account
  const id = account.aTicket()
  deleteTicket(zendesk.world, { user: people.agent, channel: 'web' }, account.ticket(id))
  await expect(read(id)).rejects.toMatchObject({ failure: 'not-found' })
})
