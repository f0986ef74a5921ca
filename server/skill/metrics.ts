import type {
  CalculateMetricsResult,
  Compliance,
  Dimension,
  Metric,
  MetricValues,
  Mttr,
} from '../../core/contract/skill-metrics.ts'
import { HOUR_MS } from '../../core/units.ts'
import type { ClockFact, EscalationFact, Places } from './metric-facts.ts'

export const DEFINITIONS: Readonly<Record<Metric, string>> = {
  escalation_count:
    'Escalations asked for within the window. `open`: those of them that are not resolved and not over.',
  mttr_escalations:
    'Hours by the calendar from the hand-off to resolved, of escalations asked for within the window: mean, and the ' +
    '50th and 90th percentile. Those still open are counted apart and are in no mean, which may grow by them yet.',
  escalation_rate:
    'Tickets escalated at least once that were created within the window, of all tickets created within it.',
  sla_compliance:
    'Clocks met, of clocks met and breached by now, over all clocks of tiers; a clock counts for the tier it is of. ' +
    "Running ones are apart, cancelled ones left out. `customer`: the same of the customers' own clocks, once a ticket, with its last escalation.",
}

const NO_RATE =
  'The number of all tickets created is not known: Baton reads only tickets that have to do with an escalation.'

/** Counts facts by the combinations of dimensions there are, and all of them together. Pure. */
export function metricsOf(
  facts: readonly EscalationFact[],
  dimensions: readonly Dimension[],
  metrics: readonly Metric[],
): Pick<CalculateMetricsResult, 'totals' | 'rows' | 'definitions'> {
  const groups = new Map<string, Group>()
  for (const fact of facts) {
    groupOf(fact.places).facts.push(fact)
    for (const clock of fact.clocks) groupOf(clock.places).clocks.push(clock)
  }
  const all = { facts: [...facts], clocks: facts.flatMap(({ clocks }) => clocks) }
  return {
    totals: valuesOf(all, metrics),
    rows:
      dimensions.length === 0
        ? []
        : [...groups.values()]
            .toSorted((a, b) => compare(a.key, b.key))
            .map((group) => ({
              dimensions: Object.fromEntries(dimensions.map((dimension, index) => [dimension, group.key[index]!])),
              values: valuesOf(group, metrics),
            })),
    definitions: Object.fromEntries(metrics.map((metric) => [metric, DEFINITIONS[metric]])),
  }

  function groupOf(places: Places): Group {
    const key = dimensions.map((dimension) => places[dimension])
    const id = JSON.stringify(key)
    const group = groups.get(id) ?? { key, facts: [], clocks: [] }
    groups.set(id, group)
    return group
  }
}

type Counted = { facts: EscalationFact[]; clocks: ClockFact[] }
type Group = Counted & { key: (string | number | null)[] }

function valuesOf({ facts, clocks }: Counted, metrics: readonly Metric[]): MetricValues {
  const asked = (metric: Metric) => metrics.includes(metric)
  return {
    ...(asked('escalation_count') && {
      escalation_count: { value: facts.length, open: facts.filter(({ isOpen }) => isOpen).length },
    }),
    ...(asked('mttr_escalations') && { mttr_escalations: mttrOf(facts) }),
    ...(asked('escalation_rate') && { escalation_rate: { value: null, reason: NO_RATE } }),
    ...(asked('sla_compliance') && { sla_compliance: slaOf(clocks) }),
  }
}

function mttrOf(facts: readonly EscalationFact[]): Mttr {
  const spans = facts.flatMap(({ resolvedMs }) => (resolvedMs === null ? [] : [resolvedMs])).sort((a, b) => a - b)
  const open = facts.filter(({ isOpen }) => isOpen).length
  const mean = spans.length === 0 ? null : spans.reduce((sum, span) => sum + span, 0) / spans.length
  return {
    value: inHours(mean),
    p50: inHours(percentile(spans, 50)),
    p90: inHours(percentile(spans, 90)),
    resolved: spans.length,
    open,
    unresolved: facts.length - spans.length - open,
  }
}

function slaOf(clocks: readonly ClockFact[]): NonNullable<MetricValues['sla_compliance']> {
  const ofTiers = clocks.filter(({ name }) => name !== 'customer')
  const byClock = [...Map.groupBy(ofTiers, ({ name }) => name)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...complianceOf(ofTiers),
    by_clock: Object.fromEntries(byClock.map(([name, some]) => [name, complianceOf(some)])),
    customer: complianceOf(clocks.filter(({ name }) => name === 'customer')),
  }
}

function complianceOf(clocks: readonly ClockFact[]): Compliance {
  const count = (wanted: ClockFact['verdict']) => clocks.filter(({ verdict }) => verdict === wanted).length
  const [met, breached, running] = [count('met'), count('breached'), count('running')]
  return { value: met + breached === 0 ? null : met / (met + breached), met, breached, running }
}

/** The least value that so many percent do not exceed; of ascending values. */
function percentile(values: readonly number[], percent: number): number | null {
  return values[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)] ?? null
}

function inHours(ms: number | null): number | null {
  return ms === null ? null : ms / HOUR_MS
}

/** Numbers before words, nothing last. */
function compare(a: Group['key'], b: Group['key']): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]!
    if (left === right) continue
    if (left === null || right === null) return left === null ? 1 : -1
    return left < right ? -1 : 1
  }
  return 0
}
