import type { TargetMinutes, TargetVariant, Tier } from '../policy/policy.ts'
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

function fits({ severities, customerTiers }: TargetVariant, severity: Severity, customerTier: string | null): boolean {
  return (
    (severities.length === 0 || severities.includes(severity)) &&
    (customerTiers.length === 0 || (customerTier !== null && customerTiers.includes(customerTier)))
  )
}
