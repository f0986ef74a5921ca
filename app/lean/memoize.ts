/** What Garden takes `lodash.memoize` for: the answer of a pure function, kept by its first argument or by `keyOf`. */
export default function memoize<A extends unknown[], T>(ask: (...args: A) => T, keyOf?: (...args: A) => unknown) {
  const known = new Map<unknown, T>()
  return (...args: A): T => {
    const key = keyOf ? keyOf(...args) : args[0]
    if (!known.has(key)) known.set(key, ask(...args))
    return known.get(key)!
  }
}
