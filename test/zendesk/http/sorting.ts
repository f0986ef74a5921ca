import type { Request } from 'express'

/** Sorts by `sort=-created_at`, or `sort_by` and `sort_order`, when the column is one of `columns`; ties by id. */
export function sorted<Row extends { id: number }>(req: Request, rows: Row[], columns: (keyof Row & string)[]): Row[] {
  const { sort, sort_by, sort_order } = req.query
  const [sign, name] = /^(-?)(.*)$/.exec(typeof sort === 'string' ? sort : '')!.slice(1) as [string, string]
  const wanted = name || (typeof sort_by === 'string' ? sort_by : '')
  const isDescending = sign === '-' || sort_order === 'desc'
  const column = columns.find((one) => one === wanted)
  const key = column ?? ('id' as keyof Row & string)
  const direction = isDescending && (column || sort_order === 'desc') ? -1 : 1
  return [...rows].sort((a, b) => direction * (compare(a[key], b[key]) || a.id - b.id))
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null || a === undefined) return -1
  if (b === null || b === undefined) return 1
  return a < b ? -1 : 1
}
