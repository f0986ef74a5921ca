import type { EscalationEvent } from '../escalation/events.ts'
import type { Escalation } from '../escalation/state.ts'
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

/**
 * Whether somebody had accepted what fell due by the time we came to tell of it: a server that was away learns of both at once,
 * and nobody is to be woken by a page that nothing would acknowledge any more.
 */
export function isOvertaken(event: EscalationEvent, { signals }: Pick<Escalation, 'signals'>): boolean {
  return 'lateMs' in event && signals.some(({ signal, at }) => signal === 'accepted' && at >= event.at)
}
