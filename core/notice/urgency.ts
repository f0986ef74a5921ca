import type { Escalation } from '../escalation/state.ts'
import type { NoticeRule } from '../policy/notification-policy.ts'
import type { Severity } from '../severity.ts'
import { HOUR_MS, MINUTE_MS } from '../units.ts'
import { type NoticeKind, type NoticeUrgency, URGENCIES } from './words.ts'

const BY_SEVERITY: Readonly<Record<Severity, NoticeUrgency>> = { P0: 'critical', P1: 'high', P2: 'normal', P3: 'low' }

/** Kinds that ask nobody to hurry, however bad it is. */
const CALM: readonly NoticeKind[] = ['accepted', 'progress', 'resolved', 'de-escalation', 'customer-confirmation']

/** What the policy says, or how bad it is. */
export function urgencyOf(
  kind: NoticeKind,
  { urgency }: Pick<NoticeRule, 'urgency'>,
  { decision }: Escalation,
): NoticeUrgency {
  if (urgency !== null) return urgency
  const bad = BY_SEVERITY[decision.severity]
  return CALM.includes(kind) && URGENCIES.indexOf(bad) > URGENCIES.indexOf('normal') ? 'normal' : bad
}

const PATIENCE: Readonly<Record<NoticeUrgency, number>> = {
  critical: 5 * MINUTE_MS,
  high: 15 * MINUTE_MS,
  normal: 2 * HOUR_MS,
  low: 4 * HOUR_MS,
}

/** How long a channel that does not answer is tried before another takes its place. */
export function patienceOf(urgency: NoticeUrgency): number {
  return PATIENCE[urgency]
}

export function moreUrgent(one: NoticeUrgency, other: NoticeUrgency): NoticeUrgency {
  return URGENCIES.indexOf(other) > URGENCIES.indexOf(one) ? other : one
}
