import { describe, expect, it } from 'vitest'
import { startSmallAccount } from './small-account.ts'

describe('users', () => {
  it('are listed by role, searched by words or address, and shown together', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const names = async (path: string) =>
      (await call('GET', path)).body.users.map((user: { name: string }) => user.name)
    expect(await names('users.json?role=end-user')).toEqual(['Jane Hollis'])
    expect(await names('users/search?query=hol')).toEqual(['Jane Hollis'])
    expect(await names('users/search?query=email:lea@northwind.example')).toEqual(['Lea'])
    expect(await names(`users/show_many?ids=${account.ana.id},${account.max.id},1`)).toEqual(['Ana', 'Max'])
  })

  it('have addresses of their own', async () => {
    await using account = await startSmallAccount()
    const user = { name: 'Jane Two', email: 'JANE@acme.example' }
    const { status, body } = await account.as(account.lea)('POST', 'users', { user })
    expect([status, body.details.email[0].error]).toEqual([422, 'DuplicateValue'])
    const same = await account.as(account.lea)('POST', 'users/create_or_update', { user })
    expect([same.status, same.body.user.id, same.body.user.name]).toEqual([200, account.jane.id, 'Jane Two'])
  })

  it('get their role from admins only', async () => {
    await using account = await startSmallAccount()
    const user = { role: 'admin' }
    expect((await account.as(account.ana)('PUT', `users/${account.ana.id}`, { user })).status).toBe(403)
    expect((await account.as(account.lea)('PUT', `users/${account.ana.id}`, { user })).status).toBe(200)
  })
})

describe('groups and memberships', () => {
  it('tell who is in which, and which is the default', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const { body } = await call('GET', `users/${account.elif.id}/group_memberships?include=groups`)
    expect(body.group_memberships).toMatchObject([{ group_id: account.identity.id, default: true }])
    expect(body.groups[0].name).toBe('Identity specialists')
    const members = await call('GET', `groups/${account.support.id}/users`)
    expect(members.body.users.map((user: { name: string }) => user.name)).toEqual(['Ana', 'Lea', 'Max'])
  })

  it('have names of their own, and end users are never members', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    expect((await call('POST', 'groups', { group: { name: 'support' } })).status).toBe(422)
    const { body } = await call('POST', 'groups', { group: { name: 'Platform' } })
    const group_membership = { user_id: account.jane.id, group_id: body.group.id }
    expect((await call('POST', 'group_memberships', { group_membership })).status).toBe(422)
    const own = { user_id: account.ana.id, group_id: body.group.id }
    expect((await call('POST', 'group_memberships', { group_membership: own })).status).toBe(201)
    expect((await call('POST', 'group_memberships', { group_membership: own })).status).toBe(422)
  })
})

describe('organisations', () => {
  it('give new users of their domain a home, and their requests a group', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.lea)
    const organization = { name: 'Globex', domain_names: ['globex.example'], group_id: account.identity.id }
    const { body } = await call('POST', 'organizations', { organization })
    const requester = { name: 'Mira', email: 'mira@globex.example' }
    const made = await call('POST', 'tickets', { ticket: { requester, comment: { body: 'x' } } })
    expect(made.body.ticket).toMatchObject({ organization_id: body.organization.id, group_id: account.identity.id })
    const many = await call('GET', `organizations/show_many?ids=${body.organization.id}`)
    expect(many.body.organizations[0].name).toBe('Globex')
  })
})

describe('the account', () => {
  it('has its statuses, brand, locales and settings', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    const { body } = await call('GET', 'custom_statuses.json')
    expect(body.custom_statuses.map((one: { status_category: string }) => one.status_category)).toEqual([
      ...['new', 'open', 'pending', 'hold', 'solved'],
    ])
    expect((await call('GET', 'brands')).body.brands).toHaveLength(1)
    expect((await call('GET', 'locales')).body.locales[0].locale).toBe('en-US')
    expect((await call('GET', 'account/settings')).body.settings.tickets.tagging).toBe(true)
  })
})
