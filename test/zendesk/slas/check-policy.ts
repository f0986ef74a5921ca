import { addProblem, type Problems } from '../http/refused.ts'
import { asList } from '../rules/check-trigger.ts'
import { PRIORITIES } from '../rules/vocabulary.ts'
import type { Condition, State } from '../state/model.ts'
import { filterProblem } from './filter.ts'
import { POLICY_METRICS, type PolicyMetric, type SlaPolicy } from './policy.ts'

/** What a request may say about a policy; values come from outside. */
export type PolicyInput = {
  title?: unknown
  description?: unknown
  position?: unknown
  filter?: unknown
  policy_metrics?: unknown
}

export type ReadPolicy = Pick<SlaPolicy, 'title' | 'description' | 'filter' | 'policy_metrics'>

/** The policy as the request would have it, and everything wrong with it. Lists are replaced whole. */
export function readPolicy(
  state: State,
  input: PolicyInput,
  before: ReadPolicy | null,
): { policy: ReadPolicy; problems: Problems } {
  const problems: Problems = {}
  const title = input.title ?? before?.title
  if (typeof title !== 'string' || title.trim() === '') {
    addProblem(problems, 'title', { description: 'Title: cannot be blank', error: 'BlankValue' })
  }
  const filter = readFilter(input.filter) ?? before?.filter
  if (!filter) addProblem(problems, 'filter', { description: 'Filter: cannot be blank', error: 'BlankValue' })
  for (const condition of [...(filter?.all ?? []), ...(filter?.any ?? [])]) {
    const problem = filterProblem(state, condition)
    if (problem) addProblem(problems, 'filter', `Filter: ${problem}`)
  }
  const policy_metrics =
    input.policy_metrics === undefined
      ? (before?.policy_metrics ?? [])
      : readMetrics(asList(input.policy_metrics), problems)
  const description = String(input.description ?? before?.description ?? '')
  return {
    policy: { title: String(title ?? ''), description, filter: filter ?? { all: [], any: [] }, policy_metrics },
    problems,
  }
}

function readFilter(given: unknown): SlaPolicy['filter'] | null {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return null
  const { all, any } = given as { all?: unknown; any?: unknown }
  return { all: asList(all) as Condition[], any: asList(any) as Condition[] }
}

function readMetrics(given: unknown[], problems: Problems): PolicyMetric[] {
  const metrics = given.flatMap((one, index) => {
    const read = readMetric(one)
    if (typeof read !== 'string') return [read]
    addProblem(problems, 'policy_metrics', `Policy metrics: entry ${index + 1} ${read}`)
    return []
  })
  const cells = metrics.map(({ metric, priority }) => `${metric} ${priority}`)
  const twice = cells.find((cell, index) => cells.indexOf(cell) < index)
  if (twice) addProblem(problems, 'policy_metrics', `Policy metrics: ${twice} has already been taken`)
  return metrics
}

/** The metric, or what is wrong with it. Targets come in minutes or, exactly, in seconds. */
function readMetric(given: unknown): PolicyMetric | string {
  const { priority, metric, target, target_in_seconds, business_hours } = (given ?? {}) as Partial<PolicyMetric>
  if (!PRIORITIES.includes(priority!)) return 'needs a priority of low, normal, high or urgent'
  if (!POLICY_METRICS.includes(metric!)) return `has an unknown metric ${metric ?? ''}`
  const seconds = target_in_seconds ?? Number(target) * 60
  if (!Number.isInteger(seconds) || seconds <= 0) return 'needs a target above 0'
  return {
    ...{ priority: priority!, metric: metric!, target: Math.floor(seconds / 60), target_in_seconds: seconds },
    business_hours: business_hours === true,
  }
}
