/** How many of how many, with the interval that holds the true share 19 times out of 20. */
export type Share = { count: number; of: number; share: number; low: number; high: number }

const Z = 1.96

/** Wilson's score interval; nothing of nothing may be anything. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: 0, low: 0, high: 1 }
  const p = count / of
  const middle = p + (Z * Z) / (2 * of)
  const half = Z * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of))
  const whole = 1 + (Z * Z) / of
  return { count, of, share: p, low: Math.max(0, (middle - half) / whole), high: Math.min(1, (middle + half) / whole) }
}
