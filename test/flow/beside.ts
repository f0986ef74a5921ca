import { administer } from '../../server/admin/administer.ts'
import { type Context, createContext } from '../../server/context.ts'
import { inAccount } from '../../server/db/in-account.ts'
import { createTestDatabase } from '../support/database.ts'
import type { TestWorld } from '../support/world.ts'

/** Another Baton with an empty database, set up against the same Zendesk by the same admin. */
export type Beside = AsyncDisposable & {
  context: Context
  /** Looks at a ticket, and does whatever follows from that. */
  look(ticketId: number): Promise<void>
}

export async function beside({ context: first, zendesk }: TestWorld): Promise<Beside> {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await createTestDatabase())
  const { config, clock } = first
  const context = opened.use(await createContext({ ...config, databaseUrl: database.url }, { clock, isDriven: true }))
  await administer(context).setup()
  const { db, jobs, handlers, timers, account } = context
  const closing = opened.move()

  return {
    context,
    async look(ticketId) {
      const { id: accountId } = account
      await inAccount(db, accountId, (tx) => jobs.enqueue(tx, 'observe', { accountId, ticketId }))
      while ((await jobs.settle(handlers)) + (await timers.sweep.pass()) > 0) await zendesk.settle()
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
