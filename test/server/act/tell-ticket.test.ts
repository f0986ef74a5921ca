import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TellTicket } from '../../../core/escalation/effects.ts'
import type { Instant } from '../../../core/units.ts'
import { act } from '../../../server/act/act.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { keepEffects } from '../../../server/engine/record.ts'
import { type ServedAccount, serveAccount } from '../engine/served-account.ts'

let account: ServedAccount
beforeAll(async () => {
  account = await serveAccount()
})
afterAll(() => account[Symbol.asyncDispose]())

const COMMENT = 'Resolution of L2 was due on Fri 6 Mar 11:00 UTC.'
let count = 0

/** A notice that is to be given for an escalated ticket. */
async function aNotice(notBefore: Instant | null = null): Promise<{ ticketId: number; effectId: string }> {
  const ticketId = account.aTicket()
  account.send(account.people.agent, ticketId)
  await account.look(ticketId)
  const [escalation] = (await account.stateOf(ticketId)).escalations
  const effect: TellTicket = {
    ...{ kind: 'tell-ticket', id: `tell-${++count}`, escalationId: escalation!.id, ticketId, notBefore },
    ...{ afterAuditId: account.zendesk.world.state.audits[ticketId]!.at(-1)!.id, comment: COMMENT },
  }
  const { accountId, clock } = account
  await inAccount(account.deps.db, accountId, (tx) => keepEffects(tx, [effect], { accountId, now: clock.now() }))
  return { ticketId, effectId: effect.id }
}

const tryOnce = (effectId: string) => act({ accountId: account.accountId, effectId }, account.deps)
const notices = (ticketId: number) =>
  account.zendesk.world.state.comments[ticketId]!.filter(({ plain_body }) => plain_body.includes(COMMENT))
const stateOf = async (ticketId: number) => (await account.effectsOf(ticketId)).at(-1)!.state

describe('telling a ticket’s people', () => {
  it('is one private comment of Baton’s that changes nothing else', async () => {
    const { ticketId, effectId } = await aNotice()
    const { status, group_id, tags, assignee_id } = account.ticket(ticketId)
    await tryOnce(effectId)
    expect(notices(ticketId)).toMatchObject([{ public: false, author_id: account.people.integration.id }])
    expect(account.ticket(ticketId)).toMatchObject({ status, group_id, tags, assignee_id })
    expect(await stateOf(ticketId)).toBe('done')
  })

  it('happens once, also when the answer to it was lost', async () => {
    const { ticketId, effectId } = await aNotice()
    account.answerNext('PUT', `/api/v2/tickets/${ticketId}`, 'after')
    await expect(tryOnce(effectId)).rejects.toThrow()
    await tryOnce(effectId)
    await tryOnce(effectId)
    expect(notices(ticketId)).toHaveLength(1)
    expect(await stateOf(ticketId)).toBe('done')
  })

  it('waits for the hours in which somebody reads it', async () => {
    const { ticketId, effectId } = await aNotice(account.clock.now() + 3_600_000)
    await tryOnce(effectId)
    await account.clock.advance(3_599_000)
    await account.settle()
    expect(notices(ticketId)).toEqual([])
    await account.clock.advance(1000)
    await account.settle()
    expect(notices(ticketId)).toHaveLength(1)
  })

  it.each(['closed', 'deleted'] as const)('is dropped quietly when the ticket was %s meanwhile', async (status) => {
    const { ticketId, effectId } = await aNotice()
    account.ticket(ticketId).status = status
    const [events, puts] = [await account.eventsOf(ticketId), account.countCalls('PUT', /tickets/)]
    await tryOnce(effectId)
    expect(await stateOf(ticketId)).toBe('refused')
    expect(account.countCalls('PUT', /tickets/)).toBe(puts)
    expect(await account.eventsOf(ticketId)).toEqual(events)
    expect(account.logged.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('is made private at once should Zendesk store it as public', async () => {
    const { ticketId, effectId } = await aNotice()
    account.withClient((client) => ({
      updateTicket: async (...update) => {
        const answer = await client.updateTicket(...update)
        const stored = account.zendesk.world.state.comments[ticketId]!.at(-1)!
        stored.public = true
        return { ...answer, audit: { ...answer.audit, comments: answer.audit.comments.map(toPublic) } }
      },
    }))
    await tryOnce(effectId)
    account.withClient(() => ({}))
    expect(notices(ticketId)).toMatchObject([{ public: false }])
    expect((await account.eventsOf(ticketId)).at(-1)).toBe('comment-was-public')
  })
})

function toPublic<T extends { isPublic: boolean }>(comment: T): T {
  return { ...comment, isPublic: true }
}
