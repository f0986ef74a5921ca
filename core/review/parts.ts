/** Parts of a mix. Parts that are too small to show are together in one without a name. */
export type Part = { name: string | null; count: number }

/** The most frequent first; those that occur fewer than `least` times are counted together. */
export function parts(names: readonly string[], least: number): Part[] {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, all]) => ({ name, count: all.length }))
  const shown = counts.filter(({ count }) => count >= least)
  const rest = counts.filter(({ count }) => count < least).reduce((sum, { count }) => sum + count, 0)
  return [...shown.toSorted(byCount), ...(rest > 0 ? [{ name: null, count: rest }] : [])]
}

function byCount(a: { name: string; count: number }, b: { name: string; count: number }): number {
  return b.count - a.count || (a.name < b.name ? -1 : 1)
}
