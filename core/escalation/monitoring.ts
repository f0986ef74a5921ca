import type { Due } from './countdowns.ts'
import type { Escalation } from './state.ts'

/** The end of watching a fix; at once where the policy asks for none. Then it is time to de-escalate. */
export function monitoringDues({ id, stage, resolution, monitoringUntil }: Escalation, told: readonly string[]): Due[] {
  if (!resolution || (stage !== 'resolved' && stage !== 'monitoring')) return []
  const dueId = `${id}/monitoring/${resolution.at}`
  if (told.includes(dueId)) return []
  return [{ id: dueId, at: monitoringUntil ?? resolution.at, counted: null, what: 'monitoring' }]
}
