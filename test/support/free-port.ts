import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/**
 * A port nobody listens on right now: the wanted one if it is free. Another lies below those that systems give out, so
 * that no test beside this one is given it before it is used.
 */
export async function freePort(wanted = anyPort()): Promise<number> {
  const probe = createServer()
  const port = await new Promise<number>((resolve) => {
    probe
      .once('error', () => resolve(0))
      .listen(wanted, '127.0.0.1', () => resolve((probe.address() as AddressInfo).port))
  })
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  return port || freePort()
}

function anyPort(): number {
  return 20_000 + Math.floor(Math.random() * 10_000)
}
