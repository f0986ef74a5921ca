import type { Instant } from '../../../core/units.ts'
import type { Condition } from '../state/model.ts'

export const POLICY_METRICS = [
  'first_reply_time',
  'next_reply_time',
  'requester_wait_time',
  'agent_work_time',
  'pausable_update_time',
  'periodic_update_time',
  'total_resolution_time',
] as const
export type PolicyMetricName = (typeof POLICY_METRICS)[number]

/** One cell of a policy's table. `target_in_seconds` is what counts; `target` is the same in minutes. */
export type PolicyMetric = {
  priority: 'low' | 'normal' | 'high' | 'urgent'
  metric: PolicyMetricName
  target: number
  target_in_seconds: number
  business_hours: boolean
}

export type SlaPolicy = {
  id: number
  title: string
  description: string
  position: number
  filter: { all: Condition[]; any: Condition[] }
  policy_metrics: PolicyMetric[]
  created_at: Instant
  updated_at: Instant
}

/** As audits write a target. */
export type SlaTarget = { minutes: number; in_business_hours: boolean }

export type SlaTargets = Partial<Record<PolicyMetricName, SlaTarget>>

/** What a ticket is held to, pinned when it was last decided: an edited policy changes nothing by itself. */
export type AppliedSla = {
  policy_id: number
  policy_title: string
  priority: string | null
  schedule_id: number | null
  targets: SlaTargets
}

/** Group SLA policies are only listed here, never applied. Their ids are ULIDs and their targets seconds. */
export type GroupSlaPolicy = {
  id: string
  title: string
  description: string
  position: number
  filter: { all: Condition[] }
  policy_metrics: { priority: string; metric: 'group_ownership_time'; target: number; business_hours: boolean }[]
  created_at: Instant
  updated_at: Instant
}
