import assert from 'node:assert/strict'

/** Something of the demo company; the story needs it to be there. */
export function findBy<T>(rows: Record<number, T>, matches: (row: T) => boolean): T {
  const row = Object.values(rows).find(matches)
  assert.ok(row, 'the demo company has what the story needs')
  return row
}
