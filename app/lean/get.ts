/** What Garden takes `lodash.get` for: the value at `a.b[0]` of an object, undefined where the way ends. */
export default function get(object: unknown, path: string): unknown {
  let value = object
  for (const key of path.split(/[.[\]]+/)) {
    if (key === '') continue
    if (value === null || value === undefined) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
