import type { Instant } from '../units.ts'
import { adviseDeescalation } from './advisor.ts'
import type { Due } from './countdowns.ts'
import type { EscalationEvent } from './events.ts'
import type { Escalation } from './state.ts'

/** What fell due, for the record: at its true instant, with how late it was noticed. */
export function eventOf(due: Due, escalation: Escalation, now: Instant): EscalationEvent {
  const common = { at: due.at, escalationId: escalation.id, by: null, auditId: null }
  const lateMs = lateMsOf(due, escalation, now)
  switch (due.what) {
    case 'warning':
      return { ...common, kind: 'clock-warned', percent: due.percent, ...clockIn(due), lateMs }
    case 'breach':
      return { ...common, kind: 'clock-breached', breachedBy: due.folded.breachedBy ?? 'time', ...clockIn(due), lateMs }
    case 'timer': {
      const { id, title } = due.timer
      return { ...common, kind: 'timer-fired', timer: id, title, missed: due.missed, lateMs }
    }
    case 'on-call': {
      const { step, event, told, uncovered } = due.outcome
      const { queue } = due
      return event === 'notified'
        ? { ...common, kind: 'on-call-told', step, queue, told: [...told], lateMs }
        : { ...common, kind: 'nobody-notified', step, queue, uncovered: [...uncovered], lateMs }
    }
    case 'promise':
      return { ...common, kind: 'promise-overdue', promise: due.id, since: due.since, lateMs }
    case 'monitoring':
      return { ...common, kind: 'monitoring-ended', missing: adviseDeescalation(escalation, now).missing, lateMs }
  }
}

/** Nobody could notice it before the hand-off. */
export function lateMsOf({ at }: Due, { requestedAt }: Escalation, now: Instant): number {
  return Math.max(0, now - Math.max(at, requestedAt))
}

function clockIn({ clock }: Extract<Due, { what: 'warning' | 'breach' }>) {
  return { clockId: clock.id, clock: clock.name, tier: clock.tier }
}
