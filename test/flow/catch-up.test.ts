import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../core/units.ts'
import { createContext } from '../../server/context.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { start } from '../../server/start.ts'
import { aNote } from '../support/notes.ts'
import { startWorld, type TestWorld } from '../support/world.ts'

describe('a note that nobody told the server of', () => {
  it('is picked up within two minutes, once, when Zendesk drops every webhook', async () => {
    await using world = await startWorld()
    world.zendesk.world.faults.dropEveryNthWebhook = 1
    const tickets = Array.from({ length: 20 }, () => world.newTicket())
    for (const { id } of tickets) expect((await world.agent('Ana').send(id, aNote())).kind).toBe('sent')
    await world.settle()
    for (const { id } of tickets) expect(await world.events(id)).toEqual([])

    await world.advance({ minutes: 2 })

    for (const { id } of tickets) await expectHandedOver(world, id)
    await world.advance({ hours: 1 })
    for (const { id } of tickets) await expectHandedOver(world, id)
  })

  it('is picked up once when some webhooks are dropped, some doubled and all out of order', async () => {
    await using world = await startWorld()
    Object.assign(world.zendesk.world.faults, {
      dropEveryNthWebhook: 2,
      duplicateWebhooks: 1,
      reorderWebhooks: 3,
    })
    const tickets = Array.from({ length: 12 }, () => world.newTicket())
    await Promise.all(tickets.map(({ id }) => world.agent('Ana').send(id, aNote())))
    await world.settle()
    await world.advance({ minutes: 2 })
    for (const { id } of tickets) await expectHandedOver(world, id)
  })

  it('is picked up by a server that was down when it was sent, and by no second one again', async () => {
    await using world = await startWorld()
    const before = world.newTicket()
    await world.agent('Ana').send(before.id, aNote())
    await world.settle()
    await world.advance({ minutes: 2 })

    await world.baton[Symbol.asyncDispose]()
    const tickets = Array.from({ length: 5 }, () => world.newTicket())
    for (const { id } of tickets) await world.agent('Ben').send(id, aNote())
    await world.zendesk.settle()
    await world.zendesk.world.clock.advance(3 * DAY_MS)

    await using back = await startAgain(world)
    await using second = await startAgain(world)
    await back.settle()
    await second.settle()
    await back.settle()

    for (const { id } of [before, ...tickets]) {
      expect(await back.events(id)).toEqual(['requested', 'routed'])
      expect(world.groupOf(id)).toBe('Identity specialists')
    }
  })

  it('shows in what an operator watches', async () => {
    await using world = await startWorld()
    expect(await readiness(world)).toMatchObject({ catchUp: 'never' })
    await world.settle()
    expect(await readiness(world)).toMatchObject({ catchUp: 'current' })
    world.zendesk.world.faults.answers.push({
      ...{ method: 'GET', path: /incremental/, times: 1 },
      answer: { status: 403, body: '{"error":"Forbidden"}' },
    })
    await world.advance({ minutes: 1 })
    expect(await readiness(world)).toMatchObject({ database: 'ok', jobs: 'ok', catchUp: 'denied' })
    const metrics = await (await fetch(`${world.baton.url}/metrics`)).text()
    expect(metrics).toContain('baton_catch_up_lag_seconds 60')
    expect(metrics).toContain('baton_catch_up_failures_total{failure="denied"} 1')
    await world.advance({ minutes: 1 })
    expect(await readiness(world)).toMatchObject({ catchUp: 'current' })
  })
})

async function expectHandedOver(world: TestWorld, ticketId: number): Promise<void> {
  expect(await world.events(ticketId)).toEqual(['requested', 'routed'])
  expect(world.groupOf(ticketId)).toBe('Identity specialists')
}

/** Answers 200 throughout: none of this keeps webhooks from being stored. */
async function readiness(world: TestWorld): Promise<unknown> {
  const answer = await fetch(`${world.baton.url}/readyz`)
  expect(answer.status).toBe(200)
  return answer.json()
}

/** Another server of the same database, at another port. */
async function startAgain({ context: { config, clock } }: TestWorld) {
  const context = await createContext({ ...config, port: 0 }, { clock, isDriven: true })
  const baton = await start(context, { host: '127.0.0.1', withWorkers: false })
  return {
    settle: () => context.jobs.settle(context.handlers),
    async events(ticketId: number) {
      const rows = await inAccount(context.db, context.account.id, (tx) =>
        tx.selectFrom('event').select('kind').where('ticket_id', '=', ticketId).orderBy('id').execute(),
      )
      return rows.map(({ kind }) => kind)
    },
    [Symbol.asyncDispose]: () => baton[Symbol.asyncDispose](),
  }
}
