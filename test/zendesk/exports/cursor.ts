/** Where a row stands in an export: by the second it was generated in, then by its id. */
export type Position = { second: number; id: number }

/** As Zendesk writes it: base64 of `1576613539.0||467|`. Source: api.md 5.1 */
export function writeCursor({ second, id }: Position): string {
  return Buffer.from(`${second}.0||${id}|`).toString('base64')
}

/** Null for what no export gave. */
export function readCursor(cursor: string): Position | null {
  const found = /^(\d+)\.0\|\|(\d+)\|$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))
  return found ? { second: Number(found[1]), id: Number(found[2]) } : null
}

/** Below zero when `a` comes first. */
export function compare(a: Position, b: Position): number {
  return a.second - b.second || a.id - b.id
}
