import type { EffectFact } from '../../core/escalation/facts.ts'
import { isTransient, ZendeskError } from '../zendesk/error.ts'
import { Refused } from './refused.ts'

type Outcome = EffectFact['outcome']

/** As many tries as the queue makes before it puts a job aside. */
const MOST_ATTEMPTS = 20

/** What an effect that did not succeed comes to, in words for whoever looks at the escalation. */
export function outcomeOf(error: unknown, attempts: number): Outcome {
  if (error instanceof Refused) return { state: 'refused', reason: error.reason, detail: error.detail }
  if (error instanceof ZendeskError && !isRetried(error)) {
    return { state: 'refused', reason: error.reason, detail: refusalDetail(error) }
  }
  const reason = error instanceof ZendeskError ? error.reason : 'internal-error'
  const isLast = attempts >= MOST_ATTEMPTS && !(error instanceof ZendeskError && error.failure === 'rate-limited')
  return {
    state: isLast ? 'failed' : 'retrying',
    reason,
    attempts,
    detail: `${retryDetail(error)}${isLast ? ' Baton has stopped trying; an admin can put the job back.' : ''}`,
  }
}

/** A sign-in that fails is repaired by an admin, and then the effect should still happen. */
function isRetried(error: ZendeskError): boolean {
  return isTransient(error) || error.reason === 'not-signed-in'
}

function refusalDetail({ failure, reason, status }: ZendeskError): string {
  if (failure === 'not-found')
    return 'Zendesk no longer shows this ticket. If it was deleted, restore it and send the note again.'
  if (reason === 'ticket-closed') return TICKET_CLOSED
  if (reason === 'insufficient-scope') {
    return 'Baton’s OAuth client lacks a scope. An admin must give it read and write, then send the note again.'
  }
  if (failure === 'denied') {
    return 'Zendesk does not let Baton change this ticket. An admin must give Baton’s user access to it, then send the note again.'
  }
  if (reason === 'required-field') {
    return 'Zendesk asks for a ticket field that is not filled in. Fill in the required fields, then send the note again.'
  }
  return `Zendesk refused the update (${status ?? reason}). An admin finds it in the server’s log; send the note again once it is mended.`
}

export const TICKET_CLOSED = 'The ticket is closed and can no longer be moved. Escalate from a follow-up ticket.'

function retryDetail(error: unknown): string {
  if (!(error instanceof ZendeskError)) return 'Something went wrong in Baton’s server. It tries again by itself.'
  if (error.reason === 'not-signed-in') {
    return 'Zendesk does not accept Baton’s sign-in. An admin must check the OAuth client; Baton tries again by itself.'
  }
  switch (error.failure) {
    case 'rate-limited':
      return 'Zendesk asked Baton to slow down. It tries again by itself.'
    case 'conflict':
    case 'collision':
      return 'The ticket keeps changing while Baton updates it. It tries again by itself.'
    default:
      return 'Zendesk does not answer. Baton tries again by itself.'
  }
}
