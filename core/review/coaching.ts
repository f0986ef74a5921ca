import { type Part, parts } from './parts.ts'
import type { ReasonCase } from './reasons.ts'
import { type Share, shareOf } from './share.ts'

/** What receivers said of escalations that the escalating side can learn from. */
export const SIGNS = ['could-be-lower', 'returned', 'had-to-ask'] as const
export type CoachingSign = (typeof SIGNS)[number]

/** `up` and `down` only where the two intervals leave no doubt. */
export type CoachingTrend = 'up' | 'down' | 'unclear'

/** A topic in which a sign was seen: enough cases to say so, the cases themselves, and whoever asked often enough. */
export type CoachingTopic = {
  topic: string
  share: Share
  /** The month before; null where it had too few cases of the topic. */
  before: Share | null
  trend: CoachingTrend
  /** Reasons it was returned for, or sections that had to be asked about. */
  details: Part[]
  evidence: { escalationId: string; ticketId: number }[]
  people: { name: string; share: Share }[]
}

/** One sign over all topics, then by topic. Topics with fewer than the least number of cases are not named. */
export type CoachingPattern = {
  sign: CoachingSign
  title: string
  definition: string
  share: Share
  before: Share | null
  trend: CoachingTrend
  details: Part[]
  topics: CoachingTopic[]
}

/** What is returned for these was asked for in vain. */
const SENT_BACK_AS_LOWER: readonly string[] = ['below_tier', 'known_issue']

type Sign = {
  title: string
  definition: string
  /** Whether the case can tell; the others are no denominator. */
  isJudged(one: ReasonCase): boolean
  isSeen(one: ReasonCase): boolean
  details(one: ReasonCase): readonly string[]
}

const SIGN: Readonly<Record<CoachingSign, Sign>> = {
  'could-be-lower': {
    title: 'Could have been solved lower',
    definition:
      'The receivers said so, or sent it back as below their tier or as known; of those where somebody has said either way.',
    isJudged: (one) => one.couldBeLower !== null || isSentBackAsLower(one),
    isSeen: (one) => one.couldBeLower === true || isSentBackAsLower(one),
    details: () => [],
  },
  returned: {
    title: 'Sent back',
    definition: 'The receivers returned it at least once, for whatever reason; of all.',
    isJudged: () => true,
    isSeen: ({ returned }) => returned.length > 0,
    details: ({ returned }) => [...new Set(returned)],
  },
  'had-to-ask': {
    title: 'Had to ask',
    definition: 'The receivers marked a section of the note that they had to ask about; of all that came with a note.',
    isJudged: ({ via }) => via === 'note',
    isSeen: ({ askedAbout }) => askedAbout.length > 0,
    details: ({ askedAbout }) => [...new Set(askedAbout)],
  },
}

/** By pattern, then by topic, then by person, each with its cases, beside the month before. */
export function coachingPatterns(
  cases: readonly ReasonCase[],
  before: readonly ReasonCase[],
  least: number,
): CoachingPattern[] {
  return SIGNS.map((id) => {
    const sign = SIGN[id]
    const judged = cases.filter(sign.isJudged)
    const judgedBefore = before.filter(sign.isJudged)
    const { title, definition } = sign
    return {
      ...{ sign: id, title, definition, ...trended(sign, judged, judgedBefore, least) },
      details: parts(judged.flatMap(sign.details), least),
      topics: topicsOf(sign, judged, judgedBefore, least),
    }
  })
}

function topicsOf(
  sign: Sign,
  judged: readonly ReasonCase[],
  before: readonly ReasonCase[],
  least: number,
): CoachingTopic[] {
  const topics = Map.groupBy(
    judged.filter(({ topic }) => topic !== ''),
    ({ topic }) => topic,
  )
  return [...topics]
    .filter(([, some]) => some.length >= least && some.some(sign.isSeen))
    .map(([topic, some]) => {
      const seen = some.filter(sign.isSeen)
      const earlier = before.filter((one) => one.topic === topic)
      return {
        ...{ topic, ...trended(sign, some, earlier, least) },
        details: parts(seen.flatMap(sign.details), least),
        evidence: seen.map(({ escalationId, ticketId }) => ({ escalationId, ticketId })),
        people: peopleOf(sign, some, least),
      }
    })
    .toSorted((a, b) => b.share.low - a.share.low || (a.topic < b.topic ? -1 : 1))
}

function peopleOf(sign: Sign, some: readonly ReasonCase[], least: number): CoachingTopic['people'] {
  return [...Map.groupBy(some, ({ by }) => by)]
    .filter(([, own]) => own.length >= least)
    .map(([name, own]) => ({ name, share: shareIn(sign, own) }))
    .filter(({ share }) => share.count > 0)
    .toSorted((a, b) => b.share.low - a.share.low || (a.name < b.name ? -1 : 1))
}

function trended(sign: Sign, judged: readonly ReasonCase[], earlier: readonly ReasonCase[], least: number) {
  const share = shareIn(sign, judged)
  const before = earlier.length >= least ? shareIn(sign, earlier) : null
  return { share, before, trend: trendOf(share, before) }
}

function shareIn(sign: Sign, judged: readonly ReasonCase[]): Share {
  return shareOf(judged.filter(sign.isSeen).length, judged.length)
}

function trendOf(now: Share, before: Share | null): CoachingTrend {
  if (before === null || now.of === 0) return 'unclear'
  if (now.low > before.high) return 'up'
  return now.high < before.low ? 'down' : 'unclear'
}

function isSentBackAsLower({ returned }: ReasonCase): boolean {
  return returned.some((reason) => SENT_BACK_AS_LOWER.includes(reason))
}
