import { z } from 'zod'
import { DECISIONS } from '../review/agenda.ts'
import { CONCERNS } from '../review/backlog.ts'

const instant = z.number()

const Decision = z.object({ decision: z.enum(DECISIONS), note: z.string(), by: z.string(), at: instant })

/** Answer of `GET /desk/reviews/weekly` and of what changes it, as far as the page reads it; instants in milliseconds. */
export const WeeklyAgenda = z.object({
  week: z.string(),
  asOf: instant,
  open: z.int(),
  /** The week it is held against; null for the first. */
  against: z.string().nullable(),
  items: z.array(
    z.object({
      ...{ escalationId: z.string(), ticketId: z.int(), severity: z.string(), tier: z.int(), queue: z.string() },
      ...{ stage: z.string(), owner: z.string().nullable(), account: z.string(), summary: z.string() },
      concerns: z.array(z.object({ kind: z.enum(CONCERNS), since: instant, againstMs: z.number().nullable() })),
      change: z.enum(['new', 'still', 'worse']),
      added: z.array(z.enum(CONCERNS)),
      decided: Decision.nullable(),
      before: Decision.nullable(),
    }),
  ),
  gone: z.array(
    z.object({
      ...{ escalationId: z.string(), ticketId: z.int(), severity: z.string(), summary: z.string() },
      hasEnded: z.boolean(),
    }),
  ),
})
export type WeeklyAgenda = z.infer<typeof WeeklyAgenda>

/** Body of `POST /desk/reviews/weekly/decisions`. Who decides is whoever is signed in. */
export const DecisionRequest = z.strictObject({
  escalationId: z.string().min(1),
  decision: z.enum(DECISIONS),
  note: z.string().max(2000).default(''),
})

const Share = z.object({ count: z.int(), of: z.int(), share: z.number(), low: z.number(), high: z.number() })
const Parts = z.array(z.object({ name: z.string().nullable(), count: z.int() }))

/** Answer of `GET /desk/reviews/monthly/2026-03`. */
export const MonthlyReasons = z.object({
  month: z.string(),
  escalations: z.int(),
  byTier: z.array(z.object({ tier: z.int(), count: z.int(), categories: Parts })),
  byReason: Parts,
  via: z.object({ note: z.int(), move: z.int(), raised: z.int() }),
  returned: z.object({ share: Share, reasons: Parts }),
  couldBeLower: Share,
  coaching: z.array(
    z.object({
      ...{ sign: z.string(), title: z.string(), definition: z.string(), share: Share },
      trend: z.enum(['up', 'down', 'unclear']),
      topics: z.array(
        z.object({
          ...{ topic: z.string(), share: Share, details: Parts },
          evidence: z.array(z.object({ escalationId: z.string(), ticketId: z.int() })),
          people: z.array(z.object({ name: z.string(), share: Share })),
        }),
      ),
    }),
  ),
  least: z.int(),
})
export type MonthlyReasons = z.infer<typeof MonthlyReasons>

const PostAnswers = z.object({ wentWell: z.string(), wentBadly: z.string(), actions: z.string() })

/** Answer of `GET /desk/reviews/post`. */
export const PostReviews = z.object({
  reviews: z.array(
    z.object({
      ...{
        escalationId: z.string(),
        ticketId: z.int(),
        severity: z.string(),
        summary: z.string(),
        account: z.string(),
      },
      ...{ requestedAt: instant, endedAt: instant, dueAt: instant },
      because: z.enum(['tier', 'major-incident']),
      state: z.enum(['due', 'overdue', 'done']),
      answers: PostAnswers,
      doneBy: z.string().nullable(),
      clocks: z.array(
        z.object({
          ...{ name: z.string(), tier: z.int().nullable(), verdict: z.enum(['met', 'missed', 'open']) },
          ...{ targetMs: z.number(), elapsedMs: z.number() },
        }),
      ),
      causes: z.object({ rootCause: z.string(), resolution: z.string(), fix: z.string() }).nullable(),
      counts: z.object({ returns: z.int(), handOvers: z.int(), raised: z.int(), hadToAsk: z.int(), helpers: z.int() }),
    }),
  ),
})
export type PostReviews = z.infer<typeof PostReviews>

/** Body of `POST /desk/reviews/post`. */
export const PostAnswerRequest = z.strictObject({
  escalationId: z.string().min(1),
  answers: z.strictObject({
    wentWell: z.string().max(4000),
    wentBadly: z.string().max(4000),
    actions: z.string().max(4000),
  }),
  /** The review is finished, and whoever is signed in says so. */
  done: z.boolean(),
})
