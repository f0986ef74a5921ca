import { type Share, shareOf } from '../review/share.ts'
import type { Instant } from '../units.ts'
import { type KnownArticle, resolvableLower } from './opportunity.ts'
import { articleKeyOf, type PatternCase } from './pattern-case.ts'
import { LEAST_CASES, type Pattern } from './patterns.ts'

/** Went back to the first tier without anybody having worked on it. */
export type Bounced = { escalationId: string; at: Instant }

/** Why an escalation could have been spared. One may hold for several reasons; `any` counts each escalation once. */
export type Deflectable = {
  /** Resolved in the window, or sent back without work. */
  count: number
  /** One like it was resolved before it was asked for: known. */
  repeat: Share
  /** Resolved with an article that could be read before it was asked for: known and captured. */
  captured: Share
  /** One of at least three like it, with no article when it was asked for: known but not captured. */
  uncaptured: Share
  l1Capable: Share
  bounced: Share
  any: Share
  /** Neither the receiver nor the resolution tells whether the first tier could have. */
  unknown: Share
  /** Receivers who said whether it could have been solved lower. */
  said: Share
}

export type DeflectableInput = {
  /** Resolved in the window. */
  cases: readonly PatternCase[]
  bounced: readonly Bounced[]
  patterns: readonly Pattern[]
  articles: ReadonlyMap<string, KnownArticle>
}

export function deflectableOf({ cases, bounced, patterns, articles }: DeflectableInput): Deflectable {
  const patternOf = new Map(
    patterns.flatMap((one) => one.cases.map(({ escalationId }) => [escalationId, one] as const)),
  )
  const judged = cases.map((one) => {
    const pattern = patternOf.get(one.escalationId)
    const earlier = pattern ? countBefore(pattern.cases, one.requestedAt) : 0
    const lower = resolvableLower(one)
    return {
      isRepeat: earlier > 0,
      isCaptured: one.articleUrl !== null && isThereAt(one.requestedAt, articleKeyOf(one.articleUrl), pattern),
      isUncaptured:
        earlier + 1 >= LEAST_CASES && !pattern!.articles.some(({ key }) => isThereAt(one.requestedAt, key, pattern)),
      isLower: lower === true,
      isUnknown: lower === null,
      isSaid: one.couldBeLower !== null,
    }
  })
  const count = cases.length + bounced.length
  const share = (holds: (one: (typeof judged)[number]) => boolean, more = 0) =>
    shareOf(judged.filter(holds).length + more, count)
  return {
    count,
    repeat: share(({ isRepeat }) => isRepeat),
    captured: share(({ isCaptured: holds }) => holds),
    uncaptured: share(({ isUncaptured }) => isUncaptured),
    l1Capable: share(({ isLower }) => isLower),
    bounced: shareOf(bounced.length, count),
    any: share((one) => one.isRepeat || one.isCaptured || one.isLower, bounced.length),
    unknown: share(({ isUnknown }) => isUnknown),
    said: shareOf(judged.filter(({ isSaid }) => isSaid).length, cases.length),
  }

  /** It could be read by then, or one like it that was resolved by then had it already. */
  function isThereAt(at: Instant, key: string, pattern: Pattern | undefined): boolean {
    const publishedAt = articles.get(key)?.publishedAt ?? null
    if (publishedAt !== null && publishedAt < at) return true
    return pattern?.articles.some((one) => one.key === key && one.firstAt < at) ?? false
  }
}

/** Of cases in the order in which they were resolved, how many were before then. */
function countBefore(cases: Pattern['cases'], at: Instant): number {
  let [low, high] = [0, cases.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (cases[middle]!.resolvedAt < at) low = middle + 1
    else high = middle
  }
  return low
}
