import type { ClockName } from '../clock/targets.ts'
import { openMinutes } from '../clock/week.ts'
import { formatDuration, MINUTE_MS, type Minutes, SECOND_MS } from '../units.ts'
import type { Policy } from './policy.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import type { EscalationEntry } from './schema.ts'

/** Too little to act upon. */
const SHORTEST_NOTICE_MS = MINUTE_MS

/** Warns of targets whose warning comes too late, and of those that last longer than whoever wrote them may think. */
export function lintTargets(entry: EscalationEntry, policy: Policy, report: Report): void {
  for (const target of targetsIn(entry, policy)) {
    warnOfLateWarning(target, policy, report)
    warnOfLongTarget(target, policy, report)
  }
}

/** A target somewhere in the policy, with the schedule it counts by; null where every hour counts. */
type TargetPlace = { clock: ClockName; minutes: Minutes; schedule: string | null; path: Path }

function targetsIn(entry: EscalationEntry, policy: Policy): TargetPlace[] {
  const { kinds, customer, aroundTheClock } = policy.clocks
  const places: TargetPlace[] = []
  const add = (
    clock: ClockName,
    minutes: Minutes | null,
    own: string | null,
    severities: readonly string[],
    path: Path,
  ) => {
    if (minutes === null) return
    const everyHour = kinds[clock].counts === 'calendar' || isWithin(severities, aroundTheClock)
    places.push({ clock, minutes, schedule: everyHour ? null : (kinds[clock].schedule ?? own), path })
  }
  for (const tier of policy.tiers) {
    const sla = ['escalation', 'tiers', entry.tiers.findIndex(({ level }) => level === tier.level), 'sla']
    const said = [
      { ...tier, severities: [], path: sla },
      ...tier.variants.map((variant, index) => ({ ...variant, targets: variant, path: [...sla, 'variants', index] })),
    ]
    for (const { targets, engineering, severities, path } of said) {
      add('first-response', targets.firstResponse, tier.schedule, severities, [...path, 'first_response'])
      add('resolution', targets.resolution, tier.schedule, severities, [...path, 'resolution_target'])
      for (const [name, minutes] of Object.entries(engineering)) {
        add(name as ClockName, minutes, tier.schedule, severities, [...path, name.replaceAll('-', '_')])
      }
    }
  }
  // One that is left out is the lowest tier's, of which enough was said there.
  const root: Path = ['escalation', 'clocks', 'customer']
  if (entry.clocks?.customer?.target) add('customer', customer.target, customer.schedule, [], [...root, 'target'])
  entry.clocks?.customer?.variants?.forEach((_, index) => {
    const { target, severities } = customer.variants[index]!
    add('customer', target, customer.schedule, severities, [...root, 'variants', index, 'target'])
  })
  return places
}

function warnOfLateWarning({ clock, minutes, path }: TargetPlace, policy: Policy, report: Report): void {
  const percent = policy.clocks.kinds[clock].warnAt.at(-1)
  if (percent === undefined) return
  const leftMs = (minutes * MINUTE_MS * (100 - percent)) / 100
  if (leftMs >= SHORTEST_NOTICE_MS) return
  const left = Math.round(leftMs / SECOND_MS)
  report.warn(path, `A warning at ${percent} % of ${formatDuration(minutes)} comes ${left} seconds before the breach`)
}

function warnOfLongTarget({ minutes, schedule: id, path }: TargetPlace, { schedules }: Policy, report: Report): void {
  const schedule = schedules.find((candidate) => candidate.id === id)
  if (schedule?.from !== 'policy') return
  const open = openMinutes(schedule.schedule.week)
  if (minutes <= open) return
  report.warn(
    path,
    `${formatDuration(minutes)} is ${hours(minutes)} of open time, and "${id}" opens ${hours(open)} a week: ` +
      'it lasts longer than a week. A day is 24 hours here',
  )
}

function hours(minutes: Minutes): string {
  return minutes < 60 ? `${minutes} minutes` : `${Math.round(minutes / 6) / 10} hours`
}

/** Whether a list that is not empty names nothing else. */
function isWithin(items: readonly string[], list: readonly string[]): boolean {
  return items.length > 0 && items.every((item) => list.includes(item))
}
