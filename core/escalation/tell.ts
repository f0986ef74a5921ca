import { formatDuration, type Instant, MINUTE_MS } from '../units.ts'
import { adviseDeescalation } from './advisor.ts'
import type { Due } from './countdowns.ts'
import { lateMsOf } from './due-event.ts'
import type { TellTicket } from './effects.ts'
import type { Raise } from './facts.ts'
import { sentenceOf } from './sentences.ts'
import type { Escalation, TicketState } from './state.ts'

export type Telling = {
  dues: readonly Due[]
  /** What takes the escalation to the next tier, if anything does. */
  cause: Due | null
  /** The next tier; null when this is the highest. */
  next: Raise | null
  at: Instant
  notBefore: Instant | null
}

/** One private comment for all that fell due, so that a server that was away does not write a storm of them. */
export function tellTicket({ ticketId, lastAuditId }: TicketState, open: Escalation, telling: Telling): TellTicket {
  const { dues, at, notBefore } = telling
  return {
    kind: 'tell-ticket',
    // What is told a second time, because a late fact took it back, is another comment.
    id: `${open.id}.tell.${lastAuditId}.${at}.${dues[0]!.id}`,
    escalationId: open.id,
    ticketId,
    afterAuditId: lastAuditId,
    comment: writeTelling(open, telling),
    notBefore,
  }
}

function writeTelling(open: Escalation, telling: Telling): string {
  const { dues } = telling
  const lines = dues.map(
    (due) => `${sentenceOf(due)}${lateness(due, open, telling.at)}. ${whatBatonDoes(due, open, telling)}`,
  )
  return [`Due on ${open.id}:`, '', ...lines.map((line) => `- ${line}`)].join('\n')
}

function lateness(due: Due, open: Escalation, at: Instant): string {
  const lateMs = lateMsOf(due, open, at)
  return lateMs <= MINUTE_MS ? '' : `, noticed ${formatDuration(Math.floor(lateMs / MINUTE_MS))} late`
}

function whatBatonDoes(due: Due, open: Escalation, { cause, next, at }: Telling): string {
  if (due === cause) {
    if (!next) return 'There is no higher tier to raise it to.'
    return `Baton raises it to L${next.decision.tier} ${next.decision.tierName}, ${next.decision.queueName}.`
  }
  switch (due.what) {
    case 'warning':
      return 'This is a warning.'
    case 'breach':
      return 'Baton has recorded it.'
    case 'timer':
      return 'This is a reminder.'
    case 'on-call':
      return due.outcome.told.length > 0 ? 'Please accept the ticket.' : 'Baton goes on to the next step at once.'
    case 'promise':
      return `${open.owner?.name ?? open.decision.queueName}, please write to them.`
    case 'monitoring':
      return proposal(open, at)
  }
}

function proposal(open: Escalation, at: Instant): string {
  const { missing, criteria } = adviseDeescalation(open, at)
  if (missing.length === 0) return 'It can be de-escalated: everything the policy asks for is there.'
  const todo = criteria.filter(({ criterion }) => missing.includes(criterion)).map(({ detail }) => detail)
  return `Before it is de-escalated: ${todo.join(' ')}`
}
