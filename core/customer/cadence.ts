import type { CustomerSettings } from '../policy/customer-policy.ts'
import type { Severity } from '../severity.ts'
import type { Minutes } from '../units.ts'

/** How often a customer hears from us, and by which schedule that counts; null for every hour. */
export type Cadence = { every: Minutes; schedule: string | null }

/** What the policy promises customers with a ticket of this severity; null for nothing. */
export function cadenceFor({ cadence, hours, aroundTheClock }: CustomerSettings, severity: Severity): Cadence | null {
  const every = cadence[severity]
  if (every === null) return null
  return { every, schedule: aroundTheClock.includes(severity) ? null : hours }
}
