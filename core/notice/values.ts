import type { EscalationEvent } from '../escalation/events.ts'
import type { Escalation } from '../escalation/state.ts'
import { writeInstant } from '../escalation/write-instant.ts'
import type { Instant } from '../units.ts'
import type { Placeholder } from './placeholders.ts'
import type { NoticeSetting } from './setting.ts'
import { reasonOf, whatOf } from './what.ts'

/** What templates may name, for one event. Line ends become spaces: each of these stands inside a sentence. */
export function valuesOf(
  event: EscalationEvent,
  { id, stage, note, decision, requestedBy, requestedAt, respondBy }: Escalation,
  setting: NoticeSetting,
): Record<Placeholder, string> {
  const { issue, customer_context: customer } = note
  const values: Record<Placeholder, string> = {
    escalation: id,
    ticket: `#${setting.ticketId}`,
    ticket_url: setting.ticketUrl,
    tier: String(decision.tier),
    tier_name: decision.tierName,
    queue: decision.queueName,
    severity: decision.severity,
    urgency: String(decision.urgency.score),
    stage,
    summary: issue.summary,
    account: customer.account,
    customer_tier: customer.tier,
    arr: customer.arr,
    health_score: customer.health_score === null ? '' : String(customer.health_score),
    customer_impact: issue.customer_impact,
    business_impact: issue.business_impact,
    requested_by: requestedBy.name,
    requested_at: writeInstant(requestedAt),
    respond_by: writeDeadline(respondBy),
    reason: reasonOf(event, decision.reasons),
    what: whatOf(event),
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.replace(/\s+/g, ' ').trim()]),
  ) as Record<Placeholder, string>
}

function writeDeadline(at: Instant | null): string {
  return at === null ? '' : writeInstant(at)
}
