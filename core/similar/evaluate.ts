import { classifierOf, type Example } from './classify.ts'
import { createSimilarIndex, type SimilarIndex } from './index.ts'
import { termsOf } from './weigh.ts'

/** A report in a corpus: candidates for a query are those of its project that are older. */
export type CorpusReport = { id: string; project: string; created: string; summary: string; description: string }
export type Query = { query: string; relevant: string[] }

export type Recall = { of: number; at1: number; at3: number; at5: number; at10: number; meanReciprocalRank: number }
export type SearchQuality = {
  reports: number
  all: Recall
  /** The odd and the even queries by themselves: how much is chance. */
  halves: [Recall, Recall]
  /** Milliseconds of each query, ascending. */
  took: number[]
  builtIn: number
  bytes: number
}

/** How many answers of a query are looked at. */
const DEPTH = 100

/**
 * How well reports of the same problem are found.
 *
 * @param now milliseconds of a clock with fractions
 */
export function evaluateSearch(
  corpus: readonly CorpusReport[],
  queries: readonly Query[],
  now: () => number,
): SearchQuality {
  const byId = new Map(corpus.map((report) => [report.id, report]))
  const began = now()
  const indexes = new Map<string, SimilarIndex>()
  for (const report of corpus) {
    const index = indexes.get(report.project) ?? createSimilarIndex()
    indexes.set(report.project, index)
    index.add(report.id, termsOf({ summary: report.summary, body: report.description }))
  }
  const builtIn = now() - began

  const ranks: number[] = []
  const took: number[] = []
  for (const { query, relevant } of queries) {
    const report = byId.get(query)
    const index = report && indexes.get(report.project)
    if (!report || !index) continue
    const asked = now()
    const found = index.search(termsOf({ summary: report.summary, body: report.description }), {
      limit: DEPTH,
      except: (id) => byId.get(id)!.created >= report.created,
    })
    took.push(now() - asked)
    const at = found.findIndex(({ id }) => relevant.includes(id))
    ranks.push(at < 0 ? Number.POSITIVE_INFINITY : at + 1)
  }
  return {
    reports: corpus.length,
    all: recallOf(ranks),
    halves: [recallOf(ranks.filter((_, at) => at % 2 === 0)), recallOf(ranks.filter((_, at) => at % 2 === 1))],
    took: took.sort((a, b) => a - b),
    builtIn,
    bytes: [...indexes.values()].reduce((sum, index) => sum + index.bytes(), 0),
  }
}

function recallOf(ranks: readonly number[]): Recall {
  const of = ranks.length
  const at = (depth: number) => (of === 0 ? 0 : ranks.filter((rank) => rank <= depth).length / of)
  const meanReciprocalRank = of === 0 ? 0 : ranks.reduce((sum, rank) => sum + 1 / rank, 0) / of
  return { of, at1: at(1), at3: at(3), at5: at(5), at10: at(10), meanReciprocalRank }
}

export type RoutingQuality = {
  of: number
  accuracy: number
  folds: number[]
  /** By probability in tenths: how many it was said of, and how many of those were right. */
  bins: { from: number; said: number; right: number; meanProbability: number }[]
  /** Of those it was sure of: their share of all, and how many of them were right. */
  sure: { share: number; right: number }
}

/** How well labels are learnt: each fold is classified by what the others teach. */
export function evaluateRouting(examples: readonly Example[], foldCount: number, sureFrom: number): RoutingQuality {
  const folds: number[] = []
  const bins = Array.from({ length: 10 }, (_, at) => ({ from: at / 10, said: 0, right: 0, meanProbability: 0 }))
  let right = 0
  let sure = 0
  let sureAndRight = 0
  for (let fold = 0; fold < foldCount; fold++) {
    const { classify } = classifierOf(examples.filter((_, at) => at % foldCount !== fold))
    const asked = examples.filter((_, at) => at % foldCount === fold)
    let hits = 0
    for (const { text, label } of asked) {
      const said = classify(text)[0]!
      const isRight = said.label === label
      if (isRight) hits++
      if (said.probability >= sureFrom) {
        sure++
        if (isRight) sureAndRight++
      }
      const bin = bins[Math.min(9, Math.floor(said.probability * 10))]!
      bin.said++
      bin.meanProbability += said.probability
      if (isRight) bin.right++
    }
    right += hits
    folds.push(hits / Math.max(1, asked.length))
  }
  for (const bin of bins) bin.meanProbability = bin.said === 0 ? 0 : bin.meanProbability / bin.said
  return {
    of: examples.length,
    accuracy: right / Math.max(1, examples.length),
    folds,
    bins,
    sure: { share: sure / Math.max(1, examples.length), right: sureAndRight / Math.max(1, sure) },
  }
}
