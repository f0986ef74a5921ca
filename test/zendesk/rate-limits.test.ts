import { describe, expect, it } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '../../core/units.ts'
import { startSmallAccount } from './small-account.ts'

describe('rate limits', () => {
  it('tell what is left in all header families', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const { headers } = await account.as(account.ana)('PUT', `tickets/${id}`, { ticket: { priority: 'low' } })
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-rate-limit': '700',
      'x-rate-limit-remaining': '699',
      'ratelimit-limit': '700',
      'ratelimit-remaining': '699',
      'ratelimit-reset': '60',
      'zendesk-ratelimit-tickets-update': 'total=100; remaining=99; resets=60',
      'zendesk-ratelimit-per-ticket-updates': 'total=30; remaining=29; resets=600',
    })
  })

  it('refuse the account’s next call, and waiting as long as told is enough', async () => {
    await using account = await startSmallAccount({ limits: { accountPerMinute: 2 } })
    const call = account.as(account.ana)
    await call('GET', 'groups')
    await account.clock.advance(20 * SECOND_MS)
    await call('GET', 'groups')
    const refused = await call('GET', 'groups')
    expect([refused.status, refused.body.error]).toEqual([429, 'APIRateLimitExceeded'])
    expect(refused.headers.get('retry-after')).toBe('40')
    await account.clock.advance(40 * SECOND_MS)
    expect((await call('GET', 'groups')).status).toBe(200)
  })

  it('let one user update one ticket 30 times in 10 minutes, tags included, and others still may', async () => {
    await using account = await startSmallAccount()
    const { id } = account.aTicket()
    const call = account.as(account.ana)
    for (let turn = 0; turn < 30; turn++) {
      const { status } = turn % 2 ? await call('PUT', `tickets/${id}/tags`, { tags: [`t${turn}`] }) : await put(turn)
      expect(status).toBe(200)
    }
    const refused = await put(30)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '600'])
    const other = await account.as(account.lea)('PUT', `tickets/${id}`, { ticket: { subject: 'by Lea' } })
    expect(other.status).toBe(200)
    await account.clock.advance(10 * MINUTE_MS)
    expect((await put(31)).status).toBe(200)

    function put(turn: number) {
      return call('PUT', `tickets/${id}`, { ticket: { subject: `turn ${turn}` } })
    }
  })

  it('let the account put 100 tickets a minute', async () => {
    await using account = await startSmallAccount({ limits: { ticketUpdatesPerMinute: 3 } })
    const ids = [1, 2, 3, 4].map(() => account.aTicket().id)
    const statuses: number[] = []
    for (const id of ids) {
      statuses.push((await account.as(account.ana)('PUT', `tickets/${id}`, { ticket: { priority: 'low' } })).status)
    }
    expect(statuses).toEqual([200, 200, 200, 429])
  })
})
