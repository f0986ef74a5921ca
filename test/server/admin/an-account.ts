import { randomBytes } from 'node:crypto'
import { type Administration, administer } from '../../../server/admin/administer.ts'
import { NO_CHANNELS } from '../../../server/config.ts'
import { type Context, createContext } from '../../../server/context.ts'
import { createStoppedClock } from '../../support/clock.ts'
import { createTestDatabase } from '../../support/database.ts'
import { companyState, DEMO_CLIENT } from '../../zendesk/seed/company.ts'
import { type LocalZendesk, startZendesk } from '../../zendesk/server.ts'
import type { State, User } from '../../zendesk/state/model.ts'

/** The demo company's account, where nobody has set Baton up yet, and what an admin does there. */
export type AnAccount = AsyncDisposable & {
  zendesk: LocalZendesk
  state: State
  context: Context
  administration: Administration
  /** The user who owns our OAuth client. */
  integration: User
  /** `POST /api/v2/webhooks` and the like: every call so far that was to change something. */
  writes(): string[]
}

export async function anAccount({ clientSecret = DEMO_CLIENT.secret } = {}): Promise<AnAccount> {
  await using opened = new AsyncDisposableStack()
  const clock = createStoppedClock('2026-03-06 10:00Z')
  const database = opened.use(await createTestDatabase())
  const zendesk = opened.use(await startZendesk({ clock, state: await companyState(clock.now()) }))
  const { state } = zendesk.world
  const context = opened.use(
    await createContext(
      {
        port: 0,
        publicUrl: 'https://baton.northwind.example',
        home: '/nonexistent',
        databaseUrl: database.url,
        key: randomBytes(32),
        zendesk: {
          subdomain: state.account.subdomain,
          url: zendesk.url,
          clientId: DEMO_CLIENT.identifier,
          clientSecret,
        },
        appSecret: null,
        policyFile: null,
        history: null,
        notify: NO_CHANNELS,
        engineering: { secrets: {}, hosts: {} },
        logLevel: 'silent',
      },
      { clock, isDriven: true },
    ),
  )
  const closing = opened.move()
  return {
    ...{ zendesk, state, context },
    administration: administer(context, { wait: clock.advance }),
    integration: Object.values(state.users).find(({ name }) => name === 'Baton')!,
    writes: () =>
      zendesk.requests
        .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/'))
        .map(({ method, path }) => `${method} ${path}`),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}
