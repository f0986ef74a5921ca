import { parseDuration } from '../units.ts'
import { checkCustomerTiers } from './check-customer-tiers.ts'
import type { EngineeringMinutes, Tier } from './policy.ts'
import type { Report } from './report.ts'
import { lifeOfTier } from './resolve-life.ts'
import { checkScheduleId } from './resolve-opening-hours.ts'
import { minutesOf } from './resolve-rules.ts'
import type { EscalationEntry } from './schema.ts'

export function resolveTier(
  entry: EscalationEntry,
  tier: EscalationEntry['tiers'][number],
  index: number,
  customerTiers: string[],
  report: Report,
): Omit<Tier, 'next' | 'defaultQueue'> {
  const path = ['escalation', 'tiers', index]
  if (!tier.sla?.first_response) report.warn(path, `Tier ${tier.level} has no target for the first response`)
  tier.sla?.variants?.forEach((variant, at) => {
    const here = [...path, 'sla', 'variants', at]
    if (!variant.severity && !variant.customer_tier)
      report.refuse(here, 'A variant needs "severity" or "customer_tier"')
    const { severity: _, customer_tier, ...targets } = variant
    if (Object.keys(targets).length === 0) {
      report.refuse(here, 'A variant needs a target, such as "first_response" or "resolution_target"')
    }
    checkCustomerTiers(customer_tier, customerTiers, [...here, 'customer_tier'], report)
  })
  checkScheduleId(tier.schedule, entry, [...path, 'schedule'], report)
  return {
    level: tier.level,
    name: tier.name,
    capabilities: tier.capabilities ?? [],
    criteria: tier.escalation_criteria ?? [],
    stakeholders: tier.stakeholders ?? [],
    targets: minutesOf(tier.sla),
    engineering: engineeringOf(tier.sla),
    schedule: tier.schedule ?? entry.clocks?.schedule ?? null,
    ...lifeOfTier(tier),
    variants: (tier.sla?.variants ?? []).map((variant) => ({
      severities: variant.severity ?? [],
      customerTiers: variant.customer_tier ?? [],
      ...minutesOf(variant),
      engineering: engineeringOf(variant),
    })),
  }
}

type EngineeringEntry = { acknowledge?: string; investigate?: string; fix?: string; fix_to_customer?: string }

function engineeringOf(sla: EngineeringEntry = {}): EngineeringMinutes {
  const minutes = (span: string | undefined) => (span === undefined ? null : parseDuration(span))
  return {
    acknowledge: minutes(sla.acknowledge),
    investigate: minutes(sla.investigate),
    fix: minutes(sla.fix),
    'fix-to-customer': minutes(sla.fix_to_customer),
  }
}
