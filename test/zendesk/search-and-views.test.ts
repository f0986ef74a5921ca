import { describe, expect, it } from 'vitest'
import { startSmallAccount } from './small-account.ts'
import { updateTicket } from './tickets/create.ts'

describe('search', () => {
  it.each([
    ['type:ticket tags:vip', [2]],
    ['type:ticket status<solved', [1, 2]],
    ['type:ticket status:solved', [3]],
    ['type:ticket priority>=high', [2]],
    ['type:ticket tags:vip tags:sso', [2, 3]],
    ['type:ticket -tags:vip', [1, 3]],
    ['type:ticket assignee:none', [1, 2]],
    ['type:ticket assignee:me', [3]],
    ['type:ticket group:"Identity specialists"', [2]],
    ['type:ticket requester:jane@acme.example external_id:X', [1]],
    ['type:ticket created>2026-03-05', [1, 2, 3]],
    ['type:ticket created>2026-03-06', []],
    ['type:ticket invoice', [1]],
  ])('finds %s', async (query, ids) => {
    await using account = await startSmallAccount()
    account.aTicket({ external_id: 'X', comment: { body: 'The invoice is wrong' } })
    account.aTicket({ tags: ['vip'], priority: 'urgent', group_id: account.identity.id })
    const { id } = account.aTicket({ tags: ['sso'] })
    updateTicket(account.world, account.ana, id, { status: 'solved' })
    const { body } = await account.as(account.ana)('GET', `search.json?query=${encodeURIComponent(query)}`)
    expect(body.results.map((row: { id: number }) => row.id).sort()).toEqual(ids)
    expect(body.count).toBe(ids.length)
  })

  it('finds people, organisations and groups, each under its kind', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const people = await call('GET', 'search?query=type:user%20jane')
    expect(people.body.results).toMatchObject([{ id: account.jane.id, result_type: 'user' }])
    const groups = await call('GET', 'search?query=type:group%20identity')
    expect(groups.body.results).toMatchObject([{ name: 'Identity specialists', result_type: 'group' }])
  })

  it('refuses cursors, and more than 1,000 results', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    expect((await call('GET', 'search?query=x&page[size]=10')).status).toBe(400)
    const { status, body } = await call('GET', 'search?query=type:ticket&page=11&per_page=100')
    expect([status, body.error]).toEqual([422, 'invalid'])
    expect(body.description).toMatch(/^Invalid search: /)
  })

  it('exports with cursors and wants the type outside the query', async () => {
    await using account = await startSmallAccount()
    account.aTicket()
    const call = account.as(account.ana)
    const { body } = await call('GET', 'search/export?query=sso&filter[type]=ticket&page[size]=100')
    expect([body.results.length, body.meta.has_more]).toEqual([1, false])
    expect((await call('GET', 'search/export?query=type:ticket&filter[type]=ticket')).status).toBe(422)
  })
})

describe('views', () => {
  it('show the tickets that meet their conditions, for whoever looks', async () => {
    await using account = await startSmallAccount()
    const mine = account.aTicket({ group_id: account.identity.id })
    account.aTicket({ group_id: account.support.id })
    const all = [
      { field: 'status', operator: 'less_than', value: 'solved' },
      { field: 'group_id', operator: 'is', value: 'current_groups' },
    ]
    const made = await account.as(account.lea)('POST', 'views', { view: { title: 'My groups', all } })
    expect([made.status, made.body.view.conditions.all]).toEqual([201, all])
    const { id } = made.body.view
    const { body } = await account.as(account.elif)('GET', `views/${id}/tickets.json`)
    expect(body.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([mine.id])
    expect((await account.as(account.elif)('GET', `views/${id}/count`)).body.view_count.value).toBe(1)
  })

  it('need a condition that bounds them', async () => {
    await using account = await startSmallAccount()
    const all = [{ field: 'current_tags', operator: 'includes', value: 'x' }]
    expect((await account.as(account.lea)('POST', 'views', { view: { title: 'All', all } })).status).toBe(422)
  })
})
