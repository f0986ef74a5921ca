import type { MeasureId, MeasureValue, ReportDimension } from '../contract/report.ts'
import type { Compliance, Dimension, Metric, MetricValues, Mttr } from '../contract/skill-metrics.ts'
import { definitionOf } from './definitions.ts'

/** How the escalation skill calls dimensions of reports; the others have one name. */
const DIMENSION_WORDS: Readonly<Partial<Record<Dimension, ReportDimension>>> = {
  escalation_tier: 'tier',
  issue_category: 'category',
  customer_segment: 'segment',
}

export function dimensionOf(word: Dimension): ReportDimension {
  return DIMENSION_WORDS[word] ?? (word as ReportDimension)
}

/** The measures that a metric of the skill is made of. */
export function measuresOf(metric: Metric): MeasureId[] {
  switch (metric) {
    case 'escalation_count':
      return ['escalations']
    case 'mttr_escalations':
      return ['mttr']
    case 'sla_compliance':
      return ['sla_attainment', 'customer_clock_attainment']
    default:
      return [metric]
  }
}

export function definitionWords(metric: Metric): string {
  return measuresOf(metric)
    .map(definitionOf)
    .map(({ definition, window }) => `${definition} Counts by: ${window}.`)
    .join(' `customer`: ')
}

type Values = ReadonlyMap<MeasureId, MeasureValue>

/** Values in the shapes the skill gives them; a measure by its own name as reports have it. */
export function metricValues(
  metrics: readonly Metric[],
  values: Values,
  byClock: Readonly<Record<string, Compliance>>,
): MetricValues {
  return Object.assign({}, ...metrics.map((metric) => one(metric, values, byClock)))
}

function one(metric: Metric, values: Values, byClock: Readonly<Record<string, Compliance>>): MetricValues {
  switch (metric) {
    case 'escalation_count': {
      const count = values.get('escalations')
      return { escalation_count: { value: count?.value ?? 0, open: count?.open ?? 0 } }
    }
    case 'mttr_escalations':
      return { mttr_escalations: mttrOf(values.get('mttr')) }
    case 'escalation_rate': {
      const rate = values.get('escalation_rate')
      const { value = null, reason = null, hits = 0, n = 0 } = rate ?? {}
      return { escalation_rate: { value, reason, escalated: hits ?? 0, created: n } }
    }
    case 'sla_compliance':
      return {
        sla_compliance: {
          ...complianceOf(values.get('sla_attainment')),
          by_clock: byClock,
          customer: complianceOf(values.get('customer_clock_attainment')),
        },
      }
    default: {
      const value = values.get(metric)
      return value ? { [metric]: value } : {}
    }
  }
}

function mttrOf(value: MeasureValue | undefined): Mttr {
  const { mean = null, value: p50 = null, p90 = null, n: resolved = 0, open = 0, excluded = [] } = value ?? {}
  return { value: mean, p50, p90, resolved, open, unresolved: excluded.reduce((sum, { count }) => sum + count, 0) }
}

function complianceOf(value: MeasureValue | undefined): Compliance {
  const met = value?.hits ?? 0
  return { value: value?.value ?? null, met, breached: (value?.n ?? 0) - met, running: value?.open ?? 0 }
}
