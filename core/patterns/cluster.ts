import { wordsOf } from '../similar/terms.ts'
import { articleKeyOf, inOrder, type PatternCase } from './pattern-case.ts'

/** Cases that were solved the same way, in the order in which they were resolved. */
export type Cluster = readonly PatternCase[]

/** The cosine from which two are the same. Chosen on a generated year whose themes are known; docs/knowledge.md says how. */
export const SAME_FROM = 0.35

/** What the same article solves is hardly two things. */
const WEIGHTS = { rootCause: 3, summary: 1, fix: 1, code: 1, article: 3 } as const
/** What was pasted at length does not drown what was written. */
const MOST_WORDS = 120

/** From which two groups are one: the middles of groups are nearer than their cases. */
export const UNITED_FROM = 0.5

/** A case is held against so many groups of its component, those that were met last. */
const MOST_COMPARED = 300
/** Some milliseconds of work. */
const AT_ONCE = 50

type Vector = ReadonlyMap<string, number>
type Group = { cases: PatternCase[]; sum: Map<string, number>; norm: number }

/**
 * Puts together what has the same component and tells of the same cause: each case goes to the group whose middle is most
 * like it, or begins one, in the order in which they were resolved. The answer depends only on which cases there are. It is
 * worked out in small pieces, so that a server can do other things between them.
 */
export function* clustering(cases: readonly PatternCase[], sameFrom = SAME_FROM): Generator<void, Cluster[]> {
  const ordered = cases.toSorted(inOrder)
  const counts: Vector[] = []
  for (const one of ordered) {
    counts.push(countsOf(one))
    if (counts.length % AT_ONCE === 0) yield
  }
  const rarity = yield* rarityIn(counts)
  const groups = new Map<string, Group[]>()
  for (const [index, one] of ordered.entries()) {
    const vector = weighed(counts[index]!, rarity)
    const near = groups.get(one.component ?? '') ?? []
    groups.set(one.component ?? '', near)
    const nearest = nearestOf(near.slice(-MOST_COMPARED), vector, sameFrom)
    // The one that was met last stands last.
    if (nearest) near.splice(near.lastIndexOf(nearest), 1)
    near.push(join(nearest ?? { cases: [], sum: new Map(), norm: 0 }, one, vector))
    if (index % AT_ONCE === 0) yield
  }
  const clusters: Cluster[] = []
  for (const near of groups.values()) {
    for (const { cases: within } of yield* united(near)) clusters.push(within.toSorted(inOrder))
  }
  return clusters
}

/**
 * Groups that began apart, because their first cases used other words: their middles came together since, or the same article
 * is what solves them.
 */
function* united(groups: readonly Group[]): Generator<void, Group[]> {
  const [kept, single] = [[] as Group[], groups.filter(({ cases }) => cases.length === 1)]
  const several = groups.filter(({ cases }) => cases.length > 1)
  const articles = new Map(several.map((group) => [group, usualArticle(group)]))
  for (const group of several.toSorted(
    (a, b) => b.cases.length - a.cases.length || inOrder(a.cases[0]!, b.cases[0]!),
  )) {
    const article = articles.get(group) ?? null
    const same = kept.find(
      (one) =>
        (article !== null && articles.get(one) === article) ||
        dotOf(group.sum, one.sum) >= UNITED_FROM * group.norm * one.norm,
    )
    if (!same) kept.push(group)
    else {
      same.cases.push(...group.cases)
      add(same, group.sum)
    }
    yield
  }
  return [...kept, ...single]
}

/** What most of those that name an article name, if several do. */
function usualArticle({ cases }: Group): string | null {
  const keys = cases.flatMap(({ articleUrl }) => (articleUrl === null ? [] : articleKeyOf(articleUrl)))
  const [most] = [...Map.groupBy(keys, (key) => key)]
    .map(([key, some]) => ({ key, count: some.length }))
    .toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
  return most && most.count > 1 && most.count * 2 > keys.length ? most.key : null
}

/** The words of a case, how it was resolved and with which article, as often as they count. */
function countsOf({ rootCause, summary, fix, code, articleUrl }: PatternCase): Vector {
  const counts = new Map<string, number>()
  const add = (words: readonly string[], weight: number) => {
    for (const word of words.slice(0, MOST_WORDS)) counts.set(word, (counts.get(word) ?? 0) + weight)
  }
  add(wordsOf(rootCause), WEIGHTS.rootCause)
  add(wordsOf(summary), WEIGHTS.summary)
  add(wordsOf(fix), WEIGHTS.fix)
  // No text can hold these.
  add([`code:${code}`], WEIGHTS.code)
  if (articleUrl !== null) add([`article:${articleKeyOf(articleUrl)}`], WEIGHTS.article)
  return counts
}

function* rarityIn(all: readonly Vector[]): Generator<void, Vector> {
  const found = new Map<string, number>()
  for (const [index, counts] of all.entries()) {
    for (const word of counts.keys()) found.set(word, (found.get(word) ?? 0) + 1)
    if (index % (AT_ONCE * 10) === 0) yield
  }
  return new Map([...found].map(([word, times]) => [word, Math.log(1 + all.length / times)]))
}

/** Of length one. */
function weighed(counts: Vector, rarity: Vector): Vector {
  const weights = [...counts].map(([word, count]): [string, number] => [
    word,
    (1 + Math.log(count)) * rarity.get(word)!,
  ])
  const norm = Math.sqrt(weights.reduce((sum, [, weight]) => sum + weight * weight, 0))
  return new Map(weights.map(([word, weight]) => [word, weight / norm]))
}

/** Of groups that are as like it, the one that began first. */
function nearestOf(groups: readonly Group[], vector: Vector, sameFrom: number): Group | null {
  let nearest: Group | null = null
  let most = sameFrom
  for (const group of groups) {
    const cosine = dotOf(vector, group.sum) / group.norm
    if (cosine > most || (cosine === most && nearest === null)) [nearest, most] = [group, cosine]
  }
  return nearest
}

function join(group: Group, one: PatternCase, vector: Vector): Group {
  group.cases.push(one)
  return add(group, vector)
}

function add(group: Group, vector: Vector): Group {
  let squares = group.norm * group.norm
  for (const [word, weight] of vector) {
    const before = group.sum.get(word) ?? 0
    group.sum.set(word, before + weight)
    squares += (before + weight) ** 2 - before ** 2
  }
  group.norm = Math.sqrt(squares)
  return group
}

function dotOf(one: Vector, other: Vector): number {
  let dot = 0
  for (const [word, weight] of one) dot += weight * (other.get(word) ?? 0)
  return dot
}
