/** What must hold before an escalation goes back, in the words of a policy. */
export const CRITERIA = ['root_cause', 'fix_applied', 'customer_confirmed', 'monitoring_complete'] as const
export type Criterion = (typeof CRITERIA)[number]
