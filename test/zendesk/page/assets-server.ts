import type { AddressInfo } from 'node:net'
import path from 'node:path'
import express from 'express'
import type { World } from '../world.ts'

export type AppAssets = { origin: string; close(): Promise<void> }

/**
 * Serves the files of installed apps at `/<app id>/assets/…` on a port of its own, so that a framed app is
 * cross-origin to the agent page as it is on Zendesk, where packaged apps live on another host.
 *
 * @param options.port 0, the default, takes a free one
 */
export async function startAppAssets(world: World, options: { port?: number } = {}): Promise<AppAssets> {
  const server = express().disable('x-powered-by').get('/:appId/assets/*file', serveFile)

  function serveFile(req: express.Request, res: express.Response): void {
    const file = ['assets', ...(req.params.file as unknown as string[])].join('/')
    const content = world.state.apps[Number(req.params.appId)]?.files[file]
    if (content === undefined) {
      res.status(404).type('text').send(`App ${req.params.appId} has no file ${file}`)
      return
    }
    res.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    res.type(path.extname(file) || 'bin').send(Buffer.from(content, 'base64'))
  }

  const listening = server.listen(options.port ?? 0, '127.0.0.1')
  await new Promise<void>((resolve, reject) => listening.once('listening', resolve).once('error', reject))
  return {
    origin: `http://localhost:${(listening.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        listening.closeAllConnections()
        listening.close(() => resolve())
      }),
  }
}
