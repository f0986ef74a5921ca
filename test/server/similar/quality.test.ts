import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { evaluateSearch } from '../../../core/similar/evaluate.ts'

/** Where the corpora lie that quality is measured with; they are not part of the project. */
const folder = process.env.BATON_TEST_DATA ?? ''
const corpus = `${folder}/similar-bugs.corpus.jsonl.gz`
const queries = `${folder}/similar-bugs.dev.json`
const isThere = existsSync(corpus) && existsSync(queries)

describe('finding reports of the same problem', () => {
  it.skipIf(!isThere)(
    'finds five of six among the first five (skipped where BATON_TEST_DATA has no such files)',
    () => {
      const lines = gunzipSync(readFileSync(corpus)).toString('utf8').trim().split('\n')
      const asked = JSON.parse(readFileSync(queries, 'utf8')).queries
      const quality = evaluateSearch(
        lines.map((line) => JSON.parse(line)),
        asked,
        () => performance.now(),
      )
      expect(quality.all.of).toBe(54)
      expect(quality.all.at5).toBeGreaterThanOrEqual(0.85)
      for (const half of quality.halves) expect(half.at5).toBeGreaterThanOrEqual(0.8)
    },
  )
})
