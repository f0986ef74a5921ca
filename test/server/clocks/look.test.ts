import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ZendeskError } from '../../../server/zendesk/error.ts'
import { type TimedAccount, timedAccount } from './timed-account.ts'

let account: TimedAccount
beforeEach(async () => {
  account = await timedAccount()
})
afterEach(() => account[Symbol.asyncDispose]())

const stamps = /show_many/
const audits = /\/audits/
const kinds = async (ticketId: number) => (await account.told(ticketId)).map(({ kind }) => kind)

describe('before something is told', () => {
  it('tickets that changed in Zendesk are read, so that nothing is told of what is over', async () => {
    const [answered, forgotten] = [await account.anEscalation(), await account.anEscalation()]
    await account.advance(50)
    // The webhook of this answer never comes.
    account.change(account.people.specialist, answered, { comment: { body: 'We are on it.', public: true } })
    await account.advance(10)
    await account.sweep.pass()
    expect(await kinds(answered)).toEqual([])
    expect(await kinds(forgotten)).toEqual(['clock-warned'])
  })

  it('a ticket that was deleted is found to be gone, and nobody is told', async () => {
    const ticketId = await account.anEscalation()
    await account.advance(60)
    account.ticket(ticketId).status = 'deleted'
    await account.sweep.pass()
    expect((await account.eventsOf(ticketId)).at(-1)).toBe('ticket-ended')
    expect((await account.effectsOf(ticketId)).map(({ kind }) => kind)).not.toContain('tell-ticket')
    expect(await account.dueAt(ticketId)).toBeNull()
  })

  it('one call asks for all that is due, and tickets that did not change cost no more', async () => {
    const tickets: number[] = []
    for (let count = 0; count < 10; count++) tickets.push(await account.anEscalation())
    await account.advance(2)
    for (const ticketId of tickets) await account.look(ticketId)
    const before = account.countCalls('GET', audits)
    await account.advance(58)
    await account.sweep.pass()
    expect(account.countCalls('GET', stamps)).toBe(1)
    expect(account.countCalls('GET', audits)).toBe(before)
  })

  it.each([
    ['is away', { status: 503, body: '{}' }],
    ['says that we ask too often', { status: 429, headers: { 'retry-after': '600' }, body: '{}' }],
    ['answers nonsense', { status: 200, body: '{"tickets":"none"}' }],
  ])('a Zendesk that %s is not waited for', async (_, answer) => {
    const ticketId = await account.anEscalation()
    await account.advance(60)
    account.answerNext('GET', stamps, answer)
    expect(await account.sweep.pass()).toBe(1)
    expect(await kinds(ticketId)).toEqual(['clock-warned'])
    expect(account.words()).toContain('timers.unseen')
  })

  it('a Zendesk that never answers is given up after a while, and then left alone for half a minute', async () => {
    const ticketId = await account.anEscalation()
    let asked = 0
    const sweep = account.anotherSweep({
      lookMs: 1,
      zendeskOf: () => {
        asked += 1
        return new Promise(() => {})
      },
    })
    await account.advance(60)
    expect(await sweep.pass()).toBe(1)
    expect(await kinds(ticketId)).toEqual(['clock-warned'])
    await account.tamper(ticketId, { nextDueAt: account.clock.now() })
    await sweep.pass()
    expect(asked).toBe(1)
    await account.clock.advance(31_000)
    await account.tamper(ticketId, { nextDueAt: account.clock.now() })
    await sweep.pass()
    expect(asked).toBe(2)
  })

  it('one ticket that cannot be read keeps nobody else from being read', async () => {
    const [broken, answered] = [await account.anEscalation(), await account.anEscalation()]
    await account.advance(50)
    for (const ticketId of [broken, answered]) {
      account.change(account.people.specialist, ticketId, { comment: { body: 'We are on it.', public: true } })
    }
    await account.advance(10)
    account.answerNext('GET', new RegExp(`tickets/${broken}/audits`), { status: 403, body: '{}' }, 5)
    await account.sweep.pass()
    expect(await kinds(broken)).toEqual(['clock-warned'])
    expect(await kinds(answered)).toEqual([])
  })

  it('what the error says of when to come back is kept to', async () => {
    const ticketId = await account.anEscalation()
    let asked = 0
    const retryAt = account.clock.now() + 2 * 3_600_000
    const sweep = account.anotherSweep({
      zendeskOf: () => {
        asked += 1
        throw new ZendeskError('rate-limited', 'GET answered 429', { reason: 'rate-limit', retryAt })
      },
    })
    for (const minutes of [60, 59]) {
      await account.advance(minutes)
      await account.tamper(ticketId, { nextDueAt: account.clock.now() })
      await sweep.pass()
    }
    expect(asked).toBe(1)
  })
})
