import { type Instant, MINUTE_MS } from '../units.ts'
import type { Decision } from './decision.ts'

/**
 * The instant by which the tier should have responded to an escalation handed over at `now`, in calendar time; null
 * when the tier has no such target.
 */
export function respondBy(decision: Pick<Decision, 'targets'>, now: Instant): Instant | null {
  const { firstResponse } = decision.targets
  return firstResponse === null ? null : now + firstResponse * MINUTE_MS
}
