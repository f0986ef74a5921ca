import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketState } from '../../core/escalation/state.ts'
import { DAY_MS } from '../../core/units.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { readTicketState } from '../../server/engine/ticket-row.ts'
import { DEMO_POLICY } from '../demo/policy.ts'
import { policyFile } from '../support/policy-file.ts'
import { startWorld, type TestWorld } from '../support/world.ts'
import { type History, historyState } from '../zendesk/history/history.ts'

const UNTIL = '2026-11-30T10:00:00Z'
let history: History
let world: TestWorld
let auditsBefore: Map<number, number>

beforeAll(async () => {
  const until = Date.parse(UNTIL)
  history = await historyState({
    ...{ tickets: 150, episodes: 30, from: until - 90 * DAY_MS, until, policy: DEMO_POLICY },
  })
  auditsBefore = auditsIn()
  world = await startWorld({
    at: UNTIL,
    zendesk: { state: history.state },
    config: { policyFile: policyFile(DEMO_POLICY) },
  })
  // Deadlines of the past are counted by the schedules, which are read first.
  await world.settle()
  const { account, db, jobs } = world.context
  const looks = finished()
    .concat(open())
    .map(({ ticketId }) => ({ accountId: account.id, ticketId }))
  await inAccount(db, account.id, (tx) => jobs.enqueueAll(tx, 'observe', looks))
  await world.settle()
})
afterAll(() => world?.[Symbol.asyncDispose]())

function auditsIn(): Map<number, number> {
  return new Map(Object.entries(history.state.audits).map(([id, audits]) => [Number(id), audits.length]))
}

/** Tickets that Zendesk still shows. */
function shown(): TicketState[] {
  return [...history.baton.states()].filter(({ ticketId }) => history.state.tickets[ticketId]!.status !== 'deleted')
}

function finished(): TicketState[] {
  return shown().filter(({ ticketId }) => history.baton.openOn(ticketId) === null)
}

function open(): TicketState[] {
  return shown().filter(({ ticketId }) => history.baton.openOn(ticketId) !== null)
}

/** What a record says of its escalations, without how often an update was tried. */
function essence({ escalations, refusals, moments, commands, told }: TicketState) {
  const lasting = escalations.map(({ routing: { attempts: _, ...routing }, ...rest }) => ({ ...rest, routing }))
  return { escalations: lasting, refusals, moments, commands, told }
}

describe('a generated history', () => {
  it('has about as many tickets and escalations as were asked for, most of them over', () => {
    expect(Object.keys(history.state.tickets)).toHaveLength(150)
    const escalations = shown().flatMap((state) => state.escalations)
    expect(escalations.length).toBeGreaterThan(24)
    expect(escalations.length).toBeLessThanOrEqual(30)
    expect(finished().length).toBeGreaterThan(open().length)
  })

  it('is rebuilt by a Baton with an empty database, ids included', async () => {
    const { account, db } = world.context
    for (const state of finished()) {
      const rebuilt = await inAccount(db, account.id, (tx) => readTicketState(tx, state.ticketId))
      expect(essence(rebuilt)).toEqual(essence(state))
    }
    const rows = await inAccount(db, account.id, (tx) => tx.selectFrom('escalation').select(['id', 'stage']).execute())
    const wanted = shown().flatMap((state) => state.escalations.map(({ id }) => id))
    expect(rows.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted())
  })

  it('is found as past cases and owed articles, though nobody is told of it again', async () => {
    const { account, db } = world.context
    const kept = await inAccount(db, account.id, async (tx) => ({
      cases: await tx.selectFrom('similar_case').select('escalation_id').where('is_gone', '=', false).execute(),
      debts: await tx.selectFrom('article_debt').select('escalation_id').execute(),
    }))
    const resolved = shown().flatMap(({ escalations }) => escalations.filter(({ resolution }) => resolution !== null))
    expect(resolved.length).toBeGreaterThan(10)
    expect(kept.cases.map((row) => row.escalation_id).toSorted()).toEqual(resolved.map(({ id }) => id).toSorted())
    const promised = resolved.filter(({ resolution }) => resolution!.article === 'drafted').map(({ id }) => id)
    expect(kept.debts.map((row) => row.escalation_id)).toEqual(expect.arrayContaining(promised))
  })

  it('leaves Baton nothing to do in tickets whose escalation is over, and nobody to tell', async () => {
    const after = auditsIn()
    for (const { ticketId } of finished())
      expect([ticketId, after.get(ticketId)]).toEqual([ticketId, auditsBefore.get(ticketId)])
    const { account, db } = world.context
    const notices = await inAccount(db, account.id, (tx) => tx.selectFrom('notice').select('ticket_id').execute())
    const over = new Set(finished().map(({ ticketId }) => ticketId))
    expect(notices.filter(({ ticket_id }) => over.has(ticket_id))).toEqual([])
  })

  it('is the same whenever it is made', async () => {
    const until = Date.parse(UNTIL)
    const options = { tickets: 70, episodes: 4, from: until - 60 * DAY_MS, until, policy: DEMO_POLICY }
    const [one, other] = [await historyState(options), await historyState(options)]
    expect(JSON.stringify(one.state.audits)).toBe(JSON.stringify(other.state.audits))
  })
})
