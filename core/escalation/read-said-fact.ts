import type { Said } from '../command/forms.ts'
import type { Verb } from '../contract/command.ts'
import type { SaidFact } from './facts.ts'
import { statusAt } from './moments.ts'
import type { Objection } from './standing.ts'
import type { TicketState } from './state.ts'

/** What a comment says, once it is sure that its author said it of this ticket; else why it cannot be believed. */
export function readSaidFact({ envelope, reading }: SaidFact, ticketId: number): Said | Objection {
  if (envelope && envelope.ticket !== ticketId) {
    return {
      reason: 'other-ticket',
      detail: `This was said of ticket ${envelope.ticket}. Say it on this ticket with Baton.`,
    }
  }
  if (!reading.ok) {
    return {
      reason: 'unreadable',
      detail: `The comment could not be read: ${reading.problems.join(' ')} Say it again with Baton.`,
    }
  }
  if (envelope && (envelope.digest !== reading.digest || envelope.verb !== reading.said.command)) {
    return {
      reason: 'digest-mismatch',
      detail: 'The comment is not the one that the command was made for. Say it again with Baton.',
    }
  }
  return reading.said
}

/** The command that was meant, as far as can be told. */
export function verbOf({ envelope, reading }: SaidFact): Verb {
  return reading.ok ? reading.said.command : (envelope?.verb ?? 'progress')
}

/** A comment written without the app has no command id of its own: its audit stands in. */
export function saidIdOf(fact: SaidFact): string {
  return fact.envelope?.id ?? `audit-${fact.auditId}.${verbOf(fact)}`
}

export function objectionToEnd(end: string): Objection {
  return {
    reason: `ticket-${end}`,
    detail: `The ticket was ${end}, and with it its escalation ended. Go on in a follow-up ticket.`,
  }
}

const OVER: readonly string[] = ['closed', 'merged', 'deleted']

/** How the ticket ended; null while it lives. */
export function endOfTicket(state: TicketState): string | null {
  const status = statusAt(state, Number.POSITIVE_INFINITY)
  return status !== null && OVER.includes(status) ? status : null
}
