import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { administer } from '../../server/admin/administer.ts'
import { type Config, NO_CHANNELS } from '../../server/config.ts'
import { type Context, type ContextOverrides, createContext } from '../../server/context.ts'
import { readAppFiles } from '../../server/packaging/app-files.ts'
import { withPageAt } from '../../server/packaging/stage-app.ts'
import { type Running, start } from '../../server/start.ts'
import { installApp } from '../zendesk/apps/installations.ts'
import { companyState, DEMO_CLIENT } from '../zendesk/seed/company.ts'
import { type LocalZendesk, startZendesk, type ZendeskOptions } from '../zendesk/server.ts'
import type { MovableClock, World } from '../zendesk/world.ts'

/** What `npm run build` leaves for the package. */
export const BUILT_APP = path.resolve(import.meta.dirname, '../../dist/app')

export type LocalBaton = AsyncDisposable & {
  zendesk: LocalZendesk
  baton: Running
  context: Context
  /** The sidebar's setting `shared_secret`. */
  appSecret: string
}

export type LocalOptions = {
  clock: MovableClock
  /** `DATABASE_URL`, or null for an embedded database in `home`. */
  databaseUrl: string | null
  home: string
  zendesk?: Omit<ZendeskOptions, 'clock'>
  port?: number
  config?: Partial<Config>
  overrides?: ContextOverrides
  /** False leaves the jobs to `settle`. */
  withWorkers?: boolean
  onStep?: (sentence: string) => void
}

/**
 * The whole product on this machine: the demo company's Zendesk, Baton set up against it by the code that sets up a real
 * account, and the app installed in the agent page when it was built.
 */
export async function startLocalBaton(options: LocalOptions): Promise<LocalBaton> {
  const { clock, onStep = () => {} } = options
  await using opened = new AsyncDisposableStack()

  const state = options.zendesk?.state ?? (await companyState(clock.now()))
  const zendesk = opened.use(await startZendesk({ ...options.zendesk, clock, state }))
  onStep(`The local Zendesk is at ${zendesk.url}`)

  const config = localConfig(zendesk, options)
  const context = await createContext(config, { clock, ...options.overrides })
  const { withWorkers = true } = options
  const baton = opened.use(await start(context, { host: '127.0.0.1', withWorkers }))
  // A port that was free decides the address only now.
  config.publicUrl = baton.url
  onStep(`Baton is at ${baton.url}`)

  await administer(context).setup(onStep)
  await zendesk.settle()
  if (installBuiltApp(zendesk.world, baton.url, { shared_secret: config.appSecret! })) {
    onStep('The app is installed in the agent page')
  }

  const closing = opened.move()
  return { zendesk, baton, context, appSecret: config.appSecret!, [Symbol.asyncDispose]: () => closing.disposeAsync() }
}

function localConfig(zendesk: LocalZendesk, { databaseUrl, home, port = 0, config }: LocalOptions): Config {
  return {
    port,
    publicUrl: `http://localhost:${port}`,
    home,
    databaseUrl,
    key: databaseUrl === null ? null : randomBytes(32),
    zendesk: {
      subdomain: zendesk.world.state.account.subdomain,
      url: zendesk.url,
      clientId: DEMO_CLIENT.identifier,
      clientSecret: DEMO_CLIENT.secret,
    },
    appSecret: randomBytes(32).toString('base64url'),
    engineering: { secrets: {}, hosts: {} },
    policyFile: null,
    history: null,
    notify: NO_CHANNELS,
    logLevel: 'silent',
    ...config,
  }
}

/** Installs the app, built for this server, as an admin would; false when nothing was built. */
function installBuiltApp(world: World, serverUrl: string, settings: Record<string, unknown>): boolean {
  if (!existsSync(BUILT_APP)) return false
  const files = readAppFiles(BUILT_APP)
  const manifest = files.get('manifest.json')
  if (!manifest || !files.has('assets/index.html')) return false
  for (const installation of Object.values(world.state.installations)) delete world.state.installations[installation.id]

  const id = world.nextId('app')
  const encoded = [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')])
  const app = {
    id,
    name: 'Baton',
    manifest: withPageAt(JSON.parse(Buffer.from(manifest).toString()), serverUrl),
    files: Object.fromEntries(encoded),
  }
  world.state.apps[id] = app
  installApp(world, app, { ...settings, server_url: serverUrl, name: 'Baton' })
  return true
}
