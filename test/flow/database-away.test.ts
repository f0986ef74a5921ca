import { chmodSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SECOND_MS } from '../../core/units.ts'
import { type EmbeddedDatabase, startEmbedded } from '../../server/db/embedded.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { findWrong, prepareHandOvers, readRecorded, sendHandOver } from '../support/hand-overs.ts'
import { aNote } from '../support/notes.ts'
import { temporaryHome } from '../support/temporary-home.ts'
import { startWorld, type TestWorld } from '../support/world.ts'
import type { Invocation } from '../zendesk/state/model.ts'

const limits = { accountPerMinute: 1e6, sessionPer5Minutes: 1e6, ticketUpdatesPerMinute: 1e6 }

let home: string
let database: EmbeddedDatabase
let world: TestWorld
beforeEach(async () => {
  home = temporaryHome('baton-away-flow-')
  // Root has PostgreSQL run as another user, who must get in.
  chmodSync(home, 0o755)
  database = await startEmbedded({ home })
  world = await startWorld({ databaseUrl: database.url, zendesk: { limits } })
})
afterEach(async () => {
  await world?.[Symbol.asyncDispose]()
  await database?.stop({ force: true })
  rmSync(home, { recursive: true, force: true })
})

const invocationsOf = (ticketId: number): Invocation[] =>
  Object.values(world.zendesk.world.state.invocations).filter(({ payload }) => ticketOf(payload) === ticketId)
const ticketOf = (payload: string) => Number(JSON.parse(payload).ticket_id)
const codesOf = ({ attempts }: Invocation) => attempts.map(({ status_code }) => status_code)

/** Time passes for Zendesk, which tries again what was answered 503. */
async function passSeconds(seconds: number): Promise<void> {
  await world.zendesk.world.clock.advance(seconds * SECOND_MS)
  await world.zendesk.settle()
}

async function readStored(): Promise<Set<string>> {
  const { db, account } = world.context
  const rows = await inAccount(db, account.id, (tx) =>
    tx.selectFrom('inbox_delivery').select('invocation_id').execute(),
  )
  return new Set(rows.map((row) => row.invocation_id))
}

describe('while the database is stopped', () => {
  it('a note is sent all the same, its webhook is refused for a while, and it is handed over afterwards', async () => {
    const before = world.newTicket()
    await world.agent('Ana').send(before.id, aNote())
    await world.settle()

    await database.stop({ force: true })
    const ticket = world.newTicket()
    expect(await world.agent('Ana').send(ticket.id, aNote())).toMatchObject({ kind: 'sent' })
    await world.zendesk.settle()
    await passSeconds(5)
    const [invocation] = invocationsOf(ticket.id)
    expect(codesOf(invocation!)).toEqual([503, 503])
    for (const { response } of invocation!.attempts) {
      expect(response!.headers).toContainEqual({ key: 'retry-after', value: '5' })
    }

    database = await startEmbedded({ home })
    await passSeconds(5)
    expect(codesOf(invocation!)).toEqual([503, 503, 202])
    await world.settle()
    for (const { id } of [before, ticket]) {
      expect(world.groupOf(id)).toBe('Identity specialists')
      expect(await world.events(id)).toEqual(['requested', 'routed'])
    }
  })

  it('the sidebar is told so in words, and gets its answer when it is back', async () => {
    const ticket = world.newTicket()
    await world.agent('Ana').send(ticket.id, aNote())
    await world.settle()
    const asked = () =>
      Promise.all([
        world.ask(`/api/tickets/${ticket.id}/escalation`),
        world.ask('/api/decide', {
          method: 'POST',
          body: JSON.stringify({ ticketId: ticket.id, note: aNote() }),
        }),
      ])
    expect((await asked()).map(({ status }) => status)).toEqual([200, 200])

    await database.stop({ force: true })
    for (const answer of await asked()) {
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(await answer.json()).toEqual({
        error: 'unavailable',
        message: 'The database does not answer; try again in a few seconds.',
      })
    }
    expect((await fetch(`${world.baton.url}/readyz`)).status).toBe(503)

    database = await startEmbedded({ home })
    expect((await asked()).map(({ status }) => status)).toEqual([200, 200])
    expect((await fetch(`${world.baton.url}/readyz`)).status).toBe(200)
    expect(await world.view(ticket.id)).toMatchObject({ escalation: { routing: { state: 'done' } } })
  })
})

describe('when the database is killed during a burst', () => {
  it('nothing is acknowledged that is not stored, and every note is handed over once', async () => {
    const handOvers = prepareHandOvers(world.zendesk, 60)
    const accepted = () =>
      Object.values(world.zendesk.world.state.invocations).filter((one) => one.status === 'success')
    const sending = Promise.all(handOvers.map(sendHandOver))
    await vi.waitUntil(() => accepted().length >= 10, { timeout: 20_000, interval: 1 })
    process.kill(database.pid()!, 'SIGKILL')
    expect(new Set(await sending)).toEqual(new Set(['sent']))
    await world.zendesk.settle()

    // It is started again by itself.
    await vi.waitUntil(async () => (await fetch(`${world.baton.url}/readyz`)).ok, { timeout: 20_000 })
    const acknowledged = accepted().map(({ id }) => id)
    const stored = await readStored()
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])

    await passSeconds(5)
    expect(accepted()).toHaveLength(60)
    await world.settle()
    const recorded = await inAccount(world.context.db, world.context.account.id, readRecorded)
    expect(handOvers.flatMap((handOver) => findWrong(handOver, world.zendesk, recorded))).toEqual([])
  })
})
