import { Severity } from '../severity.ts'
import type { Policy, PolicyTimer } from './policy.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'

/** Warns of timers that never come, or come where they can do nothing. */
export function lintTimers(policy: Policy, report: Report): void {
  policy.timers.forEach((timer, index) => {
    const path: Path = ['escalation', 'timers', index]
    const levels = levelsOf(timer, policy)
    const below = levels.filter((level) => policy.tiers.find((tier) => tier.level === level)?.next !== null)
    if (levels.length === 0) report.warn(path, whyNever(timer, policy))
    else if (timer.then === 'escalate' && below.length === 0) {
      report.warn(path, 'It fits the highest tier alone, where there is nowhere to escalate to')
    }
  })
}

/** Tiers above the lowest, to which alone something is handed over, that a timer can fit. */
function levelsOf(timer: PolicyTimer, policy: Policy): number[] {
  return policy.tiers
    .slice(1)
    .map(({ level }) => level)
    .filter((level) => isAmong(level, timer.tiers))
    .filter((level) => policy.queues.some(({ id, tier }) => tier === level && isAmong(id, timer.queues)))
    .filter((level) => severitiesOf(timer).some((severity) => leastTierOf(severity, policy) <= level))
}

function whyNever(timer: PolicyTimer, policy: Policy): string {
  const lowest = policy.tiers[0]!.level
  const queues = policy.queues.filter(({ id }) => timer.queues.includes(id))
  const levels = timer.tiers.length > 0 ? timer.tiers : queues.map(({ tier }) => tier)
  if (levels.length > 0 && levels.every((level) => level === lowest)) {
    return `It never comes: nothing is handed over to tier ${lowest}, the lowest`
  }
  if (timer.tiers.length > 0 && queues.length > 0 && !queues.some(({ tier }) => timer.tiers.includes(tier))) {
    return `It never comes: none of its queues is in tier ${timer.tiers.join(' or ')}`
  }
  const routed = severitiesOf(timer).map((severity) => `${severity} goes to tier ${leastTierOf(severity, policy)}`)
  return `It never comes: ${routed.join(', ')}`
}

function severitiesOf({ severities }: PolicyTimer): readonly Severity[] {
  return severities.length > 0 ? severities : Severity.options
}

/** 0 where nothing sends the severity to a tier. */
function leastTierOf(severity: Severity, { triggerModel, severityOverrides }: Policy): number {
  return triggerModel.includes('severity') ? (severityOverrides[severity]?.routeTo ?? 0) : 0
}

/** An empty list is any. */
function isAmong<T>(item: T, list: readonly T[]): boolean {
  return list.length === 0 || list.includes(item)
}
