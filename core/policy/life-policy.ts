import type { Severity } from '../severity.ts'
import type { Minutes } from '../units.ts'

/** What a policy says about escalations that take long and about approvals, besides what its tiers say. */
export type LifeSettings = {
  ageing: {
    /** Times the customer's cadence without a report of progress; null for never. */
    stalledAfter: number | null
    /** Since it was asked for; none for the severities that are left out. */
    agedAfter: Readonly<Partial<Record<Severity, Minutes>>>
    /** Null for once. */
    remindEvery: Minutes | null
  }
  onRejected: 'stays' | 'ends'
}
