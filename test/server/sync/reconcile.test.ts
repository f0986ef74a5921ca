import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import { inAccount } from '../../../server/db/in-account.ts'
import { lastReconcile, reconcile } from '../../../server/sync/reconcile.ts'
import type { TicketChanges } from '../../zendesk/tickets/changes.ts'
import { type ServedAccount, serveAccount } from '../engine/served-account.ts'

let account: ServedAccount
beforeEach(async () => {
  account = await serveAccount()
  account.deps.history = 400 * DAY_MS
})
afterEach(() => account[Symbol.asyncDispose]())

const inOurs = <T>(run: Parameters<typeof inAccount<T>>[2]) => inAccount(account.database.db, account.accountId, run)
const found = () => inOurs(lastReconcile)
const queue = (name: 'catch-up' | 'reconcile') =>
  account.jobs.enqueue(account.database.db, name, { accountId: account.accountId })

async function advance(ms: number): Promise<void> {
  await account.clock.advance(ms)
  await account.settle()
}

/** Catching up, and the past, which is read at once. */
async function begin(): Promise<void> {
  await queue('catch-up')
  const history = { accountId: account.accountId, export: 'tickets-history' as const }
  await account.jobs.enqueue(account.database.db, 'sync', history)
  await queue('reconcile')
  await account.settle()
  await advance(10 * MINUTE_MS)
}

describe('the daily comparison of the record with the tickets', () => {
  it('finds nothing where all is well, and passes once a day', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    await begin()
    const first = await found()
    expect(first).toMatchObject({ missed: 0, gone: 0, differing: 0 })
    await advance(DAY_MS - HOUR_MS)
    expect((await found())!.at).toBe(first!.at)
    await advance(HOUR_MS)
    expect(await found()).toMatchObject({ at: account.clock.now(), missed: 0, gone: 0, differing: 0 })
  })

  it('has a ticket looked at that webhooks and catching up both missed', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    await account.clock.advance(30 * DAY_MS)
    // As after a record that was lost: the export is past it.
    await begin()
    expect(await found()).toMatchObject({ missed: 1 })
    expect(await account.eventsOf(ticketId)).toContain('requested')
    await advance(DAY_MS)
    expect(await found()).toMatchObject({ missed: 0 })
  })

  it('ends the escalation of a ticket that was deleted without a word', async () => {
    const ticketId = account.aTicket()
    account.send(account.people.agent, ticketId)
    await account.look(ticketId)
    await begin()
    account.ticket(ticketId).status = 'deleted'
    await inOurs((tx) =>
      tx.updateTable('zendesk_ticket').set({ standing: 'deleted' }).where('ticket_id', '=', ticketId).execute(),
    )
    await advance(DAY_MS)
    expect(await found()).toMatchObject({ gone: 1 })
    expect(await account.eventsOf(ticketId)).toContain('ticket-ended')
    await advance(DAY_MS)
    expect(await found()).toMatchObject({ gone: 0 })
  })

  describe('a ticket whose stage field says something else', () => {
    let ticketId: number
    beforeEach(async () => {
      ticketId = account.aTicket({ tags: ['vip'] })
      account.send(account.people.agent, ticketId)
      await account.look(ticketId)
      await begin()
    })

    const stageField = () => account.installation.fields.stage!
    const stageOf = () => account.ticket(ticketId).custom_fields[stageField()] ?? null
    const shown = async () => (await account.effectsOf(ticketId)).filter(({ kind }) => kind === 'show-stage')
    const asAgent = (changes: TicketChanges) => account.change(account.people.agent, ticketId, changes)

    it('says the stage again, once, and nothing else is touched', async () => {
      asAgent({ custom_fields: [{ id: stageField(), value: null }], priority: 'low' })
      expect(stageOf()).toBeNull()
      await advance(3 * MINUTE_MS)
      const { tags } = account.ticket(ticketId)
      await advance(DAY_MS)
      expect(await found()).toMatchObject({ differing: 1 })
      expect(stageOf()).toBe('baton_stage_requested')
      expect(account.ticket(ticketId)).toMatchObject({ priority: 'low' })
      expect(account.ticket(ticketId).tags.toSorted()).toEqual([...tags, 'baton_stage_requested'].toSorted())
      const first = (await found())!.at
      await advance(3 * MINUTE_MS)
      await advance(DAY_MS)
      expect((await found())!.at).toBeGreaterThan(first)
      expect(await found()).toMatchObject({ missed: 0, gone: 0, differing: 0 })
      expect(await shown()).toMatchObject([{ state: 'done' }])
      // Emptied once more, it is said once more.
      asAgent({ custom_fields: [{ id: stageField(), value: 'baton_stage_fixing' }] })
      await advance(3 * MINUTE_MS)
      await advance(DAY_MS)
      expect(stageOf()).toBe('baton_stage_requested')
      expect(await shown()).toHaveLength(2)
    })

    it('is written once by a pass that runs twice, and keeps why it could not be', async () => {
      const lost = JSON.stringify({})
      await inOurs((tx) => tx.updateTable('zendesk_ticket').set({ fields: lost }).execute())
      account.answerNext('PUT', /tickets\/\d+/, { status: 403, body: '{"error":"Forbidden"}' })
      const writes = account.countCalls('PUT', /tickets/)
      await account.clock.advance(DAY_MS)
      const pass = { accountId: account.accountId }
      await Promise.all([reconcile(pass, account.deps), reconcile(pass, account.deps)])
      await account.settle()
      expect(account.countCalls('PUT', /tickets/)).toBe(writes + 1)
      expect(await shown()).toMatchObject([{ state: 'refused', last_error: expect.stringMatching(/./) }])
    })

    it('is left alone when it is closed', async () => {
      const { agent } = account.people
      asAgent({ custom_fields: [{ id: stageField(), value: null }], status: 'closed', assignee_id: agent.id })
      await advance(3 * MINUTE_MS)
      await advance(DAY_MS)
      expect(await found()).toMatchObject({ differing: 0 })
      expect(await shown()).toEqual([])
    })
  })
})
