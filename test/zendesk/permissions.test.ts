import { describe, expect, it } from 'vitest'
import { startSmallAccount } from './small-account.ts'

describe('who may', () => {
  it('is asked for credentials, except by users/me, which answers 200 with nobody', async () => {
    await using account = await startSmallAccount()
    const tickets = await fetch(`${account.zendesk.url}/api/v2/tickets.json`)
    expect([tickets.status, await tickets.json()]).toEqual([401, { error: "Couldn't authenticate you" }])
    const me = await fetch(`${account.zendesk.url}/api/v2/users/me.json`)
    expect([me.status, (await me.json()).user.id]).toEqual([200, null])
    expect((await account.as(account.ana)('GET', 'users/me')).body.user.id).toBe(account.ana.id)
  })

  it('is no end user', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    for (const [method, path] of [
      ['GET', `tickets/${id}`],
      ['PUT', `tickets/${id}`],
      ['GET', 'users'],
      ['GET', 'groups'],
    ]) {
      const { status } = await account.as(account.jane)(method!, path!, method === 'PUT' ? { ticket: {} } : undefined)
      expect([401, 403]).toContain(status)
    }
  })

  it('is within the scopes of the token: tickets:read does not reach audits', async () => {
    await using account = await startSmallAccount()
    const { world, ana } = account
    const { id } = account.aTicket()
    const withToken = (scopes: string[]) => {
      const token = world.nextToken(20)
      world.state.oauth_tokens[world.nextId('oauth_token')] = {
        ...{ id: 1, token, refresh_token: null, client_id: 1, user_id: ana.id, scopes },
        ...{ expires_at: null, refresh_expires_at: null, revoked: false },
      }
      const headers = { authorization: `Bearer ${token}` }
      return async (path: string) => (await fetch(`${account.zendesk.url}/api/v2/${path}`, { headers })).status
    }
    const narrow = withToken(['tickets:read'])
    expect([await narrow(`tickets/${id}`), await narrow(`tickets/${id}/audits`), await narrow('groups')]).toEqual([
      200, 403, 403,
    ])
    expect(await withToken(['read'])(`tickets/${id}/audits`)).toBe(200)
  })
})

describe('a light agent', () => {
  it('comments privately, whatever they ask for', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const ticket = { comment: { body: 'Hm', public: true } }
    const { status, body } = await account.as(account.max)('PUT', `tickets/${id}`, { ticket })
    expect([status, body.audit.events[0].public]).toEqual([200, false])
  })

  it('changes nothing else', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const ticket = { comment: { body: 'Hm' }, tags: ['x'] }
    expect((await account.as(account.max)('PUT', `tickets/${id}`, { ticket })).status).toBe(403)
    expect(account.world.state.comments[id]).toHaveLength(1)
  })
})

describe('an agent restricted to their groups', () => {
  it('does not see the tickets of others', async () => {
    await using account = await startSmallAccount()
    account.elif.ticket_restriction = 'groups'
    const hidden = account.aTicket({ group_id: account.support.id })
    const seen = account.aTicket({ group_id: account.identity.id })
    const call = account.as(account.elif)
    expect((await call('GET', `tickets/${hidden.id}`)).status).toBe(404)
    expect((await call('PUT', `tickets/${hidden.id}`, { ticket: { priority: 'low' } })).status).toBe(404)
    expect((await call('GET', `tickets/${seen.id}`)).status).toBe(200)
    expect((await call('GET', 'tickets')).body.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([seen.id])
    expect((await call('GET', 'search?query=type:ticket')).body.count).toBe(1)
  })
})
