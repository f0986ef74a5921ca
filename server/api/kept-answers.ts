import type { Clock, Instant } from '../../core/units.ts'

export type KeptAnswers<T> = {
  /** The answer that is kept under the key, or that of `ask`, which is kept from now on. */
  get(key: string, ask: () => Promise<T>): Promise<T>
}

/** Keeps what somebody else answered for a while, so that many who ask at once cost one question. */
export function createKeptAnswers<T>(clock: Clock, keptMs: number, mostKept: number): KeptAnswers<T> {
  const kept = new Map<string, { answer: Promise<T>; readAt: Instant }>()
  return { get }

  function get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = kept.get(key)
    if (known && clock.now() - known.readAt < keptMs) return known.answer

    const answer = ask()
    kept.delete(key)
    kept.set(key, { answer, readAt: clock.now() })
    // A failure is not an answer to keep.
    answer.catch(() => kept.delete(key))
    const oldest = kept.keys().next()
    if (kept.size > mostKept && !oldest.done) kept.delete(oldest.value)
    return answer
  }
}
