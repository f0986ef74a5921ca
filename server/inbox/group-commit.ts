/** Too much is waiting to be written already. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded'
}

export type GroupCommit<In, Out> = {
  /** Resolves once the item is written, with what `write` answered for it. */
  add(item: In): Promise<Out>
  /** Resolves once everything added so far is written or has failed. */
  drain(): Promise<void>
}

type Waiting<In, Out> = { item: In; resolve(out: Out): void; reject(error: unknown): void }

/**
 * Shares writes among concurrent callers, without a timer: what arrives while `lanes` writes are under way makes up the
 * next one. Alone, a caller waits for nothing; in a crowd, each pays a fraction of a commit. A second lane keeps the
 * callers of one write from all waiting while those of the other are served.
 *
 * @param write answers in the order of its items; when it throws, all of them fail
 */
export function createGroupCommit<In, Out>(
  write: (items: In[]) => Promise<Out[]>,
  { max = 500, maxWaiting = 20_000, lanes = 2 } = {},
): GroupCommit<In, Out> {
  let waiting: Waiting<In, Out>[] = []
  const flushing = new Set<Promise<void>>()

  return { add, drain }

  function add(item: In): Promise<Out> {
    if (waiting.length >= maxWaiting) return Promise.reject(new Overloaded(`${maxWaiting} are waiting already`))
    const { promise, resolve, reject } = Promise.withResolvers<Out>()
    waiting.push({ item, resolve, reject })
    if (flushing.size < lanes) {
      const flush = flushAll().finally(() => flushing.delete(flush))
      flushing.add(flush)
    }
    return promise
  }

  async function drain(): Promise<void> {
    while (flushing.size > 0) await Promise.all(flushing)
  }

  async function flushAll(): Promise<void> {
    // Requests of the same turn of the event loop belong together.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const group = waiting.slice(0, max)
      waiting = waiting.slice(max)
      try {
        const answers = await write(group.map(({ item }) => item))
        for (const [index, { resolve }] of group.entries()) resolve(answers[index]!)
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
  }
}
