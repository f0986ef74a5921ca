import type { Decision } from '../decide/decision.ts'
import { deadlineMoves } from './deadlines.ts'
import type { CommandFact, Means } from './facts.ts'
import { handOversAfter } from './hand-over.ts'
import { momentOf } from './moments.ts'
import type { Command } from './read-command.ts'
import { refuse } from './refuse.ts'
import { respondByOf } from './respond-by.ts'
import { newRouting, routeTicket } from './route.ts'
import { owedBy } from './shortfall.ts'
import { type Escalation, openEscalation, type TicketState, withEscalation } from './state.ts'
import type { Step } from './step.ts'

/**
 * Completes the note of the open escalation. What it owes is counted anew. The ticket is touched again only when the
 * policy now answers something that shows on it: another tier or queue moves it there, otherwise group and assignee
 * stay and only fields, tags and priority follow. Another tier or queue counts from now, and has yet to accept; the same
 * one goes on counting from its hand-over.
 *
 * An escalation that never arrived is carried to the ticket again whatever the note says: this is how a person has it
 * tried again once what stood in the way is mended.
 */
export function amend(state: TicketState, fact: CommandFact, command: Command, means: Means): Step {
  const open = openEscalation(state)
  if (!open) {
    return refuse(state, fact, command.id, {
      reason: 'nothing-to-amend',
      detail: 'No escalation is open on this ticket. Escalate it with a new note.',
    })
  }

  const { note, decision, completeness, plan } = command
  const handOvers = handOversAfter(open, decision, plan, momentOf(fact))
  const isHandedOn = handOvers.length > open.handOvers.length
  const isRerouted = neverArrived(open) || showsOnTicket(decision) !== showsOnTicket(open.decision)
  const amended: Escalation = {
    ...open,
    note,
    decision,
    owed: owedBy(completeness),
    handOvers,
    respondBy: respondByOf(plan, handOvers.at(-1)!.at, means.calendarOf),
    ...(isHandedOn ? { stage: 'requested', stageSince: fact.at } : {}),
    routing: isRerouted ? newRouting(command.id, state.ticketId, decision.group) : open.routing,
  }
  const after = withEscalation(state, amended)
  return {
    state: after,
    events: [
      {
        kind: 'amended',
        at: fact.at,
        escalationId: open.id,
        by: { id: fact.author.id, name: fact.author.name },
        auditId: fact.auditId,
        commandId: command.id,
        score: completeness.score,
        owed: amended.owed.map(({ field }) => field),
      },
      ...deadlineMoves(state, after, fact.at, means.calendarOf, `The note was completed by ${fact.author.name}`),
    ],
    effects: isRerouted ? [routeTicket(state, amended, { afterAuditId: fact.auditId, before: open })] : [],
  }
}

function neverArrived({ routing }: Escalation): boolean {
  return routing.state === 'refused' || routing.state === 'failed'
}

function showsOnTicket({ tier, queue, group, severity, priority, urgency, tags }: Decision): string {
  return JSON.stringify([tier, queue, group, severity, priority, urgency.score, tags.toSorted()])
}
