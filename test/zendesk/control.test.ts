import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../core/units.ts'
import { startSmallAccount } from './small-account.ts'

describe('faults', () => {
  it('answer in place of Zendesk, as often as asked, first in first out', async () => {
    await using account = await startSmallAccount()
    const call = account.as(account.ana)
    account.world.faults.answers.push(
      { method: 'GET', path: '/api/v2/groups', times: 2, answer: { status: 503, body: 'busy' } },
      { method: 'GET', path: /groups/, times: 1, answer: { status: 429, headers: { 'retry-after': '7' } } },
    )
    const answers = [await call('GET', 'groups.json'), await call('GET', 'groups'), await call('GET', 'groups')]
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 429])
    expect(answers[2]!.headers.get('retry-after')).toBe('7')
    expect((await call('GET', 'groups')).status).toBe(200)
  })

  it('do the work and then fail, with `after`', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    account.world.faults.answers.push({ method: 'PUT', path: `/api/v2/tickets/${id}`, times: 1, answer: 'after' })
    const { status } = await account.as(account.ana)('PUT', `tickets/${id}`, { ticket: { priority: 'low' } })
    expect([status, account.world.state.tickets[id]?.priority]).toEqual([504, 'low'])
  })

  it('send half an answer, with `cut`', async () => {
    await using account = await startSmallAccount()
    account.world.faults.answers.push({ method: 'GET', path: '/api/v2/groups', times: 1, answer: 'cut' })
    await expect(account.as(account.ana)('GET', 'groups')).rejects.toThrow()
  })

  it('never answer, with `timeout`', async () => {
    await using account = await startSmallAccount()
    account.world.faults.answers.push({ method: 'GET', path: '/api/v2/groups', times: 1, answer: 'timeout' })
    const signal = AbortSignal.timeout(50)
    await expect(fetch(`${account.zendesk.url}/api/v2/groups`, { signal })).rejects.toThrow('aborted')
  })
})

describe('the control API', () => {
  it('moves the clock', async () => {
    await using account = await startSmallAccount()
    const at = account.clock.now()
    await control(account, 'clock', { hours: 1 })
    expect(account.clock.now()).toBe(at + HOUR_MS)
    expect((await control(account, 'clock')).now).toBe('2026-03-06T11:00:00.000Z')
  })

  it('sets faults and takes them back', async () => {
    await using account = await startSmallAccount()
    const answers = [{ method: 'GET', path: { pattern: '^/api/v2/groups$' }, answer: { status: 500 } }]
    await control(account, 'faults', { answers, duplicateWebhooks: 1 })
    expect(account.world.faults.duplicateWebhooks).toBe(1)
    expect((await account.as(account.ana)('GET', 'groups')).status).toBe(500)
    await control(account, 'faults', { answers })
    expect((await control(account, 'faults', { answers: [] })).waiting).toBe(0)
  })

  it('gives and takes the whole account', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const saved = await control(account, 'state')
    account.aTicket()
    await control(account, 'state', saved)
    expect(Object.keys(account.world.state.tickets)).toEqual([String(id)])
    expect(account.aTicket().id).toBe(id + 1)
    await control(account, 'settle', {})
  })

  it('is never under /api, and the API is never under it', async () => {
    await using account = await startSmallAccount()
    expect((await account.as(account.lea)('GET', '__local/state')).status).toBe(404)
    expect((await fetch(`${account.zendesk.url}/api/__local/state`)).status).toBe(404)
  })

  it('logs requests without their bodies', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    await account.as(account.ana)('PUT', `tickets/${id}.json?x=secret`, { ticket: { subject: 'secret' } })
    await control(account, 'settle', {})
    const [line] = account.zendesk.requests
    expect(line).toEqual({
      ...{ at: account.clock.now(), method: 'PUT', path: `/api/v2/tickets/${id}`, status: 200, caller: account.ana.id },
    })
    expect(JSON.stringify(account.zendesk.requests)).not.toContain('secret')
  })
})

async function control(account: { zendesk: { url: string } }, what: string, body?: unknown) {
  const response = await fetch(`${account.zendesk.url}/__local/${what}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return response.json()
}
