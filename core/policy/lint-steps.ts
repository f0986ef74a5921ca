import { firstGap } from '../oncall/cover.ts'
import { writeLocal } from '../oncall/wall-time.ts'
import type { Policy } from './policy.ts'
import type { Report } from './report.ts'

/**
 * Warns of hours in which no step of a queue reaches anybody. A single schedule with a gap was warned of where it is
 * written; here it is several that were meant to make up for each other.
 */
export function lintSteps({ onCall }: Policy, report: Report): void {
  for (const [queue, steps] of Object.entries(onCall.steps)) {
    const targets = steps.flatMap(({ tell }) => tell)
    const ids = new Set(targets.flatMap((target) => ('schedule' in target ? [target.schedule] : [])))
    if (targets.some((target) => 'person' in target) || ids.size < 2) continue
    const schedules = onCall.schedules.filter(({ id }) => ids.has(id))
    const { zone } = schedules[0]!
    const layers = schedules.flatMap((schedule) => schedule.layers)
    const gap = firstGap({ id: queue, name: queue, zone, layers, overrides: [] })
    if (!gap) continue
    const [from, to] = [gap.from, gap.to].map((instant) => writeLocal(zone, instant))
    report.warn(
      ['escalation', 'on_call', 'steps', queue],
      `Hours without cover: no step reaches anybody from ${from} to ${to} (${zone})`,
    )
  }
}
