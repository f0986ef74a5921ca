import type { Decision } from '../decide/decision.ts'
import { approvalAfter, approvalAsked } from './approvals.ts'
import { deadlineMoves } from './deadlines.ts'
import type { CommandFact, Means } from './facts.ts'
import { handOversAfter } from './hand-over.ts'
import { momentOf } from './moments.ts'
import type { Command } from './read-command.ts'
import { refuse } from './refuse.ts'
import { respondByOf } from './respond-by.ts'
import { respondByClock } from './respond-by-clock.ts'
import { newRouting, routeTicket } from './route.ts'
import { type EventBody, recordedAs } from './said.ts'
import { cameBack } from './send-back.ts'
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
  const moment = momentOf(fact)
  const by = { id: fact.author.id, name: fact.author.name }
  const handOvers = handOversAfter(open, decision, plan, moment)
  const isHandedOn = handOvers.length > open.handOvers.length
  const isBack = open.stage === 'returned'
  const isRerouted = isBack || neverArrived(open) || showsOnTicket(decision) !== showsOnTicket(open.decision)
  const completed: Escalation = {
    ...cameBack(open, moment),
    note,
    decision,
    owed: owedBy(completeness),
    handOvers,
    respondBy: respondByOf(plan, handOvers.at(-1)!.at, means.calendarOf),
    approval: approvalAfter(decision, open.approval, fact.at),
    ...(isHandedOn || isBack ? { stage: 'requested', stageSince: fact.at, owner: null, estimate: null } : {}),
    routing: isRerouted ? newRouting(command.id, state.ticketId, decision.group) : open.routing,
  }
  const amended = isBack
    ? {
        ...completed,
        respondBy: respondByClock(withEscalation(state, completed), completed, fact.at, means.calendarOf),
      }
    : completed
  const after = withEscalation(state, amended)
  const bodies: EventBody[] = [
    ...(isBack
      ? [{ kind: 'came-back' as const, via: 'note' as const, tier: decision.tier, queue: decision.queue }]
      : []),
    ...approvalAsked(amended.approval, open.approval),
  ]
  return {
    state: after,
    events: [
      {
        kind: 'amended',
        at: fact.at,
        escalationId: open.id,
        by,
        auditId: fact.auditId,
        commandId: command.id,
        score: completeness.score,
        owed: amended.owed.map(({ field }) => field),
      },
      ...bodies.map((body) => recordedAs({ open, by, fact }, body)),
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
