import type { Escalation } from '../escalation/state.ts'
import type { Card } from './notice.ts'
import type { NoticeSetting } from './setting.ts'

/** How the escalation stands now. */
export function cardOf({ id, stage, note, decision, respondBy, owner }: Escalation, setting: NoticeSetting): Card {
  return {
    escalationId: id,
    ticketId: setting.ticketId,
    ticketUrl: setting.ticketUrl,
    stage,
    tier: decision.tier,
    tierName: decision.tierName,
    queueName: decision.queueName,
    severity: decision.severity,
    summary: note.issue.summary,
    account: note.customer_context.account,
    respondBy,
    owner: owner?.name ?? null,
  }
}
