import { type Clock, SECOND_MS } from '../../core/units.ts'
import type { Database } from '../db/connect.ts'
import type { Logger } from '../log.ts'
import { createLoop } from './loop.ts'
import { timersStanding } from './standing.ts'

export type WatcherDeps = {
  db: Database
  clock: Clock
  account: { id: number }
  log: Pick<Logger, 'info' | 'error' | 'warn'>
}

export type Watcher = {
  /** Looks once whether timers move. */
  look(): Promise<void>
  start(): void
  stop(): Promise<void>
}

const EVERY_MS = 10 * SECOND_MS

/** Notices a sweep that has stopped, on a timer of its own: one that hangs cannot say so itself. */
export function createWatcher({ db, clock, account, log }: WatcherDeps): Watcher {
  let isFrozen = false
  const loop = createLoop(look, { pauseMs: EVERY_MS, isLate: true, onTrouble: logTrouble })
  return { look, start: loop.start, stop: loop.stop }

  async function look(): Promise<void> {
    const { state, due, sweepAgeMs, canaryAgeMs } = await timersStanding(db, account.id, clock)
    if (state === 'unknown' || (state === 'frozen') === isFrozen) return
    isFrozen = state === 'frozen'
    const line = { accountId: account.id, due, sweepAgeMs, canaryAgeMs }
    if (isFrozen) log.error({ event: 'timers.frozen', ...line })
    else log.info({ event: 'timers.moving', ...line })
  }

  function logTrouble(error: unknown): void {
    if (error !== null) log.warn({ event: 'watch.failed', accountId: account.id, err: error })
  }
}
