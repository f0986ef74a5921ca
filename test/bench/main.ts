/**
 * `npm run bench`: every speed Baton promises, measured here and now, each with its input sizes and reference. Names
 * after `--` run those alone: `npm run bench -- webhook ready`.
 */
import { availableParallelism, loadavg } from 'node:os'
import { benchClock } from './clock.ts'
import { benchClockCommand } from './clock-command.ts'
import { benchDecide } from './decide.ts'
import { benchEscalate } from './escalate.ts'
import { benchNote } from './note.ts'
import { benchOncall } from './oncall.ts'
import { benchReady } from './ready.ts'
import type { BenchRow } from './row.ts'
import { benchScheduleChange } from './schedule-change.ts'
import { benchSidebar } from './sidebar.ts'
import { benchSimilar } from './similar.ts'
import { benchSweep } from './sweep.ts'
import { benchSync } from './sync.ts'
import { benchTiles } from './tiles.ts'
import { benchWebhook } from './webhook.ts'

const HEADINGS: BenchRow = { what: 'what', size: 'size', result: 'result', reference: 'reference', ratio: 'ratio' }

const BENCHES: Record<string, () => BenchRow[] | Promise<BenchRow[]>> = {
  note: benchNote,
  decide: benchDecide,
  clock: benchClock,
  'clock-command': benchClockCommand,
  oncall: benchOncall,
  'schedule-change': benchScheduleChange,
  sweep: benchSweep,
  similar: benchSimilar,
  sync: benchSync,
  webhook: benchWebhook,
  ready: benchReady,
  escalate: benchEscalate,
  sidebar: benchSidebar,
  tiles: benchTiles,
}

const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !(name in BENCHES))
if (unknown !== undefined) {
  console.error(`There is no bench ${unknown}. There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(1)
}

const rows: BenchRow[] = []
// One after another: what runs beside a measurement is in it.
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const startedAt = performance.now()
  process.stderr.write(`${name} …`)
  rows.push(...(await bench()))
  process.stderr.write(` ${((performance.now() - startedAt) / 1000).toFixed(0)} s\n`)
}
const loads = loadavg().map((load) => load.toFixed(1))
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, load average ${loads.join(' ')}\n`,
)
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
