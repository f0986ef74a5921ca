type Scored = { id: string; score: number }

/** Keeps the `limit` that score highest of all it is given, those that score the same by id. */
export function keepBest<T extends Scored>(limit: number) {
  const kept: T[] = []
  return { kept, wants, add }

  /** Cheap, to be asked before anything is made of a score. */
  function wants(score: number): boolean {
    return score > 0 && (kept.length < limit || score >= (kept.at(-1)?.score ?? Number.POSITIVE_INFINITY))
  }

  function add(one: T): void {
    let at = kept.length
    while (at > 0 && goesBefore(one, kept[at - 1]!)) at--
    kept.splice(at, 0, one)
    if (kept.length > limit) kept.pop()
  }
}

function goesBefore(a: Scored, b: Scored): boolean {
  return a.score > b.score || (a.score === b.score && a.id < b.id)
}
