import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { evaluateSearch } from '../../core/similar/evaluate.ts'
import { createSimilarIndex } from '../../core/similar/index.ts'
import { termsOf } from '../../core/similar/weigh.ts'
import { measuredData } from '../support/measured-data.ts'
import type { BenchRow } from './row.ts'

const LIMIT_MS = 5
const RECALL = 0.85
const WORDS = 30_000
const QUERIES = 200

/** How fast past escalations are found, and, where the corpus is there, how well. */
export function benchSimilar(): BenchRow[] {
  return [...quality(), ...[3_500, 100_000].map(speed)]
}

/** Texts whose words are as common as words are: the n-th commonest is n times as rare as the first. */
function speed(count: number): BenchRow {
  const random = seeded(11)
  const text = (length: number) => Array.from({ length }, () => word(random)).join(' ')
  const problem = () => termsOf({ summary: text(9), body: text(70), errors: text(15), component: 'sso' })
  globalThis.gc?.()
  const before = process.memoryUsage()
  const index = createSimilarIndex()
  for (let at = 0; at < count; at++) index.add(`ESC-2026-${at}`, problem())
  globalThis.gc?.()
  const after = process.memoryUsage()
  const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6
  const asked = Array.from({ length: QUERIES }, problem)
  for (const terms of asked.slice(0, 20)) index.search(terms, { limit: 24 })
  const took = asked.map((terms) => {
    const startedAt = performance.now()
    index.search(terms, { limit: 24 })
    return performance.now() - startedAt
  })
  took.sort((a, b) => a - b)
  const median = took[QUERIES / 2]!
  return {
    what: 'find similar',
    size: `${count.toLocaleString('en')} escalations of 94 words, ${megabytes.toFixed(0)} MB`,
    result: `${median.toFixed(2)} ms, p95 ${took[Math.floor(QUERIES * 0.95)]!.toFixed(2)} ms`,
    reference: `at most ${LIMIT_MS} ms`,
    ratio: median / LIMIT_MS,
  }
}

function quality(): BenchRow[] {
  const corpus = measuredData('similar-bugs.corpus.jsonl.gz')
  const dev = measuredData('similar-bugs.dev.json')
  if (!corpus || !dev) return []
  const lines = gunzipSync(readFileSync(corpus)).toString('utf8').trim().split('\n')
  const { queries } = JSON.parse(readFileSync(dev, 'utf8'))
  const { all, took } = evaluateSearch(
    lines.map((line) => JSON.parse(line)),
    queries,
    () => performance.now(),
  )
  return [
    {
      what: 'find similar, recall@5',
      size: `${lines.length} bug reports, ${all.of} queries, median ${took[Math.floor(took.length / 2)]!.toFixed(1)} ms`,
      result: all.at5.toFixed(3),
      reference: `at least ${RECALL}`,
      ratio: all.at5 / RECALL,
    },
  ]
}

function word(random: () => number): string {
  return `w${Math.floor(WORDS ** random())}x`
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
