import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inAccount } from '../../../server/db/in-account.ts'
import { applyFacts } from '../../../server/engine/engine.ts'
import { aCommand, aDecision, commandId } from '../../core/escalation/facts.ts'
import { type ServedAccount, serveAccount } from './served-account.ts'

let account: ServedAccount
beforeAll(async () => {
  account = await serveAccount()
})
afterAll(() => account[Symbol.asyncDispose]())

let ticketId = 5000
let mark = 'A'.charCodeAt(0)

/** A command for a ticket of its own. */
function newCommand() {
  ticketId += 1
  const id = commandId(String.fromCharCode(mark++))
  const fact = aCommand()
  return { ticketId, id, fact: { ...fact, envelope: { ...fact.envelope!, ticket: ticketId, id } } }
}

async function apply(ticket: number, facts: Parameters<typeof applyFacts>[2]['facts']) {
  const { accountId, deps } = account
  const now = account.clock.now()
  const calendars = await deps.calendars.of(accountId)
  return inAccount(deps.db, accountId, (tx) =>
    applyFacts(tx, deps.jobs, { accountId, ticketId: ticket, facts, now, calendars, followUp: deps.followUp }),
  )
}

const rowsOf = (ticket: number) =>
  inAccount(account.deps.db, account.accountId, (tx) =>
    tx.selectFrom('escalation').selectAll().where('ticket_id', '=', ticket).execute(),
  )

describe('applying facts', () => {
  it('keeps state, row, event, effect and job together', async () => {
    const { ticketId: ticket, id, fact } = newCommand()
    await apply(ticket, [fact])
    expect(await rowsOf(ticket)).toMatchObject([
      { command_id: id, stage: 'requested', tier: 2, queue: 'identity', severity: 'P2', urgency: 62, requested_by: 11 },
    ])
    expect(await account.eventsOf(ticket)).toEqual(['requested'])
    expect(await account.effectsOf(ticket)).toMatchObject([{ id: `${id}.route.${ticket}`, state: 'pending' }])
    expect((await account.jobs.counts()).act.waiting).toBe(1)
  })

  it('keeps none of it when the transaction fails', async () => {
    const { ticketId: ticket, fact } = newCommand()
    const { accountId, deps } = account
    const calendars = await deps.calendars.of(accountId)
    const failing = inAccount(deps.db, accountId, async (tx) => {
      await applyFacts(tx, deps.jobs, {
        accountId,
        ticketId: ticket,
        facts: [fact],
        now: account.clock.now(),
        calendars,
        followUp: deps.followUp,
      })
      throw new Error('killed')
    })
    await expect(failing).rejects.toThrow('killed')
    expect(await rowsOf(ticket)).toEqual([])
    expect(await account.eventsOf(ticket)).toEqual([])
    expect(await account.effectsOf(ticket)).toEqual([])
  })

  it('folds the same facts once when they are applied at the same time', async () => {
    const { ticketId: ticket, fact } = newCommand()
    await apply(ticket, [{ kind: 'read', auditId: 1 }])
    await Promise.all(Array.from({ length: 6 }, () => apply(ticket, [fact])))
    expect(await rowsOf(ticket)).toHaveLength(1)
    expect(await account.eventsOf(ticket)).toEqual(['requested'])
  })

  it('gives escalations that begin at the same time numbers without gaps or doubles', async () => {
    const commands = Array.from({ length: 8 }, newCommand)
    await Promise.all(commands.map(({ ticketId: ticket, fact }) => apply(ticket, [fact])))
    const rows = (await Promise.all(commands.map(({ ticketId: ticket }) => rowsOf(ticket)))).flat()
    const numbers = rows.map(({ id }) => Number(id.slice(-6))).toSorted((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index))
  })

  it('updates the row of an escalation that is amended', async () => {
    const { ticketId: ticket, fact } = newCommand()
    await apply(ticket, [fact])
    const envelope = { ...fact.envelope, verb: 'amend' as const, id: commandId('Z') }
    await apply(ticket, [{ ...fact, auditId: 120, envelope, decision: aDecision({ tier: 3, queue: 'platform' }) }])
    expect(await rowsOf(ticket)).toMatchObject([{ tier: 3, queue: 'platform' }])
  })
})
