import type { EngineeringMinutes, TargetMinutes, TargetVariant, Tier } from '../policy/policy.ts'
import type { Severity } from '../severity.ts'

/**
 * The targets of a tier. Each of the two is taken from the first that names it: the rule, the first variant that fits
 * severity and customer, the tier itself.
 */
export function targetsOf(
  tier: Tier,
  severity: Severity,
  customerTier: string | null,
  byRule: TargetMinutes,
): TargetMinutes {
  const targets = { ...byRule }
  for (const variant of tier.variants) {
    if (!fits(variant, severity, customerTier)) continue
    targets.firstResponse ??= variant.firstResponse
    targets.resolution ??= variant.resolution
  }
  targets.firstResponse ??= tier.targets.firstResponse
  targets.resolution ??= tier.targets.resolution
  return targets
}

/** The targets of a tier's engineering clocks, each from the first variant that fits and names it, else the tier. */
export function engineeringTargetsOf(tier: Tier, severity: Severity, customerTier: string | null): EngineeringMinutes {
  const said = [...tier.variants.filter((variant) => fits(variant, severity, customerTier)), tier]
  const first = (name: keyof EngineeringMinutes) =>
    said.find(({ engineering }) => engineering[name] !== null)?.engineering[name] ?? null
  return {
    acknowledge: first('acknowledge'),
    investigate: first('investigate'),
    fix: first('fix'),
    'fix-to-customer': first('fix-to-customer'),
  }
}

/** Whether something for these severities and customer tiers is for this one; an empty list is for any. */
export function fits(
  { severities, customerTiers }: Pick<TargetVariant, 'severities' | 'customerTiers'>,
  severity: Severity,
  customerTier: string | null,
): boolean {
  return (
    (severities.length === 0 || severities.includes(severity)) &&
    (customerTiers.length === 0 || (customerTier !== null && customerTiers.includes(customerTier)))
  )
}
