export type Loop = {
  start(): void
  /** Begins no new round and waits for the one under way. */
  stop(): Promise<void>
}

export type LoopOptions = {
  /** Time between the end of a round and the next. */
  pauseMs: number
  /** Pauses before the first round as well. */
  isLate?: boolean
  /** Told of the first of several failures in a row, and of null when a round goes well again. */
  onTrouble(error: unknown): void
}

/** Does something again and again, in real time, whatever became of the last time. */
export function createLoop(round: () => Promise<unknown>, { pauseMs, isLate = false, onTrouble }: LoopOptions): Loop {
  let running: { isStopping: boolean; wake: () => void; ended: Promise<void> } | null = null
  return { start, stop }

  function start(): void {
    if (running) return
    const self = { isStopping: false, wake: () => {}, ended: Promise.resolve() }
    self.ended = run(self)
    running = self
  }

  async function run(self: { isStopping: boolean; wake: () => void }): Promise<void> {
    let isInTrouble = false
    if (isLate) await pause(self)
    while (!self.isStopping) {
      try {
        await round()
        if (isInTrouble) onTrouble(null)
        isInTrouble = false
      } catch (error) {
        if (!isInTrouble) onTrouble(error)
        isInTrouble = true
      }
      if (!self.isStopping) await pause(self)
    }
  }

  async function pause(self: { wake: () => void }): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs)
      timer.unref()
      self.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function stop(): Promise<void> {
    const self = running
    if (!self) return
    running = null
    self.isStopping = true
    self.wake()
    await self.ended
  }
}
