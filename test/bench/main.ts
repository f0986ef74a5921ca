/** `npm run bench`: every speed Baton promises, measured here and now, each with its input sizes and reference. */
import { benchDecide } from './decide.ts'
import { benchEscalate } from './escalate.ts'
import { benchReady } from './ready.ts'
import type { BenchRow } from './row.ts'
import { benchSidebar } from './sidebar.ts'
import { benchWebhook } from './webhook.ts'

const HEADINGS: BenchRow = { what: 'what', size: 'size', result: 'result', reference: 'reference', ratio: 'ratio' }

// One after another: what runs beside a measurement is in it.
const rows: BenchRow[] = [
  ...benchDecide(),
  ...(await benchWebhook()),
  ...(await benchReady()),
  ...(await benchEscalate()),
  ...(await benchSidebar()),
]
console.log(table([HEADINGS, ...rows]))

function table(rows: BenchRow[]): string {
  const columns = Object.keys(HEADINGS) as (keyof BenchRow)[]
  const widths = columns.map((column) => Math.max(...rows.map((row) => textOf(row[column]).length)))
  const lines = rows.map(
    (row) => `| ${columns.map((column, index) => textOf(row[column]).padEnd(widths[index]!)).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function textOf(value: string | number): string {
  return typeof value === 'number' ? value.toFixed(2) : value
}
