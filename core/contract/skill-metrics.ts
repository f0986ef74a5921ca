import { z } from 'zod'
import { MEASURES, MeasureValue } from './report.ts'

/** The metrics of the escalation skill, by its names. */
export const METRICS = ['escalation_count', 'mttr_escalations', 'escalation_rate', 'sla_compliance'] as const
/** The same measures that reports have, by theirs; the escalation rate has one name in both. */
const OTHERS = MEASURES.filter((id) => id !== 'escalation_rate') as Exclude<
  (typeof MEASURES)[number],
  'escalation_rate'
>[]
export const ALL_METRICS = [...METRICS, ...OTHERS] as const
export const DIMENSIONS = [
  'escalation_tier',
  'issue_category',
  'customer_segment',
  'severity',
  'queue',
  'component',
  'agent',
  'reason',
  'origin',
  'week',
  'month',
] as const
export type Metric = (typeof ALL_METRICS)[number]
export type Dimension = (typeof DIMENSIONS)[number]

const When = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  'Must be a day (2026-01-31) or an instant (ISO 8601)',
)
const unique = (list: readonly string[]) => new Set(list).size === list.length

/** Parameters of `calculate-metrics`. A day as the end is part of the range; an instant is not. Days, weeks and months are those of UTC. */
export const CalculateMetricsParameters = z.strictObject({
  date_range: z.strictObject({ start: When, end: When }),
  dimensions: z.array(z.enum(DIMENSIONS)).refine(unique, 'Names one twice').default([]),
  metrics: z
    .array(z.enum(ALL_METRICS))
    .min(1, 'Name at least one')
    .refine(unique, 'Names one twice')
    .default([...METRICS]),
})
export type CalculateMetricsParameters = z.infer<typeof CalculateMetricsParameters>

const Count = z.int().nonnegative()
const Hours = z.number().nullable()

const EscalationCount = z.strictObject({ value: Count, open: Count })
const Mttr = z.strictObject({
  /** Hours, as are the percentiles; null where none is resolved. */
  value: Hours,
  p50: Hours,
  p90: Hours,
  resolved: Count,
  /** Not resolved yet: counted here, and in no mean. */
  open: Count,
  /** Over without having been resolved: withdrawn, rejected, merged, deleted. */
  unresolved: Count,
})
const Compliance = z.strictObject({ value: z.number().nullable(), met: Count, breached: Count, running: Count })
const SlaCompliance = Compliance.extend({
  by_clock: z.record(z.string(), Compliance),
  /** Of the tickets' customers' clocks, which run from the creation of the ticket. */
  customer: Compliance,
})
/** Null with a reason where not all tickets were read, or they do not say what they are asked to be counted by. */
const EscalationRate = z.strictObject({
  value: z.number().nullable(),
  reason: z.string().nullable(),
  escalated: Count,
  created: Count,
})

export type MetricValues = Partial<Record<(typeof OTHERS)[number], MeasureValue>> & {
  escalation_count?: z.infer<typeof EscalationCount>
  mttr_escalations?: Mttr
  escalation_rate?: z.infer<typeof EscalationRate>
  sla_compliance?: z.infer<typeof SlaCompliance>
}

const Values = z.strictObject({
  escalation_count: EscalationCount.optional(),
  mttr_escalations: Mttr.optional(),
  escalation_rate: EscalationRate.optional(),
  sla_compliance: SlaCompliance.optional(),
  /** Every other metric, as reports have it. */
  ...Object.fromEntries(OTHERS.map((id) => [id, MeasureValue.optional()])),
}) as z.ZodType<MetricValues>
export type Compliance = z.infer<typeof Compliance>
export type Mttr = z.infer<typeof Mttr>

/** What `calculate-metrics` answers. */
export const CalculateMetricsResult = z.strictObject({
  action: z.literal('calculate-metrics'),
  /** Half-open: from the first instant up to, and without, the last. */
  window: z.strictObject({ from: z.string(), to: z.string() }),
  /** What was known then. */
  as_of: z.string(),
  dimensions: z.array(z.enum(DIMENSIONS)),
  totals: Values,
  /** One for each combination there is; null where an escalation says nothing of a dimension. */
  rows: z.array(
    z.strictObject({
      dimensions: z.partialRecord(z.enum(DIMENSIONS), z.union([z.string(), z.int()]).nullable()),
      values: Values,
    }),
  ),
  /** What each metric means. */
  definitions: z.partialRecord(z.enum(ALL_METRICS), z.string()),
})
export type CalculateMetricsResult = z.infer<typeof CalculateMetricsResult>
