import type { AutoEscalation } from '../clock/plan.ts'
import { CLOCK_KINDS, type ClockName, DEFAULT_WARN_AT } from '../clock/targets.ts'
import { parseDuration } from '../units.ts'
import { checkCustomerTiers } from './check-customer-tiers.ts'
import { CLOCK_KEYS, type ClockKey, type ClockRulesEntry } from './clocks-schema.ts'
import type { ClockRules, CustomerTargetVariant, Policy, Tier } from './policy.ts'
import type { Path } from './problems.ts'
import type { Report } from './report.ts'
import { checkScheduleId } from './resolve-opening-hours.ts'
import type { EscalationEntry } from './schema.ts'

const ROOT: Path = ['escalation', 'clocks']
/** The statuses in which a clock can rest. In the others it has stopped. */
const LIVE = ['new', 'open', 'pending', 'hold'] as const

export function clockNamed(key: ClockKey): ClockName {
  return key.replaceAll('_', '-') as ClockName
}

/** @param lowest the tier that the customer's clock takes its target and its schedule from, where it names none */
export function resolveClocks(
  entry: EscalationEntry,
  lowest: Tier,
  customerTiers: readonly string[],
  report: Report,
): Policy['clocks'] {
  const clocks = entry.clocks ?? {}
  checkScheduleId(clocks.schedule, entry, [...ROOT, 'schedule'], report)
  const kinds = Object.fromEntries(
    CLOCK_KEYS.map((key) => {
      checkRules(key, clocks[key], entry, report)
      return [clockNamed(key), rulesOf(clockNamed(key), clocks[key], clocks.warn_at ?? DEFAULT_WARN_AT)]
    }),
  ) as Record<ClockName, ClockRules>
  return {
    kinds,
    aroundTheClock: clocks.around_the_clock ?? [],
    customer: customerOf(entry, lowest, customerTiers, report),
  }
}

function rulesOf(name: ClockName, entry: ClockRulesEntry = {}, warnAt: readonly number[]): ClockRules {
  return {
    pausedIn: entry.paused_in ?? CLOCK_KINDS[name].pausedIn,
    warnAt: [...new Set(entry.warn_at ?? warnAt)].sort((a, b) => a - b),
    counts: entry.counts ?? 'business',
    schedule: entry.schedule ?? null,
  }
}

function checkRules(key: ClockKey, rules: ClockRulesEntry | undefined, entry: EscalationEntry, report: Report): void {
  const path = [...ROOT, key]
  checkScheduleId(rules?.schedule, entry, [...path, 'schedule'], report)
  const pausedIn: readonly string[] = rules?.paused_in ?? []
  pausedIn.forEach((status, index) => {
    if (status !== 'solved' && status !== 'closed') return
    report.refuse([...path, 'paused_in', index], `A ${status} ticket has stopped its clocks; they cannot rest in it`)
  })
  if (LIVE.every((status) => pausedIn.includes(status))) {
    report.refuse([...path, 'paused_in'], 'It rests in every status, so it would never count')
  }
  if (rules?.counts === 'calendar' && rules.schedule !== undefined) {
    report.refuse([...path, 'schedule'], 'In calendar time every hour counts; leave out "schedule" or "counts"')
  }
}

/** What the customer was promised: what the policy names, else what its lowest tier resolves in. */
function customerOf(
  { clocks }: EscalationEntry,
  lowest: Tier,
  customerTiers: readonly string[],
  report: Report,
): Policy['clocks']['customer'] {
  const { target, variants, schedule } = clocks?.customer ?? {}
  variants?.forEach((variant, index) => {
    const path = [...ROOT, 'customer', 'variants', index]
    if (!variant.severity && !variant.customer_tier)
      report.refuse(path, 'A variant needs "severity" or "customer_tier"')
    checkCustomerTiers(variant.customer_tier, customerTiers, [...path, 'customer_tier'], report)
  })
  const own = variants?.map((variant) => ({
    severities: variant.severity ?? [],
    customerTiers: variant.customer_tier ?? [],
    target: parseDuration(variant.target)!,
  }))
  return {
    target: target === undefined ? lowest.targets.resolution : parseDuration(target),
    variants: own ?? (target === undefined ? resolutionVariantsOf(lowest) : []),
    schedule: schedule ?? lowest.schedule,
  }
}

function resolutionVariantsOf({ variants }: Tier): CustomerTargetVariant[] {
  return variants.flatMap(({ severities, customerTiers, resolution }) =>
    resolution === null ? [] : [{ severities, customerTiers, target: resolution }],
  )
}

/** Nothing goes up by itself unless the policy counts targets among what starts an escalation. */
export function resolveAutoEscalation(entry: EscalationEntry, report: Report): AutoEscalation {
  const path: Path = ['escalation', 'auto_escalation']
  if (entry.trigger_model && !entry.trigger_model.includes('sla')) {
    if (entry.auto_escalation) report.warn(path, 'Not used: the trigger model does not name "sla"')
    return { at: [], clocks: [] }
  }
  const { at = ['breach'], clocks = ['resolution'] } = entry.auto_escalation ?? {}
  return { at: [...new Set(at)], clocks: [...new Set(clocks.map(clockNamed))] }
}
