import { type Auditor, type AuditorDeps, createAuditor } from './auditor.ts'
import { createSweep, type Sweep, type SweepDeps } from './sweep.ts'
import { createWatcher, type Watcher, type WatcherDeps } from './watcher.ts'

/** What makes timers fire, and what proves that they do; each on its own, so that none is believed blindly. */
export type Timers = {
  sweep: Sweep
  auditor: Auditor
  watcher: Watcher
  start(): void
  stop(): Promise<void>
}

export function createTimers(deps: SweepDeps & AuditorDeps & WatcherDeps): Timers {
  const sweep = createSweep(deps)
  const auditor = createAuditor(deps)
  const watcher = createWatcher(deps)
  const all = [sweep, auditor, watcher]
  return {
    ...{ sweep, auditor, watcher },
    start: () => {
      for (const one of all) one.start()
    },
    stop: async () => void (await Promise.all(all.map((one) => one.stop()))),
  }
}
