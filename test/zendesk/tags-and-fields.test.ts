import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/units.ts'
import { optionsOf, startSmallAccount } from './small-account.ts'
import { updateTicket } from './tickets/create.ts'
import { normaliseTags } from './tickets/tags.ts'

describe('tags', () => {
  it('are kept in lower case, with underscores for spaces, each once', () => {
    expect(normaliseTags(['VIP', 'very important', 'vip', ' '])).toEqual(['very_important', 'vip'])
    expect(normaliseTags('b a,b')).toEqual(['a', 'b'])
  })

  it('are normal after one pass', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (tags) => {
        const once = normaliseTags(tags)
        expect(normaliseTags(once)).toEqual(once)
      }),
    )
  })

  it.each([
    ['POST', ['b'], ['b'], 201],
    ['PUT', ['b'], ['a', 'b'], 200],
    ['DELETE', ['a'], [], 200],
  ])('%s the endpoint', async (method, tags, after, status) => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket({ tags: ['a'] })
    const call = account.as(account.ana)
    const answer = await call(method, `tickets/${id}/tags.json`, { tags })
    expect([answer.status, answer.body.tags]).toEqual([status, after])
    expect((await call('GET', `tickets/${id}/tags`)).body.tags).toEqual(after)
  })

  it('are protected by safe_update on the endpoint too', async () => {
    await using account = await startSmallAccount()
    const { id, updated_at } = account.aTicket()
    await account.clock.advance(HOUR_MS)
    const call = account.as(account.ana)
    await call('PUT', `tickets/${id}/tags`, { tags: ['a'] })
    const body = { tags: ['b'], updated_stamp: updated_at, safe_update: 'true' }
    expect((await call('PUT', `tickets/${id}/tags`, body)).status).toBe(409)
  })
})

describe('a drop-down and its tags', () => {
  it('adds the tag of its option and takes the old one away', async () => {
    await using account = await startSmallAccount()
    const field = account.aField({ type: 'tagger', title: 'Component', custom_field_options: optionsOf('sso', 'scim') })
    const { world, ana } = account
    const { id } = account.aTicket({ tags: ['vip'] })
    const set = (value: unknown) => updateTicket(world, ana, id, { custom_fields: [{ id: field.id, value }] })
    const first = set('sso')
    expect(first.ticket.tags).toEqual(['sso', 'vip'])
    expect(first.audit.events).toMatchObject([
      { field_name: 'tags', value: ['sso', 'vip'], previous_value: ['vip'] },
      { field_name: String(field.id), value: 'sso', previous_value: null },
    ])
    expect(set('scim').ticket.tags).toEqual(['scim', 'vip'])
    expect(set(null).ticket.tags).toEqual(['vip'])
  })

  it('follows its tag when tags are written', async () => {
    await using account = await startSmallAccount()
    const field = account.aField({ type: 'tagger', title: 'Component', custom_field_options: optionsOf('sso', 'scim') })
    const { world, ana } = account
    const { id } = account.aTicket({ custom_fields: [{ id: field.id, value: 'sso' }] })
    const valueAfter = (tags: string[]) =>
      updateTicket(world, ana, id, { tags }).ticket.custom_fields.find((one) => one.id === field.id)!.value
    expect(valueAfter(['sso', 'scim'])).toBe('scim')
    expect(valueAfter(['vip'])).toBe(null)
    expect(valueAfter(['sso'])).toBe('sso')
  })

  it('refuses an option it does not have', async () => {
    await using account = await startSmallAccount()
    const field = account.aField({ type: 'tagger', title: 'Component', custom_field_options: optionsOf('sso') })
    const { id } = account.aTicket()
    const custom_fields = [{ id: field.id, value: 'billing' }]
    const { status, body } = await account.as(account.ana)('PUT', `tickets/${id}`, { ticket: { custom_fields } })
    expect([status, body.details.base[0].ticket_field_id]).toEqual([422, field.id])
  })
})

