import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../../core/units.ts'
import { optionsOf, type SmallAccount, startSmallAccount } from '../small-account.ts'
import { deleteTicket } from '../tickets/delete.ts'
import { mergeTickets } from '../tickets/merge.ts'

/** One account for all; each case asks only for what came after it began. */
let account: SmallAccount
beforeAll(async () => {
  account = await startSmallAccount({ limits: { exportsPerMinute: 10_000 } })
  account.world.state.account.rate_limit = 10_000
})
afterAll(() => account[Symbol.asyncDispose]())

describe('the export of ticket events', () => {
  it('tells an update as one row whose child events have the fields as keys', async () => {
    const { ana, identity } = account
    const field = account.aField({ type: 'tagger', title: 'Component', custom_field_options: optionsOf('sso') })
    const { id } = account.aTicket({ tags: ['old', 'both'] })
    const start = await nextStart()
    const ticket = {
      ...{ group_id: identity.id, tags: ['both', 'new'], custom_fields: [{ id: field.id, value: 'sso' }] },
      ...{ comment: { body: 'For you', public: false }, metadata: { baton: { v: 1 } } },
    }
    const { audit } = (await account.as(ana)('PUT', `tickets/${id}`, { ticket })).body
    const [row] = await read('ticket_events', { start_time: start })
    const { child_events, ...rest } = row
    expect(rest).toEqual({
      ...{ id: audit.id, ticket_id: id, timestamp: start, created_at: audit.created_at, updater_id: ana.id },
      ...{ via: 'Web service', system: audit.metadata.system, metadata: { baton: { v: 1 } }, event_type: 'Audit' },
    })
    const own = { id: expect.any(Number), via: 'Web service', via_reference_id: null }
    expect(child_events).toEqual([
      { ...own, comment_present: true, comment_public: false, event_type: 'Comment' },
      { ...own, group_id: identity.id, previous_value: null, event_type: 'Change' },
      {
        ...{ ...own, tags: ['both', 'new', 'sso'], added_tags: ['new', 'sso'], removed_tags: ['old'] },
        ...{ previous_value: ['both', 'old'], event_type: 'Change' },
      },
      { ...own, custom_ticket_fields: { [field.id]: 'sso' }, previous_value: null, event_type: 'Change' },
    ])
  })

  it('names the rule that made a change', async () => {
    const { trigger } = (
      await account.as(account.lea)('POST', 'triggers', {
        trigger: {
          title: 'Urgent first',
          conditions: { all: [{ field: 'current_tags', operator: 'includes', value: 'burning' }] },
          actions: [{ field: 'priority', value: 'urgent' }],
        },
      })
    ).body
    const start = await nextStart()
    account.aTicket({ tags: ['burning'] })
    const [row] = await read('ticket_events', { start_time: start })
    const byRule = row.child_events.filter(({ via }: Row) => via === 'Rule')
    expect(row.via).toBe('Mail')
    expect(byRule).toMatchObject([{ event_type: 'Change', priority: 'urgent', via_reference_id: trigger.id }])
  })

  it('holds what people wrote only when it is asked for', async () => {
    const start = await nextStart()
    account.aTicket({ comment: { body: 'It is broken.' } })
    const [bare] = await read('ticket_events', { start_time: start })
    expect(JSON.stringify(bare)).not.toContain('It is broken.')
    const [full] = await read('ticket_events', { start_time: start, include: 'comment_events' })
    expect(full.child_events[0]).toMatchObject({
      ...{ event_type: 'Comment', type: 'Comment', body: 'It is broken.', public: true, author_id: account.jane.id },
      ...{ via: { channel: 'email' }, audit_id: full.id, via_reference_id: null, created_at: full.created_at },
    })
  })

  it('keeps the events of what is deleted, and of what was put into the state directly', async () => {
    const start = await nextStart()
    const { id } = account.aTicket()
    await nextStart()
    expect(await read('ticket_events', { start_time: start })).toHaveLength(1)
    deleteTicket(account.world, { user: account.lea, channel: 'web' }, account.world.state.tickets[id]!)
    const [first] = account.world.state.audits[id]!
    const ticket_id = account.world.nextId('ticket')
    account.world.state.audits[ticket_id] = [{ ...first!, id: 1, ticket_id }]
    const rows = await read('ticket_events', { start_time: start })
    expect(rows.map((row: Row) => row.ticket_id)).toEqual([ticket_id, id, id])
  })
})

