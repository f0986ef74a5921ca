import { z } from 'zod'
import { DRAFT_FORMS } from '../knowledge/effect.ts'
import { Instant } from './report.ts'

const count = z.int().nonnegative()

/** How many of how many, with Wilson's 95 % interval. `share` is null of nothing. */
export const ShareView = z.strictObject({
  hits: count,
  n: count,
  share: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
})
export type ShareView = z.infer<typeof ShareView>

/** A figure with its 95 % interval. */
export const EstimateView = z.strictObject({ value: z.number(), low: z.number(), high: z.number() })

const ArticleView = z.strictObject({
  url: z.string(),
  title: z.string(),
  /** Null for a draft, and for one that is gone. */
  publishedAt: Instant.nullable(),
})

/** How often a pattern came before an article was published and after. */
export const AfterPublishing = z.strictObject({
  article: ArticleView,
  beforeAWeek: z.number(),
  afterAWeek: z.number(),
  ratio: z.number().nullable(),
  /** Of the ratio; its upper end is null where it has none. */
  interval: z.tuple([z.number(), z.number().nullable()]).nullable(),
  verdict: z.enum(['fewer', 'more', 'unclear']),
})

/** Escalations that were solved the same way. */
export const PatternView = z.strictObject({
  /** That of the escalation it began with. */
  id: z.string(),
  /** Its most typical words. */
  name: z.string(),
  component: z.string().nullable(),
  count,
  firstAt: Instant,
  lastAt: Instant,
  /** The last eight weeks against the eight before. */
  trend: z.strictObject({ recent: count, before: count, direction: z.enum(['up', 'down', 'unclear']) }),
  outcomes: z.array(z.strictObject({ code: z.string(), count })),
  articles: z.array(z.strictObject({ url: z.string(), count, firstAt: Instant })),
})
export type PatternView = z.infer<typeof PatternView>

export const PatternsResponse = z.strictObject({
  patterns: z.array(PatternView),
  /** Escalations that were likened, and those of them in no pattern. */
  cases: count,
  single: count,
  asOf: Instant,
})
export type PatternsResponse = z.infer<typeof PatternsResponse>

export const PatternResponse = PatternView.extend({
  escalations: z.array(
    z.strictObject({
      escalationId: z.string(),
      ticketId: z.int(),
      summary: z.string(),
      rootCause: z.string(),
      fix: z.string(),
      code: z.string(),
      requestedAt: Instant,
      resolvedAt: Instant,
      couldBeLower: z.boolean().nullable(),
      articleUrl: z.string().nullable(),
    }),
  ),
})
export type PatternResponse = z.infer<typeof PatternResponse>

/** A pattern and what it cost in a window. */
export const OpportunityView = z.strictObject({
  patternId: z.string(),
  name: z.string(),
  component: z.string().nullable(),
  /** Resolved in the window. */
  count,
  medianHours: z.number().nullable(),
  /** Resolvable lower, of those of which it is known. */
  lower: ShareView,
  unknown: count,
  /** count × medianHours × lower; null where nothing tells whether the first tier could have. */
  hours: EstimateView.nullable(),
  coveredBy: ArticleView.nullable(),
  isUncaptured: z.boolean(),
  afterPublishing: AfterPublishing.nullable(),
  /** Found in time in the window: "same problem", and nothing was escalated. */
  stops: count,
})
export type OpportunityView = z.infer<typeof OpportunityView>

export const DeflectionResponse = z.strictObject({
  from: Instant,
  to: Instant,
  asOf: Instant,
  /** Resolved in the window, or sent back to the first tier without work; merged tickets are left out. */
  episodes: count,
  excluded: z.array(z.strictObject({ why: z.string(), count })),
  shares: z.strictObject({
    repeat: ShareView,
    captured: ShareView,
    uncaptured: ShareView,
    l1Capable: ShareView,
    bounced: ShareView,
    any: ShareView,
    unknown: ShareView,
    said: ShareView,
  }),
  /** Of patterns that no article in use covers; those are in `coveredHours`. */
  hours: EstimateView,
  coveredHours: EstimateView,
  /** Deflected: somebody found a past escalation with the same problem and did not escalate. */
  stops: count,
  /** The largest first; covered ones at the end. */
  opportunities: z.array(OpportunityView),
  /** Ids of the patterns nobody has written down, the costliest first. */
  toWrite: z.array(z.string()),
  audit: z.strictObject({
    month: z.string(),
    sample: z.array(
      z.strictObject({
        escalationId: z.string(),
        ticketId: z.int(),
        verdict: z.enum(['lower', 'not-lower', 'unclear']).nullable(),
        /** What receiver and resolution told. */
        told: z.enum(['lower', 'not-lower', 'unclear']),
      }),
    ),
    /** Where the auditor came to what was told, of those that both could tell. */
    agreement: ShareView,
  }),
  assumptions: z.array(z.string()),
})
export type DeflectionResponse = z.infer<typeof DeflectionResponse>

/** An article that is owed. */
export const DebtView = z.strictObject({
  /** `pattern`: solved the same way three times, and written down nowhere. */
  why: z.enum(['drafted', 'called-for', 'unsaid', 'pattern']),
  escalationId: z.string(),
  ticketId: z.int(),
  owner: z.string().nullable(),
  since: Instant,
  dueAt: Instant,
  ageDays: z.number(),
  isOverdue: z.boolean(),
  settled: z
    .strictObject({ at: Instant, how: z.enum(['published', 'linked', 'not-needed']), by: z.string().nullable() })
    .nullable(),
  articleUrl: z.string().nullable(),
  drafts: z.array(
    z.strictObject({
      form: z.enum(DRAFT_FORMS),
      standing: z.enum(['wanted', 'refused', 'draft', 'published', 'gone']),
      title: z.string().nullable(),
      url: z.string().nullable(),
      trouble: z.string().nullable(),
      publishedAt: Instant.nullable(),
      /** When an escalation was first resolved, or stopped, with it after it was published. */
      firstUsedAt: Instant.nullable(),
      uses: count,
    }),
  ),
  pattern: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
})
export type DebtView = z.infer<typeof DebtView>

export const ArticleDebtResponse = z.strictObject({
  debts: z.array(DebtView),
  open: count,
  overdue: count,
  asOf: Instant,
})
export type ArticleDebtResponse = z.infer<typeof ArticleDebtResponse>

export const SettleRequest = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null),
    reason: z.string().max(2000).default(''),
  })
  .refine(
    ({ url, reason }) => url !== null || reason.trim() !== '',
    'Give the address of the article, or why none is needed',
  )
export type SettleRequest = z.infer<typeof SettleRequest>
