/** `tiers: L4 added, L2 changed`: what came, went and changed in a list of named things. */
export function listed<T>(
  what: string,
  before: readonly T[],
  after: readonly T[],
  nameOf: (item: T) => string,
): string[] {
  const [old, now] = [
    new Map(before.map((item) => [nameOf(item), item])),
    new Map(after.map((item) => [nameOf(item), item])),
  ]
  const parts = [
    ...[...now.keys()].filter((name) => !old.has(name)).map((name) => `${name} added`),
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `${name} removed`),
    ...[...now.keys()]
      .filter((name) => old.has(name) && !same(old.get(name), now.get(name)))
      .map((name) => `${name} changed`),
  ]
  return parts.length > 0 ? [`${what}: ${parts.join(', ')}`] : []
}

/** `note bar: 60 → 70`. */
export function single(what: string, before: Plain, after: Plain): string[] {
  return same(before, after) ? [] : [`${what}: ${written(before)} → ${written(after)}`]
}

export type Plain = string | number | readonly (string | number)[]

function written(value: Plain): string {
  return typeof value === 'object' ? value.join(', ') || 'none' : String(value)
}

/** Policies are plain data but for tests and patterns, which follow from it. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
