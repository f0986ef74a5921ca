import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { startApp } from './http/app.ts'
import type { Limits } from './http/rate-limits.ts'
import type { LoggedRequest } from './http/requests.ts'
import { startAppAssets } from './page/assets-server.ts'
import { createWorld } from './state/create-world.ts'
import type { State } from './state/model.ts'
import type { MovableClock, World } from './world.ts'

export type ZendeskOptions = {
  /** 0, the default, takes a free one. */
  port?: number
  clock?: MovableClock
  /** Left out: an account nobody has used yet. */
  state?: State
  tls?: { key: string; cert: string }
  limits?: Partial<Limits>
  /** The address to advertise, when it is not `localhost` and the port. */
  publicUrl?: string
  /** The built agent page. */
  assetsDir?: string
}

export type LocalZendesk = AsyncDisposable & {
  /** Without a slash at the end. */
  url: string
  world: World
  /** The newest requests, oldest first, without bodies. */
  requests: LoggedRequest[]
  /** Resolves once no webhook is in flight and no job runs. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** Starts the local Zendesk on the loopback interface. */
export async function startZendesk(options: ZendeskOptions = {}): Promise<LocalZendesk> {
  const world = createWorld({ clock: options.clock, state: options.state })
  const appFiles = await startAppAssets(world)
  const app = startApp(world, { ...options, appOrigin: () => appFiles.origin })
  const server: Server = options.tls ? createHttpsServer(options.tls, app.handler) : createHttpServer(app.handler)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  world.url = options.publicUrl?.replace(/\/$/, '') ?? `${options.tls ? 'https' : 'http'}://localhost:${port}`

  return { url: world.url, world, requests: app.requests, settle: app.settle, close, [Symbol.asyncDispose]: close }

  async function close(): Promise<void> {
    if (!server.listening) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    await Promise.all([closed, app.close(), appFiles.close()])
  }
}
