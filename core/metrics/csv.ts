import type { MeasureId, MeasureValue, Report } from '../contract/report.ts'

const COLUMNS = [
  'measure',
  'value',
  'n',
  'hits',
  'low',
  'high',
  'mean',
  'p75',
  'p90',
  'open',
  'excluded',
  'target',
  'why none',
]

/** A report as CSV (RFC 4180): a row for each measure of each group, the totals last with empty dimensions. */
export function reportCsv({ by, groups, totals, labels, targets, window }: Report): string {
  const heads = by.flatMap((dimension) => (labels[dimension] ? [dimension, `${dimension} name`] : [dimension]))
  const names = (at: Report['groups'][number]['at']) =>
    by.flatMap((dimension) => {
      const value = at[dimension] ?? ''
      const named = labels[dimension]
      return named ? [value, named[value] ?? ''] : [value]
    })
  const rows = [...groups, { at: {}, values: totals }].flatMap(({ at, values }) =>
    Object.entries(values).map(([id, value]) => [
      ...[window.from, window.to, ...names(at)],
      ...cells(id, value, targets[id as MeasureId] ?? null),
    ]),
  )
  return csvOf([['from', 'to', ...heads, ...COLUMNS], ...rows])
}

type Cell = string | number | null

function cells(id: string, value: MeasureValue, target: number | null): Cell[] {
  const [low, high] = value.interval ?? [null, null]
  const excluded = value.excluded.reduce((sum, { count }) => sum + count, 0)
  const { n, hits, mean, p75, p90, open, reason } = value
  return [id, value.value, n, hits, low, high, mean, p75, p90, open, excluded, target, reason]
}

/** Lines end as the format asks. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')
}

/**
 * A text that a spreadsheet would take for a formula begins with an apostrophe, which shows that it is text.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[\s]*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
