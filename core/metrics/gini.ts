/**
 * How unevenly something is shared: 0 when all have the same, towards 1 when one has it all; null for fewer than two.
 * Source: half of the mean difference between any two, divided by the mean (Gini 1912).
 */
export function giniOf(shares: readonly number[]): number | null {
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (shares.length < 2 || total === 0) return null
  const sorted = shares.toSorted((a, b) => a - b)
  const weighted = sorted.reduce((sum, share, index) => sum + (index + 1) * share, 0)
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length
}
