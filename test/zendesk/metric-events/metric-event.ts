import type { Instant } from '../../../core/units.ts'
import type { PolicyMetricName } from '../slas/policy.ts'

export const METRICS = [
  'agent_work_time',
  'pausable_update_time',
  'periodic_update_time',
  'reply_time',
  'requester_wait_time',
  'resolution_time',
  'group_ownership_time',
] as const
export type MetricName = (typeof METRICS)[number]

export type EventType = 'measure' | 'activate' | 'pause' | 'fulfill' | 'apply_sla' | 'breach' | 'update_status'

/** One step of a metric's clock. Derived from the ticket's audits whenever it is asked for, never stored. */
export type MetricEvent = {
  id: number
  ticket_id: number
  metric: MetricName
  /** 0 is the metric itself; replies and updates count on, the others stay at 1. */
  instance_id: number
  type: EventType
  /** A breach lies in the future until its target is used up. */
  at: Instant
  /** When it came to be known, which for a breach is earlier than `at`. */
  knownAt: Instant
  /** When a breach that was foreseen stopped being true. */
  deletedAt?: Instant
  sla?: {
    target: number | null
    target_in_seconds: number | null
    business_hours: boolean | null
    policy: { id: number; title: string; description: string } | null
  }
  status?: Minutes
}

export type Minutes = { calendar: number; business: number }

/** The policy metric whose target a metric's instance is held to. Group SLA policies are not applied here. */
export function policyMetricOf(metric: MetricName, instance: number): PolicyMetricName | null {
  if (metric === 'reply_time') return instance <= 1 ? 'first_reply_time' : 'next_reply_time'
  if (metric === 'resolution_time') return 'total_resolution_time'
  return metric === 'group_ownership_time' ? null : metric
}
