import { z } from 'zod'

/** What a report can be broken down by and narrowed to. `week` and `month` begin in the report's time zone; weeks are ISO weeks. */
export const REPORT_DIMENSIONS = [
  'tier',
  'queue',
  'component',
  'category',
  'segment',
  'severity',
  'agent',
  'reason',
  'origin',
  'week',
  'month',
] as const
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number]

/** Every measure there is, by its id. What each means is said once, in `core/metrics/definitions.ts`. */
export const MEASURES = [
  'escalations',
  'escalation_rate',
  'escalation_rate_cohort',
  'first_level_resolution',
  'time_to_escalate',
  'mttr',
  'time_to_acknowledge',
  'time_to_investigate',
  'time_to_fix',
  'time_to_tell_customer',
  'sla_attainment',
  'customer_clock_attainment',
  'engineering_attainment',
  'promises_kept',
  'returns',
  'handoffs',
  'ping_pong',
  'bounce_cost',
  'context_loss',
  'note_completeness',
  'hotfix_share',
  'reopen_rate',
  'link_rate',
  'l1_capable',
  'backlog',
  'load',
] as const
export type MeasureId = (typeof MEASURES)[number]

export const Instant = z.iso.datetime({ offset: true })
const count = z.int().nonnegative()

/** Half-open [from, to). */
export const ReportWindow = z.strictObject({ from: Instant, to: Instant, zone: z.string() })
export type ReportWindow = z.infer<typeof ReportWindow>

/** What one measure comes to for one group. */
export const MeasureValue = z.strictObject({
  /** Shares from 0 to 1, durations in hours, else a plain number. Null where there is nothing to measure. */
  value: z.number().nullable(),
  /** Why it is null, as a sentence. */
  reason: z.string().nullable(),
  /** What it is worked out from: of a share its denominator, of a duration how many ended. */
  n: count,
  /** Of a share: how many of `n`. */
  hits: count.nullable(),
  /** 95 %: Wilson of a share, bootstrap of a median. Null where `n` says nothing or it is a plain count. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Of a duration, hours. `value` is the median. */
  mean: z.number().nullable(),
  p75: z.number().nullable(),
  p90: z.number().nullable(),
  /** Not decided or not over yet: in no mean and no share, which may change by them. */
  open: count,
  /** What was left out, and why: merged, spam … */
  excluded: z.array(z.strictObject({ why: z.string(), count })),
})
export type MeasureValue = z.infer<typeof MeasureValue>

export const MeasureDefinition = z.strictObject({
  id: z.enum(MEASURES),
  title: z.string(),
  kind: z.enum(['count', 'share', 'duration', 'mean']),
  /** One or two sentences for whoever reads the tile. */
  definition: z.string(),
  /** Which event puts an escalation, a clock or a ticket into the window. */
  window: z.string(),
  denominator: z.string().nullable(),
  exclusions: z.string().nullable(),
  /** Whether more is better, for arrows and colours; null where neither is. */
  better: z.enum(['higher', 'lower']).nullable(),
})
export type MeasureDefinition = z.infer<typeof MeasureDefinition>

/**
 * Against the window of the same length before, of one that is not over as much of it as has passed. An arrow is shown
 * only where the intervals leave no doubt.
 */
export const Trend = z.strictObject({
  before: z.number().nullable(),
  direction: z.enum(['up', 'down', 'unclear']),
})
export type Trend = z.infer<typeof Trend>

const Values = z.partialRecord(z.enum(MEASURES), MeasureValue)

const DimensionValues = z.partialRecord(z.enum(REPORT_DIMENSIONS), z.string().nullable())

/** Query of `GET /desk/reports` and of `calculate-metrics`, as JSON. */
export const ReportRequest = z.strictObject({
  from: Instant,
  to: Instant,
  /** IANA name; weeks and months begin by it. */
  zone: z.string().default('UTC'),
  measures: z.array(z.enum(MEASURES)).min(1),
  by: z.array(z.enum(REPORT_DIMENSIONS)).max(2).default([]),
  /** Any of the values of each; an empty string stands for "says nothing". Weeks as `2026-W10`, months as `2026-03`. */
  filters: z.partialRecord(z.enum(REPORT_DIMENSIONS), z.array(z.string()).min(1)).default({}),
})
export type ReportRequest = z.infer<typeof ReportRequest>

