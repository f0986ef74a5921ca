import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TellCustomer } from '../../../core/customer/effect.ts'
import { NO_DATES } from '../../../core/customer/write.ts'
import { HOUR_MS } from '../../../core/units.ts'
import { act } from '../../../server/act/act.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { keepEffects } from '../../../server/engine/record.ts'
import { aNote, type ServedAccount, serveAccount } from '../engine/served-account.ts'

let account: ServedAccount
beforeAll(async () => {
  account = await serveAccount()
})
afterAll(() => account[Symbol.asyncDispose]())

let count = 0

/** A message that is to go out on a ticket with a note in it. */
async function aTelling(overrides: Partial<TellCustomer> = {}): Promise<{ ticketId: number; effectId: string }> {
  const ticketId = account.aTicket()
  const afterAuditId = account.send(account.people.agent, ticketId)
  const { accountId, clock } = account
  const effect: TellCustomer = {
    ...{ kind: 'tell-customer', id: `told-${++count}`, escalationId: 'ESC-2026-000001', ticketId, afterAuditId },
    ...{ message: 'escalated', policyVersion: 'gone' },
    dates: { ...NO_DATES, expectedBy: clock.now() + 2 * HOUR_MS },
    ...overrides,
  }
  await inAccount(account.deps.db, accountId, (tx) => keepEffects(tx, [effect], { accountId, now: clock.now() }))
  return { ticketId, effectId: effect.id }
}

const tryOnce = (effectId: string) => act({ accountId: account.accountId, effectId }, account.deps)
const byBaton = (ticketId: number) =>
  account.zendesk.world.state.comments[ticketId]!.filter(
    (comment) => comment.public && comment.author_id === account.people.integration.id,
  )
const outcomeOf = async (ticketId: number, effectId: string) =>
  (await account.effectsOf(ticketId)).find(({ id }) => id === effectId)

describe('telling the customer', () => {
  it('is one public comment in their language, and nothing of the note is in it', async () => {
    const { ticketId, effectId } = await aTelling()
    const requester = account.zendesk.world.state.users[account.ticket(ticketId).requester_id!]!
    Object.assign(requester, { locale: 'de', iana_time_zone: 'Europe/Berlin' })
    await tryOnce(effectId)
    const [comment, ...more] = byBaton(ticketId)
    expect(more).toEqual([])
    expect(comment!.plain_body).toContain(`Guten Tag ${requester.name},`)
    expect(comment!.plain_body).toMatch(/Sie hören bis .* von ihnen/)
    for (const text of [aNote().issue.summary, aNote().escalation_reason, ...aNote().steps_taken]) {
      expect(comment!.plain_body).not.toContain(text)
    }
    expect(await outcomeOf(ticketId, effectId)).toMatchObject({ state: 'done' })
  })

  it('happens once, also when the answer to it was lost', async () => {
    const { ticketId, effectId } = await aTelling()
    account.answerNext('PUT', `/api/v2/tickets/${ticketId}`, 'after')
    await expect(tryOnce(effectId)).rejects.toThrow()
    await tryOnce(effectId)
    await tryOnce(effectId)
    expect(byBaton(ticketId)).toHaveLength(1)
    expect(await outcomeOf(ticketId, effectId)).toMatchObject({ state: 'done' })
  })

  it('is left to the agent who has written since, when it is an update', async () => {
    const { ticketId, effectId } = await aTelling({ message: 'update' })
    account.change(account.people.agent, ticketId, { comment: { body: 'We are nearly there.', public: true } })
    await tryOnce(effectId)
    expect(byBaton(ticketId)).toEqual([])
    expect(await outcomeOf(ticketId, effectId)).toMatchObject({ state: 'refused', last_error: 'overtaken' })
  })

  it('does not open a ticket to the customer that they cannot see', async () => {
    const { ticketId, effectId } = await aTelling()
    account.ticket(ticketId).is_public = false
    await tryOnce(effectId)
    expect(byBaton(ticketId)).toEqual([])
    expect(account.ticket(ticketId).is_public).toBe(false)
    expect(await outcomeOf(ticketId, effectId)).toMatchObject({ state: 'refused', last_error: 'ticket-private' })
  })

  it.each(['closed', 'deleted'] as const)('is dropped quietly when the ticket was %s meanwhile', async (status) => {
    const { ticketId, effectId } = await aTelling()
    account.ticket(ticketId).status = status
    const events = await account.eventsOf(ticketId)
    await tryOnce(effectId)
    expect(await outcomeOf(ticketId, effectId)).toMatchObject({ state: 'refused' })
    expect(await account.eventsOf(ticketId)).toEqual(events)
  })

  it('goes without a name when the customer is gone', async () => {
    const { ticketId, effectId } = await aTelling()
    account.zendesk.world.state.users[account.ticket(ticketId).requester_id!]!.name = 'someone@example.com'
    await tryOnce(effectId)
    expect(byBaton(ticketId)[0]!.plain_body).toMatch(/^(Hello|Guten Tag),/)
  })

  it('waits out a Zendesk that is away', async () => {
    const { ticketId, effectId } = await aTelling()
    account.answerNext('GET', `/api/v2/tickets/${ticketId}`, { status: 503 })
    await expect(tryOnce(effectId)).rejects.toThrow()
    expect(await outcomeOf(ticketId, effectId)).toMatchObject({ state: 'pending', attempts: 1 })
    await tryOnce(effectId)
    expect(byBaton(ticketId)).toHaveLength(1)
  })
})
