import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Example } from '../../core/similar/classify.ts'
import {
  type CorpusReport,
  evaluateRouting,
  evaluateSearch,
  type Query,
  type Recall,
  type RoutingQuality,
  type SearchQuality,
} from '../../core/similar/evaluate.ts'
import { SURE_FROM } from '../../core/similar/suggest.ts'
import { namedPath } from './named-path.ts'

const CorpusLine: z.ZodType<CorpusReport> = z.object({
  id: z.string(),
  summary: z.string(),
  description: z.string().default(''),
  created: z.string().default(''),
  project: z.string().default(''),
})
const Queries = z.object({ queries: z.array(z.object({ query: z.string(), relevant: z.array(z.string()) })) })
const RoutingLine: z.ZodType<Example> = z.object({ text: z.string(), label: z.string() })

/** Measures finding with files; says so where they are not. */
export async function measureSearch(corpus: string, queries: string, asJson: boolean): Promise<string> {
  const missing = missingOf(corpus, queries)
  if (missing) return missing
  const reports = await readLines(corpus, CorpusLine)
  const asked: Query[] = Queries.parse(JSON.parse(await readText(queries))).queries
  const quality = evaluateSearch(reports, asked, () => performance.now())
  return asJson ? JSON.stringify(quality, null, 2) : describeSearch(quality)
}

export async function measureRouting(file: string, folds: number, asJson: boolean): Promise<string> {
  const missing = missingOf(file)
  if (missing) return missing
  const quality = evaluateRouting(await readLines(file, RoutingLine), folds, SURE_FROM)
  return asJson ? JSON.stringify(quality, null, 2) : describeRouting(quality)
}

function describeSearch({ reports, all, halves, took, builtIn, bytes }: SearchQuality): string {
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0
  return [
    `${all.of} queries over ${reports} reports`,
    recallLine('all', all),
    recallLine('odd half', halves[0]),
    recallLine('even half', halves[1]),
    `time       p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms a query; built in ${builtIn.toFixed(0)} ms, about ${(bytes / 1e6).toFixed(0)} MB`,
  ].join('\n')
}

function recallLine(name: string, { at1, at3, at5, at10, meanReciprocalRank }: Recall): string {
  const recalls = Object.entries({ 1: at1, 3: at3, 5: at5, 10: at10 })
  return `${name.padEnd(10)} ${recalls.map(([depth, share]) => `recall@${depth} ${share.toFixed(3)}`).join('  ')}  MRR ${meanReciprocalRank.toFixed(3)}`
}

function describeRouting({ of, accuracy, folds, bins, sure }: RoutingQuality): string {
  return [
    `${of} texts, ${folds.length} folds: accuracy ${accuracy.toFixed(3)} (${folds.map((one) => one.toFixed(3)).join(' ')})`,
    `sure (${SURE_FROM} and up) of ${(sure.share * 100).toFixed(1)} %, of which ${(sure.right * 100).toFixed(1)} % are right`,
    'probability   said   right   were right',
    ...bins.map(({ from, said, right }) =>
      [
        `${from.toFixed(1)} to ${(from + 0.1).toFixed(1)} `,
        String(said).padStart(8),
        String(right).padStart(8),
        (said === 0 ? '' : `${((right / said) * 100).toFixed(0)} %`).padStart(13),
      ].join(''),
    ),
  ].join('\n')
}

function missingOf(...files: string[]): string | null {
  const missing = files.find((file) => !existsSync(namedPath(file)))
  return missing === undefined ? null : `There is no ${missing}, so nothing was measured.`
}

async function readLines<T>(file: string, line: z.ZodType<T>): Promise<T[]> {
  const lines = (await readText(file)).split('\n').filter((text) => text.trim() !== '')
  return lines.map((text, at) => {
    const read = line.safeParse(JSON.parse(text))
    if (read.success) return read.data
    throw new Error(`${file}, line ${at + 1}: ${z.prettifyError(read.error)}`)
  })
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(namedPath(file))
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  return (isPacked ? gunzipSync(bytes) : bytes).toString('utf8')
}
