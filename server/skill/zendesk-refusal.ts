import { type Instant, SECOND_MS } from '../../core/units.ts'
import { Refusal } from '../http/refusal.ts'
import { isTransient, type ZendeskError } from '../zendesk/error.ts'

/** What a program is told when Zendesk's answer stopped its request, and after how many seconds it may ask again. */
export function refusalOf(error: ZendeskError, now: Instant): { refusal: Refusal; retryAfter: number | null } {
  if (isTransient(error)) {
    const seconds = error.retryAt === null ? 5 : Math.max(1, Math.ceil((error.retryAt - now) / SECOND_MS))
    const message = 'Zendesk does not answer Baton right now. Ask again, with the same Idempotency-Key.'
    return { refusal: new Refusal(503, 'zendesk-unavailable', message), retryAfter: seconds }
  }
  return { refusal: lasting(error), retryAfter: null }
}

function lasting({ failure, reason }: ZendeskError): Refusal {
  if (failure === 'not-found') {
    return new Refusal(404, 'ticket-not-found', 'Zendesk does not show this ticket. It may have been deleted.')
  }
  if (reason === 'ticket-closed') {
    return new Refusal(409, 'ticket-closed', 'The ticket is closed. Go on in a follow-up ticket.')
  }
  const message = `Zendesk does not let Baton do this (${reason}). Ask an admin to run \`baton doctor\`.`
  return new Refusal(502, 'zendesk-denied', message)
}
