import type { Fold } from './fold.ts'
import { messageOf } from './fold.ts'
import { renderText } from './render-text.ts'

/** What a program is told; keys are never taken away or given another meaning within `version`. */
export function renderWebhook(fold: Fold) {
  const [{ id, kind, urgency, happenedAt, card, recipients, subject, opening, sections }] = fold
  return {
    version: 1,
    id,
    kind,
    urgency,
    happened_at: new Date(happenedAt).toISOString(),
    escalation: {
      id: card.escalationId,
      ticket_id: card.ticketId,
      ticket_url: card.ticketUrl,
      stage: card.stage,
      tier: card.tier,
      queue: card.queueName,
      severity: card.severity,
    },
    recipients: recipients.map(({ role, contact: { name, email } }) => ({ role, name, email })),
    subject,
    opening,
    sections,
    text: renderText(messageOf(fold)),
  }
}
