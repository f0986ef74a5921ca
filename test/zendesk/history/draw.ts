import type { Random } from '../../support/random.ts'

/** From 0 to below 1. */
export function fraction(random: Random): number {
  return random.between(0, 999_999_999) / 1e9
}

/** Draws items as often as their weights say. */
export function chooser<T>(items: readonly T[], weightOf: (item: T) => number): (random: Random) => T {
  let total = 0
  const sums: number[] = []
  for (const item of items) {
    total += weightOf(item)
    sums.push(total)
  }
  return (random) => {
    const wanted = fraction(random) * total
    return items[sums.findIndex((sum) => sum > wanted)] ?? items.at(-1)!
  }
}
