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
 * Shares one write among concurrent callers, without a timer: what arrives while a write is under way makes up the
 * next one. Alone, a caller waits for nothing; in a crowd, each pays a fraction of a commit.
 *
 * @param write answers in the order of its items; when it throws, all of them fail
 */
export function createGroupCommit<In, Out>(
  write: (items: In[]) => Promise<Out[]>,
  { max = 500, maxWaiting = 20_000 } = {},
): GroupCommit<In, Out> {
  let waiting: Waiting<In, Out>[] = []
  let flushing: Promise<void> | null = null

  return { add, drain }

  function add(item: In): Promise<Out> {
    if (waiting.length >= maxWaiting) return Promise.reject(new Overloaded(`${maxWaiting} are waiting already`))
    const { promise, resolve, reject } = Promise.withResolvers<Out>()
    waiting.push({ item, resolve, reject })
    flushing ??= flush()
    return promise
  }

  async function drain(): Promise<void> {
    await flushing
  }

  async function flush(): Promise<void> {
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
    flushing = null
  }
}
