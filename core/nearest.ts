/**
 * The candidate that was probably meant: the fewest edits away (a swap of two neighbours is one edit), at most a
 * third of its length and at least one. Null when nothing is near.
 */
export function nearest(given: string, candidates: Iterable<string>): string | null {
  const wanted = plain(given)
  let best: string | null = null
  let bestEdits = Number.POSITIVE_INFINITY
  if (wanted.length > 100) return null
  for (const candidate of candidates) {
    const edits = editsBetween(wanted, plain(candidate))
    const allowed = Math.max(1, Math.floor(Math.max(candidate.length, wanted.length) / 3))
    if (edits <= allowed && edits < bestEdits) {
      best = candidate
      bestEdits = edits
    }
  }
  return best
}

/** Case, spaces, hyphens and underscores are the commonest slips and cost nothing. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '_')
}

/** Optimal string alignment distance. */
function editsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 20) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, before[j - 2]! + 1)
      row.push(edits)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
