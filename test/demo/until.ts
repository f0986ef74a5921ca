import { setTimeout as delay } from 'node:timers/promises'

/** Looks again and again, for at most 15 s. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await holds()) return
    await delay(100)
  }
  throw new Error(`Waited 15 s in vain until ${what}`)
}
