/** Whether two pieces of plain data say the same; the order of keys, which databases change, says nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || write(a) === write(b)
}

function write(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).toSorted(byKey)) : part,
  )
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}