describe('a checkbox and its tag', () => {
  it('stand and fall together', async () => {
    await using account = await startSmallAccount()
    const field = account.aField({ type: 'checkbox', title: 'Outage', tag: 'outage' })
    const { world, ana } = account
    const { id } = account.aTicket()
    expect(updateTicket(world, ana, id, { custom_fields: [{ id: field.id, value: true }] }).ticket.tags).toEqual([
      'outage',
    ])
    const { ticket } = updateTicket(world, ana, id, { tags: [] })
    expect(ticket.custom_fields).toEqual([{ id: field.id, value: false }])
  })
})

describe('custom fields', () => {
  it('are merged by id; an unknown id is passed over', async () => {
    await using account = await startSmallAccount()
    const one = account.aField({ type: 'text', title: 'One' })
    const two = account.aField({ type: 'integer', title: 'Two' })
    const { world, ana } = account
    const { id } = account.aTicket({ custom_fields: [{ id: one.id, value: 'kept' }] })
    const custom_fields = [
      { id: two.id, value: '7' },
      { id: 404, value: 'x' },
    ]
    const { ticket } = updateTicket(world, ana, id, { custom_fields })
    expect(ticket.custom_fields).toEqual([
      { id: one.id, value: 'kept' },
      { id: two.id, value: 7 },
    ])
    expect(ticket.fields).toEqual(ticket.custom_fields)
  })

  it.each([
    ['integer', 'seven'],
    ['decimal', '1,5'],
    ['date', '2026-02-30'],
    ['checkbox', 'maybe'],
  ])('of type %s refuse %s', async (type, value) => {
    await using account = await startSmallAccount()
    const field = account.aField({ type, title: 'Field' })
    const { id } = account.aTicket()
    expect(() => updateTicket(account.world, account.ana, id, { custom_fields: [{ id: field.id, value }] })).toThrow(
      '422',
    )
  })
})

describe('managing fields', () => {
  it('makes a drop-down, keeps its options’ ids through a change, and puts it on a form', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const custom_field_options = [{ name: 'SSO', value: 'baton_sso' }]
    const made = await call('POST', 'ticket_fields', {
      ticket_field: { type: 'tagger', title: 'Component', custom_field_options },
    })
    expect(made.status).toBe(201)
    const { id, custom_field_options: options } = made.body.ticket_field
    const more = [
      { name: 'Single sign-on', value: 'baton_sso' },
      { name: 'SCIM', value: 'baton_scim' },
    ]
    const changed = await call('PUT', `ticket_fields/${id}`, { ticket_field: { custom_field_options: more } })
    expect(changed.body.ticket_field.custom_field_options[0]).toMatchObject({
      id: options[0].id,
      name: 'Single sign-on',
    })
    const taken = await call('POST', 'ticket_fields', {
      ticket_field: { type: 'tagger', title: 'Two', custom_field_options },
    })
    expect(taken.status).toBe(422)

    const { body } = await call('GET', 'ticket_forms')
    const [form] = body.ticket_forms
    const ticket_field_ids = [...form.ticket_field_ids, id]
    const saved = await call('PUT', `ticket_forms/${form.id}`, { ticket_form: { ticket_field_ids } })
    expect(saved.body.ticket_form.ticket_field_ids).toEqual(ticket_field_ids)
    expect((await call('DELETE', `ticket_fields/${id}`)).status).toBe(204)
    expect((await call('GET', `ticket_fields/${id}`)).status).toBe(404)
  })

  it('is for admins, and keeps system fields', async () => {
    await using account = await startSmallAccount()
    const field = { ticket_field: { type: 'text', title: 'x' } }
    expect((await account.as(account.ana)('POST', 'ticket_fields', field)).status).toBe(403)
    const subject = Object.values(account.world.state.ticket_fields)[0]!
    expect((await account.as(account.lea)('DELETE', `ticket_fields/${subject.id}`)).status).toBe(422)
  })

  it('knows organisation fields by their key', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const organization_field = { type: 'integer', title: 'ARR', key: 'arr' }
    expect((await call('POST', 'organization_fields', { organization_field })).status).toBe(201)
    expect((await call('GET', 'organization_fields/arr')).body.organization_field.title).toBe('ARR')
    const made = await call('POST', 'organizations', {
      organization: { name: 'Acme', organization_fields: { arr: 12 } },
    })
    expect(made.body.organization.organization_fields).toEqual({ arr: 12 })
  })
})
