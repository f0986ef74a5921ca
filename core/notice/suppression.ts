import type { EscalationEvent } from '../escalation/events.ts'
import type { Policy } from '../policy/policy.ts'
import { DAY_MS, type Instant } from '../units.ts'

/** What people did longer ago than this is history when we learn of it: a record that is built anew tells nobody. */
const NEWS_FOR_MS = DAY_MS

/**
 * Why an event is told to nobody, whatever the channel; null when it is told. What fell due is told however late: it still
 * waits for somebody.
 */
export function suppressionOf(
  event: EscalationEvent,
  { notifications }: Pick<Policy, 'notifications'>,
  now: Instant,
): 'dry-run' | 'too-late' | null {
  if (notifications.dryRun) return 'dry-run'
  return !('lateMs' in event) && now - event.at > NEWS_FOR_MS ? 'too-late' : null
}