export const Report = z.strictObject({
  window: ReportWindow,
  /** What was known then. */
  asOf: Instant,
  /** Up to when Zendesk's exports were read; null before the first. Measures over all tickets are as old as that. */
  syncedTo: Instant.nullable(),
  by: z.array(z.enum(REPORT_DIMENSIONS)),
  totals: Values,
  trends: z.partialRecord(z.enum(MEASURES), Trend),
  /** One for each combination there is, in the order of the dimensions. */
  groups: z.array(z.strictObject({ at: DimensionValues, values: Values })),
  /** How people call what has an id: queues, components, customer tiers, agents. Deleted ones by their last name. */
  labels: z.partialRecord(z.enum(REPORT_DIMENSIONS), z.record(z.string(), z.string())),
  definitions: z.array(MeasureDefinition),
  /** What the policy asks for, in the unit of `value`. */
  targets: z.partialRecord(z.enum(MEASURES), z.number()),
})
export type Report = z.infer<typeof Report>

/** Query of `GET /desk/reports/tickets`: what a figure is made of. */
export const ReportTicketsRequest = ReportRequest.omit({ measures: true, by: true }).extend({
  measure: z.enum(MEASURES),
  /** Narrows to the hits of a share, or to the rest of it. */
  only: z.enum(['hits', 'misses', 'open']).nullable().default(null),
  after: z.string().nullable().default(null),
})
export type ReportTicketsRequest = z.infer<typeof ReportTicketsRequest>

/** An escalation, a clock or a ticket behind a figure. */
export const ReportTicket = z.strictObject({
  ticketId: z.int(),
  escalationId: z.string().nullable(),
  subject: z.string().nullable(),
  tier: z.int().nullable(),
  queue: z.string().nullable(),
  component: z.string().nullable(),
  severity: z.string().nullable(),
  at: Instant,
  /** What it adds to the figure, in the unit of the measure; null where it is open. */
  value: z.number().nullable(),
  /** One or two words: `met`, `breached`, `returned: incomplete`, `open` … */
  note: z.string(),
})
export type ReportTicket = z.infer<typeof ReportTicket>

export const ReportTickets = z.strictObject({
  rows: z.array(ReportTicket),
  /** Give it as `after` for the next page; null at the end. */
  next: z.string().nullable(),
  total: count,
})
export type ReportTickets = z.infer<typeof ReportTickets>

/** Ages of what is open, in days: up to and without the number. */
export const AGES = [1, 3, 7, 14, 30, null] as const

/** Answer of `GET /desk/backlog`: what was open at an instant. */
export const Backlog = z.strictObject({
  at: Instant,
  open: count,
  /** One for each combination of severity, tier and age there is; `underDays` is null for the oldest. */
  parts: z.array(
    z.strictObject({
      severity: z.string().nullable(),
      tier: z.int(),
      standing: z.enum(['with-tier', 'returned']),
      underDays: z.number().nullable(),
      count,
    }),
  ),
})
export type Backlog = z.infer<typeof Backlog>

/** Answer of `GET /desk/load`: how much the tiers and their people had open at once. It is load, not utilisation. */
export const Load = z.strictObject({
  from: Instant,
  to: Instant,
  tiers: z.array(
    z.strictObject({
      tier: z.int(),
      name: z.string(),
      /** Hours of open escalations within the hours the tier is scheduled. */
      openHours: z.number(),
      scheduledHours: z.number(),
      /** One by the other: how many were open at once on average; null without scheduled hours. */
      load: z.number().nullable(),
    }),
  ),
  /** Open at once by whoever has them, averaged over the scheduled hours of their tiers; most first. */
  people: z.array(z.strictObject({ agent: z.int(), name: z.string(), load: z.number(), escalations: count })),
  /** How unevenly it is shared among them: 0 for evenly, near 1 for one who has it all; null for fewer than two. */
  gini: z.number().nullable(),
})
export type Load = z.infer<typeof Load>