describe('an export by time', () => {
  it('begins the next page with the second the last one ended in, and never stands still', async () => {
    const start = await nextStart()
    const [a, b, c] = [account.aTicket(), account.aTicket(), account.aTicket()]
    await account.clock.advance(SECOND_MS)
    const [d, e] = [account.aTicket(), account.aTicket()]
    const first = await ask('tickets', { start_time: start, per_page: 2 })
    expect(first.body).toMatchObject({ count: 5, end_time: start + 1, end_of_stream: true })
    await account.clock.advance(SECOND_MS)
    const f = account.aTicket()

    const pages = []
    let url = `incremental/tickets?start_time=${start}&per_page=2`
    await passAMinute()
    for (let isLast = false; !isLast; ) {
      const { body } = await account.as(account.lea)('GET', url)
      pages.push(body.tickets.map(({ id }: Row) => id))
      isLast = body.end_of_stream
      url = body.next_page.split('/api/v2/')[1]
    }
    expect(pages).toEqual([
      [a.id, b.id, c.id, d.id, e.id],
      [d.id, e.id, f.id],
    ])
  })

  it.each(['tickets', 'ticket_events', 'users', 'organizations', 'ticket_metric_events'])(
    'holds the last minute of %s back and refuses to start in it',
    async (resource) => {
      const now = account.clock.now() / SECOND_MS
      const refused = await account.as(account.lea)('GET', `incremental/${resource}?start_time=${now - 60}`)
      expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'StartTimeTooRecent'])
      expect((await account.as(account.ana)('GET', `incremental/${resource}?start_time=0`)).status).toBe(403)
      expect((await account.as(account.lea)('GET', `incremental/${resource}`)).status).toBe(400)
    },
  )
})

describe('the export of tickets', () => {
  it('tells of a ticket again when the system touches it, unchanged', async () => {
    const { id } = account.aTicket()
    const start = await nextStart()
    expect((await control('faults', { touchTickets: [id] })).status).toBe(200)
    const [ticket] = await read('tickets', { start_time: start })
    expect(ticket).toMatchObject({ id, generated_timestamp: start })
    expect(Date.parse(ticket.updated_at) / SECOND_MS).toBeLessThan(start)
  })

  it('tells of a deleted ticket once more when its content is taken away', async () => {
    const { world, lea } = account
    const { id } = account.aTicket({ subject: 'About Jane', tags: ['vip'] })
    const live = account.aTicket()
    deleteTicket(world, { user: lea, channel: 'web' }, world.state.tickets[id]!)
    const start = await nextStart()
    await control('faults', { scrubTickets: [id, live.id] })
    const tickets = await read('tickets', { start_time: start })
    expect(tickets).toMatchObject([{ id, status: 'deleted', subject: 'SCRUBBED', description: 'SCRUBBED', tags: [] }])
    const events = await read('ticket_events', { start_time: 0, include: 'comment_events' })
    const told = JSON.stringify(events.filter(({ ticket_id }: Row) => ticket_id === id))
    expect(told).toContain('SCRUBBED')
    expect(told).not.toMatch(/About Jane|cannot log in/)
  })

  it('tells of merged tickets as closed, and of archived ones', async () => {
    const { world, lea } = account
    const start = await nextStart()
    const [source, target] = [account.aTicket(), account.aTicket()]
    const writer = { user: lea, channel: 'web' }
    mergeTickets(world, writer, world.state.tickets[target.id]!, [source.id], {})
    world.state.tickets[target.id]!.archived = true
    expect(await read('tickets', { start_time: start })).toMatchObject([
      { id: source.id, status: 'closed', tags: ['closed_by_merge'] },
      { id: target.id },
    ])
    expect(await read('tickets', { start_time: start, support_type_scope: 'ai_agent' })).toEqual([])
  })

  it('sideloads metric sets and SLAs into each ticket, people beside them', async () => {
    const start = await nextStart()
    const { id } = account.aTicket({ group_id: account.support.id })
    await passAMinute()
    const include = 'metric_sets,slas,users,groups,organizations'
    const { body } = await account.as(account.lea)(
      'GET',
      `incremental/tickets/cursor?start_time=${start}&include=${include}`,
    )
    expect(body.tickets).toMatchObject([{ id, metric_set: { ticket_id: id }, slas: { policy_metrics: [] } }])
    expect(body.users).toMatchObject([{ id: account.jane.id }])
    expect(body.groups).toMatchObject([{ id: account.support.id }])
    expect(body.organizations).toEqual([])
  })
})

