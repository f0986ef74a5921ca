import { CLOCK_KINDS } from '../clock/targets.ts'
import { CLOCK_KEYS, type ClockKey } from './clocks-schema.ts'
import type { Policy } from './policy.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import { clockNamed } from './resolve-clocks.ts'
import type { EscalationEntry } from './schema.ts'

/** Warns of what is said about clocks and schedules and never comes to count. */
export function lintClocks(entry: EscalationEntry, policy: Policy, report: Report): void {
  warnOfUnusedSchedules(entry, policy, report)
  warnOfUnusedClocks(entry, policy, report)
  warnOfNightWithoutNotice(entry, policy, report)
}

function warnOfUnusedSchedules(entry: EscalationEntry, policy: Policy, report: Report): void {
  const { clocks, customer, notices, tiers } = entry
  const used = [
    clocks?.schedule,
    ...CLOCK_KEYS.map((key) => clocks?.[key]?.schedule),
    ...tiers.map(({ schedule }) => schedule),
    notices?.hours,
    customer?.hours,
  ]
  policy.schedules.forEach(({ id }, index) => {
    if (!used.includes(id)) report.warn(['escalation', 'schedules', index], `Nothing counts by the schedule "${id}"`)
  })
}

/** What a policy says of a clock that it gives no target. */
function warnOfUnusedClocks(entry: EscalationEntry, policy: Policy, report: Report): void {
  const given = CLOCK_KEYS.filter((key) => entry.clocks?.[key] !== undefined && !hasTarget(key, policy, () => true))
  for (const key of given) {
    const nobody = key === 'customer' ? 'neither it nor the lowest tier names a target' : 'no tier has a target for it'
    report.warn(['escalation', 'clocks', key], `Not used: ${nobody}`)
  }
  const { at = ['breach'], clocks } = entry.auto_escalation ?? {}
  if (policy.autoEscalation.clocks.length === 0) return
  clocks?.forEach((key, index) => {
    const path: Path = ['escalation', 'auto_escalation', 'clocks', index]
    const lowest = policy.tiers[0]!.level
    const isBetween = (level: number) =>
      level > lowest && policy.tiers.some((tier) => tier.level === level && tier.next !== null)
    if (!hasTarget(key, policy, isBetween)) {
      report.warn(path, `No tier between the lowest and the highest has a target for ${words(key)}`)
    } else if (!at.includes('breach') && policy.clocks.kinds[clockNamed(key)].warnAt.length === 0) {
      report.warn(path, `The clock for ${words(key)} gives no warning to escalate at`)
    }
  })
}

function hasTarget(key: ClockKey, { tiers, clocks, rules }: Policy, inTier: (level: number) => boolean): boolean {
  const { customer } = clocks
  const among = tiers.filter(({ level }) => inTier(level))
  if (key === 'customer') return among.length > 0 && (customer.target !== null || customer.variants.length > 0)
  if (key !== 'first_response' && key !== 'resolution') {
    const name = key === 'fix_to_customer' ? 'fix-to-customer' : key
    return among.some(({ engineering, variants }) =>
      [engineering, ...variants.map((variant) => variant.engineering)].some((minutes) => minutes[name] !== null),
    )
  }
  const name = key === 'resolution' ? 'resolution' : 'firstResponse'
  const byTier = among.flatMap(({ targets, variants }) => [targets, ...variants])
  const byRule = among.length > 0 ? rules.map(({ set }) => set.targets) : []
  return [...byTier, ...byRule].some((minutes) => minutes[name] !== null)
}

function warnOfNightWithoutNotice({ clocks }: EscalationEntry, { notices }: Policy, report: Report): void {
  if (notices.hours === null) return
  clocks?.around_the_clock?.forEach((severity, index) => {
    if (notices.aroundTheClock.includes(severity)) return
    const path: Path = ['escalation', 'clocks', 'around_the_clock', index]
    report.warn(path, `The clocks of ${severity} count every hour, but nobody is told outside "${notices.hours}"`)
  })
}

function words(key: ClockKey): string {
  return CLOCK_KINDS[clockNamed(key)].name.replaceAll('-', ' ')
}
