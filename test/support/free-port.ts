import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/** A port nobody listens on right now: the wanted one if it is free. */
export async function freePort(wanted = 0): Promise<number> {
  const probe = createServer()
  const port = await new Promise<number>((resolve) => {
    probe
      .once('error', () => resolve(0))
      .listen(wanted, '127.0.0.1', () => resolve((probe.address() as AddressInfo).port))
  })
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  return port || freePort()
}
