import { NOTE_TITLE } from '../../core/note/note-form.ts'
import { parseHtml } from '../../core/note/parse.ts'
import { renderHtml } from '../../core/note/render.ts'
import { aNote } from '../support/notes.ts'
import type { BenchRow } from './row.ts'

const RUNS = 200

/** Reading a note back, and a hostile comment of 2 MB: the time must grow with the length, not with its square. */
export function benchNote(): BenchRow[] {
  const html = renderHtml(
    aNote({ diagnostics: { log_excerpts: 'at com.example.Service.run(Service.java:42)\n'.repeat(100) } }),
  )
  const read = medianOf(RUNS, () => parseHtml(html))
  const copied = medianOf(RUNS, () => JSON.parse(JSON.stringify(html)))
  const hostile = (length: number) => `<h2>${NOTE_TITLE}</h2><h3>Summary</h3><p>${'<b></i>'.repeat(length / 7)}`
  const [half, whole] = [1_000_000, 2_000_000].map((length) => medianOf(5, () => parseHtml(hostile(length)))) as [
    number,
    number,
  ]
  return [
    {
      what: 'note read back',
      size: `comment of ${(html.length / 1000).toFixed(1)} kB, median of ${RUNS}`,
      result: `${(read * 1000).toFixed(0)} µs`,
      reference: `a JSON copy of the comment: ${(copied * 1000).toFixed(0)} µs`,
      ratio: read / copied,
    },
    {
      what: 'hostile comment refused',
      size: '2 MB of unmatched tags, median of 5',
      result: `${whole.toFixed(0)} ms`,
      reference: `half of it: ${half.toFixed(0)} ms`,
      ratio: `${(whole / half).toFixed(2)} (2 is in proportion)`,
    },
  ]
}

function medianOf(runs: number, work: () => unknown): number {
  const took = Array.from({ length: runs }, () => {
    const startedAt = performance.now()
    work()
    return performance.now() - startedAt
  })
  return took.toSorted((a, b) => a - b)[Math.floor(runs / 2)]!
}
