import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/units.ts'
import { type SmallAccount, startSmallAccount } from './small-account.ts'

describe('creating a ticket', () => {
  it('answers 201 with the address, the ticket and its audit', async () => {
    await using account = await startSmallAccount()
    const { ana, as } = account
    const { status, headers, body } = await as(ana)('POST', 'tickets.json', {
      ticket: { subject: 'VPN', comment: { body: 'Down' }, priority: 'high' },
    })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`${account.zendesk.url}/api/v2/tickets/1.json`)
    expect(body.ticket).toMatchObject({ id: 1, status: 'new', requester_id: ana.id, submitter_id: ana.id, tags: [] })
    expect(body.ticket.generated_timestamp).toBe(0)
    expect(body.ticket.created_at).toBe('2026-03-06T10:00:00Z')
    expect(
      body.audit.events.map((event: { type: string; field_name?: string }) => event.field_name ?? event.type),
    ).toEqual([
      ...['Comment', 'subject', 'requester_id', 'priority', 'type', 'status', 'organization_id', 'brand_id'],
      ...['ticket_form_id', 'custom_status_id'],
    ])
  })

  it('lists the keys of a ticket in the order real answers have', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { body } = await account.as(account.ana)('GET', `tickets/${id}`)
    expect(Object.keys(body.ticket)).toEqual(REAL_KEYS)
  })

  it('writes ids as text inside audit events', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { body } = await account.as(account.ana)('PUT', `tickets/${id}`, {
      ticket: { group_id: account.identity.id },
    })
    expect(body.ticket.group_id).toBe(account.identity.id)
    expect(body.audit.events).toMatchObject([
      { type: 'Change', field_name: 'group_id', value: String(account.identity.id), previous_value: null },
    ])
  })

  it('needs a description', async () => {
    await using account = await startSmallAccount()
    const { status, body } = await account.as(account.ana)('POST', 'tickets', { ticket: { subject: 'x' } })
    expect([status, body.error]).toEqual([422, 'RecordInvalid'])
    expect(body.details.base[0].description).toBe('Description: cannot be blank')
  })

  it('makes an unknown requester, and takes them back when the ticket is refused', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const requester = { name: 'New', email: 'new@acme.example' }
    const people = Object.keys(account.world.state.users).length
    await call('POST', 'tickets', { ticket: { requester, comment: { body: 'x' }, priority: 'soon' } })
    expect(Object.keys(account.world.state.users)).toHaveLength(people)
    const { body } = await call('POST', 'tickets', { ticket: { requester, comment: { body: 'x' } } })
    expect(account.world.state.users[body.ticket.requester_id]).toMatchObject(requester)
  })
})

describe('Idempotency-Key', () => {
  it('gives the same ticket for the same key and body, for two hours', async () => {
    await using account = await startSmallAccount()
    const first = await post(account, 'k', 'One')
    const again = await post(account, 'k', 'One')
    expect([first.headers.get('x-idempotency-lookup'), again.headers.get('x-idempotency-lookup')]).toEqual([
      'miss',
      'hit',
    ])
    expect([again.status, again.body.ticket.id]).toEqual([201, first.body.ticket.id])

    await account.clock.advance(2 * HOUR_MS)
    expect((await post(account, 'k', 'One')).body.ticket.id).not.toBe(first.body.ticket.id)
  })

  it('refuses another body under the same key', async () => {
    await using account = await startSmallAccount()
    await post(account, 'k', 'One')
    const { status, body } = await post(account, 'k', 'Two')
    expect([status, body.error]).toEqual([400, 'IdempotentRequestError'])
  })

  function post(account: SmallAccount, key: string, text: string) {
    const ticket = { subject: text, comment: { body: text } }
    return account.as(account.ana)('POST', 'tickets', { ticket }, { 'idempotency-key': key })
  }
})

