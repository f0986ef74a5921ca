import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import type { EscalationEntry } from './schema.ts'

/** Level → the level an escalation goes to next; null at the top. */
export type Steps = ReadonlyMap<number, number | null>

/** Reports tiers given twice, steps to tiers that are not there, steps down and steps that go round in a circle. */
export function checkTiers({ tiers }: EscalationEntry, report: Report): Steps {
  const indexOf = new Map<number, number>()
  tiers.forEach(({ level }, index) => {
    const first = indexOf.get(level)
    if (first === undefined) indexOf.set(level, index)
    else report.refuse(['escalation', 'tiers', index, 'level'], `Tier ${level} is given twice`)
  })

  const levels = [...indexOf.keys()].sort((a, b) => a - b)
  const steps = new Map<number, number | null>()
  for (const level of levels) {
    const path: Path = ['escalation', 'tiers', indexOf.get(level)!, 'escalates_to']
    const named = tiers[indexOf.get(level)!]!.escalates_to
    if (named !== undefined && !indexOf.has(named)) {
      report.refuse(path, `There is no tier ${named}; there are ${levels.join(', ')}`)
    }
    steps.set(level, named ?? levels.find((candidate) => candidate > level) ?? null)
  }
  for (const level of levels) {
    const step = steps.get(level)!
    if (step === null || step > level) continue
    const path: Path = ['escalation', 'tiers', indexOf.get(level)!, 'escalates_to']
    const circle = circleFrom(level, steps)
    if (circle) report.refuse(path, `The tiers go round in a circle: ${circle.join(' → ')}`)
    else if (indexOf.has(step)) report.refuse(path, `Tier ${level} escalates down to ${step}; escalation goes up`)
  }
  return steps
}

function circleFrom(start: number, steps: Steps): number[] | null {
  const way = [start]
  for (let at = steps.get(start) ?? null; at !== null && way.length <= steps.size; at = steps.get(at) ?? null) {
    way.push(at)
    if (at === start) return way
  }
  return null
}