describe('the exports of people', () => {
  it('tell of users by cursor and by time', async () => {
    const start = await nextStart()
    await account.as(account.lea)('PUT', `users/${account.max.id}`, { user: { phone: '+4930123' } })
    await passAMinute()
    const path = 'incremental/users/cursor'
    const { body } = await account.as(account.lea)('GET', `${path}?start_time=${start}`)
    expect(body).toMatchObject({ users: [{ id: account.max.id, phone: '+4930123' }], end_of_stream: true })
    const next = await account.as(account.lea)('GET', `${path}?cursor=${body.after_cursor}`)
    expect(next.body).toMatchObject({ users: [], after_cursor: body.after_cursor })
    expect(await read('users', { start_time: start })).toMatchObject([{ id: account.max.id }])
  })

  it('tell of organisations, also of deleted ones', async () => {
    const start = await nextStart()
    const lea = account.as(account.lea)
    const { organization } = (await lea('POST', 'organizations', { organization: { name: 'Acme' } })).body
    const [made] = await read('organizations', { start_time: start })
    expect(made).toMatchObject({ id: organization.id, name: 'Acme' })
    expect(made).not.toHaveProperty('deleted_at')
    await lea('DELETE', `organizations/${organization.id}`)
    const [gone] = await read('organizations', { start_time: start })
    expect(gone).toMatchObject({ id: organization.id, deleted_at: gone.updated_at })
    expect((await lea('GET', 'incremental/organizations/cursor?start_time=0')).status).toBe(404)
  })
})

describe('all exports', () => {
  it('share one bucket, and samples have their own', async () => {
    await using small = await startSmallAccount()
    const lea = small.as(small.lea)
    for (let turn = 0; turn < 60; turn++) {
      small.aTicket()
      await small.clock.advance(SECOND_MS)
    }
    await small.clock.advance(2 * MINUTE_MS)
    const paths = ['tickets', 'tickets/cursor', 'ticket_events', 'users', 'users/cursor', 'organizations']
    const all = [...paths, 'ticket_metric_events', ...paths.slice(0, 3)]
    for (const path of all) expect((await lea('GET', `incremental/${path}?start_time=0`)).status).toBe(200)
    expect((await lea('GET', 'incremental/users?start_time=0')).status).toBe(429)
    for (let turn = 0; turn < 10; turn++) {
      const [resource, count] = (
        [
          ['tickets', 50],
          ['ticket_events', 50],
          ['users', 5],
          ['organizations', 0],
        ] as const
      )[turn % 4]!
      const { body } = await lea('GET', `incremental/${resource}/sample?start_time=0`)
      expect(body).toMatchObject({ count, end_of_stream: count < 50 })
      expect(body[resource]).toHaveLength(count)
    }
    await small.clock.advance(MINUTE_MS)
    expect((await lea('GET', 'incremental/tickets/sample?start_time=0')).status).toBe(429)
  })

  it('answer as the account’s plan has it', async () => {
    const { state } = account.world
    state.account.closed_exports = { ticket_events: 404, ticket_metric_events: 403 }
    const statuses = ['ticket_events', 'ticket_metric_events', 'ticket_events/sample', 'tickets'].map(async (path) => {
      return (await account.as(account.lea)('GET', `incremental/${path}?start_time=0`)).status
    })
    expect(await Promise.all(statuses)).toEqual([404, 403, 404, 200])
    delete state.account.closed_exports
  })
})

type Row = Record<string, unknown>

/** The second from which on a case's own changes come. */
async function nextStart(): Promise<number> {
  await account.clock.advance(SECOND_MS)
  return account.clock.now() / SECOND_MS
}

async function passAMinute(): Promise<void> {
  await account.clock.advance(MINUTE_MS + SECOND_MS)
}

async function ask(resource: string, query: Record<string, string | number>) {
  await passAMinute()
  const parameters = Object.entries(query).map(([name, value]) => [name, String(value)])
  return account.as(account.lea)('GET', `incremental/${resource}?${new URLSearchParams(parameters)}`)
}

/** The rows that came since, once nothing is held back any more. */
async function read(resource: string, query: Record<string, string | number>) {
  const { status, body } = await ask(resource, query)
  expect(status).toBe(200)
  return body[resource]
}

function control(path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(`${account.zendesk.url}/__local/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}