describe('updating a ticket', () => {
  it('ignores unknown keys and names them in a header', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { status, headers, body } = await account.as(account.ana)('PUT', `tickets/${id}`, {
      ticket: { id, additional_tags: ['a'], description: 'new', priority: 'low' },
    })
    expect(status).toBe(200)
    expect(headers.get('x-zendesk-api-warn')).toBe(
      '{:allowed_parameters=>{:controller=>"tickets", :action=>"update", :unpermitted_keys=>["ticket.id", "ticket.additional_tags"], :invalid_values=>[]}}',
    )
    expect(body.ticket).toMatchObject({ description: 'I cannot log in.', tags: [], priority: 'low' })
  })

  it('saves nothing, not even the comment, when one field is bad', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const before = structuredClone(account.world.state)
    const { status } = await account.as(account.ana)('PUT', `tickets/${id}`, {
      ticket: { comment: { body: 'hello' }, tags: ['x'], status: 'sleeping' },
    })
    expect(status).toBe(422)
    expect(account.world.state.tickets).toEqual(before.tickets)
    expect(account.world.state.comments).toEqual(before.comments)
    expect(account.world.state.audits).toEqual(before.audits)
  })

  it('keeps metadata in the audit', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const call = account.as(account.ana)
    const metadata = { baton: { v: 1, id: 'x' } }
    await call('PUT', `tickets/${id}`, { ticket: { comment: { body: 'note', public: false }, metadata } })
    const audits = await call('GET', `tickets/${id}/audits`)
    expect(audits.body.audits.at(-1).metadata.custom).toEqual(metadata)
    const comments = await call('GET', `tickets/${id}/comments`)
    expect(comments.body.comments.at(-1).metadata.custom).toEqual(metadata)
  })

  it('leaves the ticket and its history alone when nothing changes', async () => {
    await using account = await startSmallAccount()
    const { id, updated_at } = account.aTicket()
    await account.clock.advance(HOUR_MS)
    const { body } = await account.as(account.ana)('PUT', `tickets/${id}`, { ticket: { priority: null } })
    expect([body.ticket.updated_at, body.audit.events]).toEqual([updated_at, []])
    expect(account.world.state.audits[id]).toHaveLength(1)
  })

  it('refuses a body without its root key, and a path that is no id', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const { id } = account.aTicket()
    expect((await call('PUT', `tickets/${id}`, { priority: 'low' })).status).toBe(400)
    expect((await call('PUT', `tickets/${id}`, '{"ticket":')).status).toBe(400)
    const bad = await call('GET', 'tickets/abc')
    expect([bad.status, bad.body.error.title]).toEqual([400, 'Invalid attribute'])
    expect((await call('GET', 'tickets/999')).body).toEqual({ error: 'RecordNotFound', description: 'Not found' })
    expect((await call('GET', 'no_such_thing')).body).toEqual({ error: 'InvalidEndpoint', description: 'Not found' })
  })
})

describe('safe_update', () => {
  it.each([
    ['a stale stamp', true, '2026-03-06T10:00:00Z', 409],
    ['a stale stamp although it is false', false, '2026-03-06T10:00:00Z', 409],
    ['the current stamp', true, '2026-03-06T11:00:00Z', 200],
    ['the current instant in another offset', true, '2026-03-06T12:00:00+01:00', 200],
  ])('answers to %s', async (_, safe_update, updated_stamp, status) => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await account.clock.advance(HOUR_MS)
    const call = account.as(account.ana)
    await call('PUT', `tickets/${id}`, { ticket: { priority: 'low' } })
    const answer = await call('PUT', `tickets/${id}`, { ticket: { priority: 'high', safe_update, updated_stamp } })
    expect(answer.status).toBe(status)
    if (status === 409) expect(answer.body.error).toBe('UpdateConflict')
    expect(account.world.state.tickets[id]?.priority).toBe(status === 200 ? 'high' : 'low')
  })

  it('is off when the key is left out', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const ticket = { priority: 'high', updated_stamp: '2020-01-01T00:00:00Z' }
    expect((await account.as(account.ana)('PUT', `tickets/${id}`, { ticket })).status).toBe(200)
  })
})

describe('showing tickets', () => {
  it('puts what include asks for in and beside the ticket, and ignores names it does not know', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ group_id: account.support.id })
    const include = 'users,groups,organizations,comment_count,dates,nonsense'
    const { body } = await account.as(account.ana)('GET', `tickets/${id}?include=${include}`)
    expect(body.users.map((user: { id: number }) => user.id)).toEqual([account.jane.id])
    expect(body.groups[0].name).toBe('Support')
    expect(body.organizations).toEqual([])
    expect(body.ticket.comment_count).toBe(1)
    expect(body.ticket.dates.latest_comment_added_at).toBe('2026-03-06T10:00:00Z')
  })

  it('leaves out of show_many what is missing', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { body } = await account.as(account.ana)('GET', `tickets/show_many?ids=${id},999`)
    expect(body.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([id])
  })

  it('takes at most 100 ids', async () => {
    await using account = await startSmallAccount()
    const ids = Array.from({ length: 101 }, (_, index) => index + 1).join(',')
    const { status, body } = await account.as(account.ana)('GET', `tickets/show_many?ids=${ids}`)
    expect([status, body.error, body.max_count]).toEqual([400, 'TooManyValues', 100])
  })

  it('finds tickets by external id, which need not be unique', async () => {
    await using account = await startSmallAccount()
    account.aTicket({ external_id: 'A' })
    account.aTicket({ external_id: 'A' })
    account.aTicket()
    const { body } = await account.as(account.ana)('GET', 'tickets?external_id=A')
    expect(body.count).toBe(2)
  })
})

const REAL_KEYS = [
  ...['url', 'id', 'external_id', 'via', 'created_at', 'updated_at', 'generated_timestamp', 'type', 'subject'],
  ...['raw_subject', 'description', 'priority', 'status', 'recipient', 'requester_id', 'submitter_id', 'assignee_id'],
  ...['organization_id', 'group_id', 'collaborator_ids', 'follower_ids', 'email_cc_ids', 'forum_topic_id'],
  ...['problem_id', 'has_incidents', 'is_public', 'due_at', 'tags', 'custom_fields', 'satisfaction_rating'],
  ...['sharing_agreement_ids', 'custom_status_id', 'fields', 'followup_ids', 'ticket_form_id', 'brand_id'],
  ...['allow_channelback', 'allow_attachments', 'from_messaging_channel'],
]
