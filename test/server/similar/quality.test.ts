import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { evaluateSearch } from '../../../core/similar/evaluate.ts'
import { measuredData } from '../../support/measured-data.ts'

const corpus = measuredData('similar-bugs.corpus.jsonl.gz')
const queries = measuredData('similar-bugs.dev.json')

describe('finding reports of the same problem', () => {
  it.skipIf(!corpus || !queries)(
    'finds five of six among the first five (skipped where the data is neither beside the checkout nor in BATON_TEST_DATA)',
    () => {
      const lines = gunzipSync(readFileSync(corpus!)).toString('utf8').trim().split('\n')
      const asked = JSON.parse(readFileSync(queries!, 'utf8')).queries
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
